import type { SessionBus } from "../../main/platform/bus/session-bus.ts";
import { accessibilityBusAddress, drawnBy, flat, type DrawnElement } from "./accessibility.ts";
import { ControlBus, openBus } from "./control-bus.ts";
import { DrawnNotifications, type DrawnNotification, type WaitOptions } from "./drawn-notifications.ts";
import {
  NOTIFICATION_PROGRAMS,
  NOTIFICATIONS,
  type EnvironmentName,
  type EnvironmentParts,
} from "./environments/environment.ts";
import { startEnvironment } from "./environments/start-environment.ts";
import type { XfceDesktop } from "./environments/xfce.ts";
import { drawingProgram, startService, type ServiceName } from "./services/service-programs.ts";
import { startKerberosDomain } from "./kerberos-domain.ts";
import { DesktopKeyring } from "./keyring.ts";
import type { PollOptions } from "./processes/poll.ts";
import { clickInMessageBox } from "./message-box.ts";
import { monitorPrograms, requiredPrograms, type Programs } from "./required-programs.ts";
import { Screen, type DrawnWindow } from "./screen.ts";
import { makeSessionFolder, type SessionFolder } from "./session-folder.ts";
import { startSoundServer, type Ear } from "./sound-server.ts";
import { SessionProcesses, type SessionProcess } from "./processes/session-processes.ts";
import { WorkWindow } from "./work-window.ts";
import { VirtualMonitors, type Resolution } from "./virtual-monitors.ts";

export interface DesktopSessionOptions {
  /** Pixels; default 1280 × 800. */
  readonly width?: number;
  readonly height?: number;
  /** A display that is there already, such as `:0`; its background is left alone. Without it one is made. */
  readonly display?: string;
  /** A display with these monitors, which can be unplugged and changed, in place of `width`, `height` and `display`. */
  readonly monitors?: readonly Resolution[];
  /** Starts without a notification service when false. */
  readonly notifications?: boolean;
  /** Starts without a keyring when false. */
  readonly keyring?: boolean;
  /**
   * With a window manager and a panel; without it windows stand bare, and nobody draws icons. GNOME and Plasma draw the
   * notifications, too.
   */
  readonly environment?: EnvironmentName;
  /** The notification service in place of Xfce's; those for Wayland want a screen of the default size. */
  readonly service?: ServiceName;
}

export type { DrawnNotification, WaitOptions } from "./drawn-notifications.ts";

const NOTIFICATION_PROGRAM = NOTIFICATION_PROGRAMS.xfce;

/**
 * A private desktop: a virtual display, a session bus of its own, the real Xfce notification service, a real keyring
 * that is unlocked, and a home folder that is thrown away. It shares nothing with the user's own session.
 * Throws one error that names the Debian packages when some are missing.
 */
export async function startDesktopSession(options: DesktopSessionOptions = {}): Promise<DesktopSession> {
  const programs = requiredPrograms();
  const folder = makeSessionFolder(programs);
  const processes = new SessionProcesses(folder);
  try {
    const { width = 1280, height = 800, display } = options;
    const monitors =
      options.monitors === undefined
        ? null
        : await VirtualMonitors.start(monitorPrograms(), folder, processes, options.monitors);
    if (monitors === null)
      processes.setDisplay(display ?? (await startDisplay(programs, processes, width, height)));
    const session = new DesktopSession(programs, folder, processes, monitors);
    const bare = display === undefined && monitors === null;
    await Promise.all([session.startBus(), bare ? session.screen.drawBackground(width, height) : null]);
    const { environment } = options;
    if (environment !== undefined) await session.startEnvironment(environment, { width, height });
    const draws = environment === undefined || NOTIFICATION_PROGRAMS[environment] === NOTIFICATION_PROGRAM;
    await Promise.all([
      options.keyring === false ? null : session.keyring.unlocked(),
      draws && options.notifications !== false ? session.startNotificationService(options.service) : null,
    ]);
    return session;
  } catch (error) {
    await processes.close();
    throw error;
  }
}

async function startDisplay(
  programs: Programs,
  processes: SessionProcesses,
  width: number,
  height: number,
): Promise<string> {
  const server = await processes.start(
    programs.displayServer,
    ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset"],
    { announces: true },
  );
  return `:${server.announced}`;
}

export class DesktopSession {
  readonly screen: Screen;
  readonly keyring: DesktopKeyring;
  readonly #programs: Programs;
  readonly #folder: SessionFolder;
  readonly #processes: SessionProcesses;
  readonly #monitors: VirtualMonitors | null;
  readonly #drawn: DrawnNotifications;
  #busProcess: SessionProcess | null = null;
  #serviceProcess: SessionProcess | null = null;
  #control: ControlBus | null = null;
  #accessibility: SessionBus | null = null;
  #xfce: XfceDesktop | null = null;
  #notificationProgram = NOTIFICATION_PROGRAM;

  constructor(
    programs: Programs,
    folder: SessionFolder,
    processes: SessionProcesses,
    monitors: VirtualMonitors | null,
  ) {
    this.#programs = programs;
    this.#folder = folder;
    this.#processes = processes;
    this.#monitors = monitors;
    this.screen = new Screen(programs, processes);
    this.#drawn = new DrawnNotifications(this.screen, () => this.#accessibilityBus());
    this.keyring = new DesktopKeyring({
      programs,
      processes,
      screen: this.screen,
      control: () => this.#control,
    });
  }

  /**
   * The whole environment for a program that is to run on this desktop. It is not mixed with the starter's own, whose
   * display, bus or home would shine through. Programs started with it are ended by `close`.
   */
  get env(): Readonly<Record<string, string>> {
    return this.#processes.env;
  }

  /** Throws for a desktop that was not started with monitors of its own. */
  get monitors(): VirtualMonitors {
    if (this.#monitors === null) throw new Error("This desktop was started without `monitors`.");
    return this.#monitors;
  }

  /** Throws for a desktop that was started without Xfce. */
  get xfce(): XfceDesktop {
    if (this.#xfce === null) throw new Error("This desktop was started without Xfce as its `environment`.");
    return this.#xfce;
  }

  get busAddress(): string {
    return this.#folder.busAddress;
  }

  /** The throw-away home folder. */
  get home(): string {
    return this.#folder.home;
  }

  /** Starts the session bus; after `killBus` it comes back at the same address, without what had been on it. */
  async startBus(): Promise<void> {
    this.#busProcess = await this.#processes.start(
      this.#programs.messageBus,
      [`--config-file=${this.#folder.busConfig}`, "--nofork", "--nopidfile", "--print-address=3"],
      { announces: true },
    );
    this.#control = await ControlBus.open(this.#folder.busAddress);
  }

  /** Kills the session bus under everybody's feet. */
  async killBus(): Promise<void> {
    this.#accessibility?.close();
    this.#accessibility = null;
    this.#control?.close();
    this.#control = null;
    await this.#busProcess?.kill();
    // It ends by itself with its bus, but not at once.
    await this.#serviceProcess?.kill();
    this.#serviceProcess = null;
  }

  /** Called once, when the desktop starts. */
  async startEnvironment(
    name: EnvironmentName,
    size: Pick<EnvironmentParts, "width" | "height">,
  ): Promise<void> {
    this.#notificationProgram = NOTIFICATION_PROGRAMS[name];
    this.#xfce = await startEnvironment(name, {
      ...size,
      processes: this.#processes,
      screen: this.screen,
      folder: this.#folder,
      control: () => this.#liveControl(),
      accessibilityBus: () => this.#accessibilityBus(),
    });
  }

  /** Resolves when it owns its name and draws. */
  async startNotificationService(name: ServiceName = "xfce"): Promise<void> {
    const parts = { processes: this.#processes, folder: this.#folder, control: this.#liveControl() };
    this.#notificationProgram = drawingProgram(name);
    this.#serviceProcess = await startService(name, parts);
  }

  async killNotificationService(): Promise<void> {
    await this.#serviceProcess?.kill();
    this.#serviceProcess = null;
    await this.#control?.waitForOwner(NOTIFICATIONS, false);
  }

  /**
   * A Kerberos domain to which the person of this desktop is signed in. Returns what their programs get besides `env`.
   */
  startKerberosDomain(): Promise<Readonly<Record<string, string>>> {
    return startKerberosDomain(this.#processes, this.#folder.root);
  }

  /** A sound server, to which the programs that are started from now on play; and somebody who hears what they play. */
  startSoundServer(): Promise<Ear> {
    return startSoundServer(this.#processes, this.#folder.root);
  }

  /** Everything that the program draws which draws notifications here; on whole desktops that is their panel, too. */
  async drawn(): Promise<readonly DrawnElement[]> {
    return (await drawnBy(this.#notificationProgram, await this.#accessibilityBus())).flatMap(flat);
  }

  /** What Xfce's notification service draws at this moment, from top to bottom. */
  notifications(): Promise<readonly DrawnNotification[]> {
    return this.#drawn.now();
  }

  /** Waits until a notification is on the screen and returns it. */
  waitForNotification(options: WaitOptions = {}): Promise<DrawnNotification> {
    return this.#drawn.wait(options);
  }

  /** Waits until no such notification is on the screen. */
  waitForNoNotification(options: WaitOptions = {}): Promise<void> {
    return this.#drawn.waitForNone(options);
  }

  /** Moves the pointer onto the drawn button and presses it, as a person does. Waits for the button to be there. */
  clickButton(label: string, options: WaitOptions = {}): Promise<void> {
    return this.#drawn.clickButton(label, options);
  }

  /**
   * Presses a button of the message box that a program has opened, as a person does; waits for the box. GTK draws the
   * buttons side by side along its lower edge: `button` counts them from 0, from left to right, `of` is how many there are.
   */
  clickInMessageBox(button: number, of: number, options: PollOptions = {}): Promise<void> {
    return clickInMessageBox(this.screen, { button, of }, options);
  }

  /** Opens a window of another program that a person types into; there has to be a window manager. */
  openWorkWindow({ fullScreen = false } = {}): Promise<WorkWindow> {
    return WorkWindow.open(this.#processes, this.screen, { folder: this.home, fullScreen });
  }

  /** The top-level windows on the screen. */
  windows(): Promise<readonly DrawnWindow[]> {
    return this.screen.windows();
  }

  /** Writes a picture of the whole screen; the ending of `path` says which format. */
  screenshot(path: string): Promise<void> {
    return this.screen.screenshot(path);
  }

  /** Ends every process of the desktop and removes its folder. It happens too when the starter ends without it. */
  async close(): Promise<void> {
    this.#xfce?.close();
    this.#accessibility?.close();
    this.#control?.close();
    await this.#processes.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #accessibilityBus(): Promise<SessionBus> {
    this.#accessibility ??= await openBus(await accessibilityBusAddress(this.#liveControl().bus));
    return this.#accessibility;
  }

  #liveControl(): ControlBus {
    if (this.#control === null) throw new Error("The session bus has been killed.");
    return this.#control;
  }
}
