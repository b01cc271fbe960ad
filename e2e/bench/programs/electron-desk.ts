import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { startDesktopSession, type DesktopSession } from "../../desktop-session/desktop-session.ts";
import type { Area } from "../../desktop-session/screen.ts";
import { StatusNotifierHost } from "../../desktop-session/status-notifier-host.ts";
import { rememberPerson, type RememberedServer } from "../../packaged/remembered-person.ts";
import { until } from "../../packaged/until.ts";
import type { UcwaServer } from "../../specs/support/ucwa-server.ts";
import { DisplayPicture } from "../display-picture.ts";
import { DOORBELL, ElectronProgram, EMPTY, POLLING } from "./electron-program.ts";
import type { Server } from "../server.ts";

/** Within the panel and the empty app's window, which stand at one place: some of what both write. */
export const IN_WINDOW: Area = { x: 456, y: 130, width: 200, height: 300 };
/** Within the toast, and the window of the app that only polls: some of what both write. */
export const IN_TOAST: Area = { x: 896, y: 16, width: 200, height: 60 };
const ONLINE_MS = 30_000;

/** A private desktop of one screen with a keyring and a panel that takes tray icons, for programs on Electron. */
export class ElectronDesk implements AsyncDisposable {
  readonly desktop: DesktopSession;
  readonly picture: DisplayPicture;
  readonly #host: StatusNotifierHost;

  private constructor(desktop: DesktopSession, picture: DisplayPicture, host: StatusNotifierHost) {
    this.desktop = desktop;
    this.picture = picture;
    this.#host = host;
  }

  /** Without a notification service: Doorbell is told by its settings whether it is to use one. */
  static async start(): Promise<ElectronDesk> {
    const desktop = await startDesktopSession({ notifications: false });
    const picture = await DisplayPicture.open(desktop.env["DISPLAY"] ?? "");
    return new ElectronDesk(desktop, picture, await StatusNotifierHost.open(desktop.busAddress));
  }

  /** A folder for a program's data. */
  newFolder(): string {
    mkdirSync(join(this.desktop.home, "programs"), { recursive: true });
    return mkdtempSync(join(this.desktop.home, "programs", "data-"));
  }

  /** The same with what a remembered sign-in at this server has left, and these settings. */
  async remembering(server: RememberedServer, settings: Readonly<Record<string, unknown>>): Promise<string> {
    const folder = this.newFolder();
    await rememberPerson(this.desktop, server, folder, settings);
    return folder;
  }

  doorbell(userData: string, ...args: readonly string[]): ElectronProgram {
    return this.#start(DOORBELL, userData, args);
  }

  empty(userData: string, ...args: readonly string[]): ElectronProgram {
    return this.#start(EMPTY, userData, args);
  }

  polling(userData: string, ...args: readonly string[]): ElectronProgram {
    return this.#start(POLLING, userData, args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#host.close();
    this.picture.close();
    await this.desktop.close();
  }

  #start(program: string, userData: string, args: readonly string[]): ElectronProgram {
    return new ElectronProgram({ program, args, env: this.desktop.env, userData });
  }
}

/** Resolves when so many programs have signed in at this server and have an event request parked. */
export async function online(server: UcwaServer, programs: number): Promise<void> {
  await until(`Not all of ${programs} came online`, ONLINE_MS, async () => {
    const { applications } = await server.state();
    return applications.filter(({ available, parked }) => available && parked > 0).length >= programs
      ? true
      : null;
  });
}

/** The same of the benchmark's own server and one program. Resolves with the path of its application. */
export async function onlineAt(server: Server, before: string): Promise<string> {
  return await until("It did not come online", ONLINE_MS, async () => {
    const { base, parked } = await server.lastApplication();
    return parked && base !== before ? base : null;
  });
}
