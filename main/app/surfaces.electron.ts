import { chooseFile } from "../desktop/choose-file.electron.ts";
import { loginItem } from "../desktop/start/start-at-login.electron.ts";
import type { CallRequest } from "../conversations/calling.ts";
import { newsOf } from "../invitations/history/history.ts";
import { Publisher } from "../ipc/publisher.ts";
import { Owned } from "../platform/owned.ts";
import { Alerts } from "../surfaces/alerts.ts";
import { Announcements } from "../surfaces/announcements.ts";
import { notificationServices } from "../surfaces/native/app-service.electron.ts";
import { noticesOf } from "../surfaces/native/notices.ts";
import { PhotoFiles } from "../surfaces/native/photo-files.ts";
import type { TrayHostWatch } from "../surfaces/tray/tray-host.ts";
import type { Account } from "./sign-in/account.electron.ts";
import { AppSounds, soundFileWish } from "./bell/app-sounds.ts";
import { AppTray } from "./bell/app-tray.electron.ts";
import type { Context } from "./context.electron.ts";
import { openPageDoor } from "./windows/page-door.electron.ts";
import { PanelCalling } from "./windows/panel-calling.ts";
import { PanelLife } from "./bell/panel-life.ts";
import { Quietness } from "./bell/quietness.ts";
import { trayCommands } from "./bell/tray-commands.ts";
import type { Stores } from "./stores.electron.ts";
import { panelContent, toastContent, type PanelSources } from "./windows/window-content.ts";
import { openWindows, type Windows } from "./windows/windows.electron.ts";

/** How long a panel that nobody sees may be behind, in milliseconds: what rings comes first. */
const HIDDEN_PANEL_MS = 100;

export interface SurfacesOptions {
  readonly context: Context;
  readonly stores: Stores;
  readonly account: Account;
  readonly trayHost: TrayHostWatch;
  /** The window system lets a toast be one. */
  readonly canToast: boolean;
  /** A page was told that the network went or came. */
  readonly networkChanged: () => void;
}

/** What every window and the tray show, as functions of the state. */
export class Surfaces {
  readonly alerts: Alerts;
  /** Null where notifications are drawn without. */
  readonly photoFiles: PhotoFiles | null;
  readonly panel: Windows["panel"];
  /** Ends the program because the person wants it. */
  readonly quit: () => void;
  readonly calling: PanelCalling;
  readonly quietness: Quietness;
  readonly #life: PanelLife;
  readonly #options: SurfacesOptions;
  readonly #toast: Windows["toast"];
  readonly #conversations: Windows["conversations"];
  readonly #panelState: Publisher<ReturnType<typeof panelContent>>;
  readonly #toastState: Publisher<ReturnType<typeof toastContent>>;
  #tray: AppTray | null = null;
  /** The panel has been shown in this run. */
  #wasShown = false;
  /** The newest of what an earlier run has left as news. */
  readonly #earlier: string | null;
  readonly #owned = new Owned();

  constructor(options: SurfacesOptions) {
    this.#options = options;
    const { context, stores, account, canToast } = options;
    const { clock, random, logger, env, platform, version, image } = context;
    const { doorbell, signIn, http: page } = account;
    const { history, settings } = stores;
    this.#earlier = newsOf(history.content)[0]?.id ?? null;
    this.calling = new PanelCalling({ calling: doorbell.calling, history, changed: () => this.publish() });
    this.quietness = new Quietness({ settings, clock, changed: () => this.#quietChanged() });
    this.#owned.add(() => this.quietness.dispose());
    this.#life = new PanelLife({
      doorbell,
      answering: doorbell,
      clock,
      settings,
      item: loginItem(platform, env),
      serviceName: () => this.alerts.serviceName(),
      changed: () => this.#ring(),
    });
    this.#owned.add(() => this.#life.test.dispose());
    const ask = () => chooseFile(soundFileWish());
    const sounds = new AppSounds({ settings, clock, ask, changed: () => this.publish() });
    this.#owned.add(() => sounds.dispose());
    this.#owned.add(doorbell.ownPresence.subscribe((now) => this.quietness.setPresence(now)));
    const announcements = new Announcements(() => this.panel.isShown);
    this.#panelState = new Publisher(
      () => {
        const { alerts, calling, quietness } = this;
        return panelContent({
          clock,
          quietness,
          sounds,
          doorbell: this.#shown(),
          history,
          settings,
          signIn,
          page,
          alerts,
          announcements,
          calling,
          version,
          platform,
          life: this.#life.view,
        });
      },
      (state) => this.panel.push(state),
      // A page that nobody sees leaves the processor to the one that is about to be seen.
      (run) => void clock.after(this.panel.isShown ? 0 : HIDDEN_PANEL_MS, run),
    );
    this.#toastState = new Publisher(
      () => toastContent({ doorbell: this.#shown(), alerts: this.alerts, announcements, sounds }),
      (state) => this.#toast.push(state),
    );
    const windows = openWindows({
      context,
      stores,
      account,
      trayHost: options.trayHost,
      sounds: sounds.own,
      panelShown: () => {
        this.#wasShown = true;
        this.#notice();
      },
    });
    this.panel = windows.panel;
    this.#toast = windows.toast;
    const { photos } = doorbell;
    this.photoFiles = platform === "linux" ? new PhotoFiles({ photos, env, pid: process.pid, logger }) : null;
    this.#owned.add(
      photos.subscribe(() => {
        this.publish();
        this.#conversations.photosChanged();
      }),
    );
    this.#conversations = windows.conversations;
    this.quit = windows.quit;
    this.alerts = new Alerts(
      {
        ...(this.photoFiles && { photos: this.photoFiles }),
        openService: notificationServices(platform, {
          clock,
          random,
          logger,
          env,
          icon: image("app/256.png"),
        }),
        canToast,
        answering: this.#life.test,
        clock,
        logger,
        open: () => this.panel.show(),
        messages: this.#conversations.messages,
        wishes: () => ({ quiet: this.quietness.causes, sounds: sounds.wanted }),
        heard: (sound) => sounds.play(sound),
        changed: () => this.publish(),
        decided: (decisions) => this.#life.test.decided(decisions),
      },
      doorbell.state,
    );
    openPageDoor({
      ...options,
      ...windows,
      alerts: this.alerts,
      calling: this.calling,
      life: this.#life,
      sounds,
      quietness: this.quietness,
      panelState: () => this.#panelState.read(),
      toastState: () => this.#toastState.read(),
      settingsChanged: () => this.#settingsChanged(),
    });
  }

  /** Something that a window shows has changed. */
  publish(): void {
    if (this.panel.contentsId !== null) this.#panelState.changed();
    this.#toastState.changed();
  }

  /** Shows the form for a call, filled in with this; nothing is sent before a person presses the button. */
  compose(request: Partial<CallRequest>): void {
    this.calling.fillIn(request);
    this.panel.show();
  }

  /** Opens what rings: the page of the toast, and the notification service. What rings before is told when they are there. */
  openAlerts(): void {
    this.#toast.revive();
    this.alerts.setNotifications(this.#options.stores.settings.current.notifications);
  }

  /** The icon in the tray; the history is loaded by now. A change reaches what rings first, and the disk last. */
  openTray(): void {
    const { context, stores, account, trayHost } = this.#options;
    const { history } = stores;
    const { doorbell } = account;
    const open = () => this.panel.show();
    const choose = trayCommands({
      answering: this.#life.test,
      tryNow: () => account.signIn.tryNow(),
      quietness: this.quietness,
      history,
      compose: (request) => this.compose(request),
      wantSettings: () => this.#life.wantSettings(),
      open,
      showConversations: () => this.#conversations.show(),
      quit: this.quit,
    });
    const tray = new AppTray({ context, stores, trayHost, open, choose }, doorbell.state);
    this.#tray = tray;
    this.#owned.add(() => tray.dispose());
    tray.setQuiet(this.quietness.causes);
    this.#owned.add(
      doorbell.subscribe((state) => {
        this.#life.test.follow(state);
        this.#ring();
        this.#conversations.setState(state);
        history.record(state.invitations, (id) => this.alerts.presented(id));
        this.#notice();
      }),
    );
    this.#owned.add(
      history.subscribe((content) => {
        tray.setHistory(content);
        this.publish();
        this.#notice();
      }),
    );
    this.#notice();
  }

  /** After the alerts, which withdraw what rings. */
  dispose(): void {
    this.#owned.dispose();
  }

  #settingsChanged(): void {
    this.alerts.setNotifications(this.#options.stores.settings.current.notifications);
    this.#tray?.redrawImage();
    this.quietness.settingsChanged();
    this.alerts.wishesChanged();
    this.publish();
  }

  /** What does not ring. */
  #notice(): void {
    const { account, stores } = this.#options;
    const { doorbell, signIn } = account;
    const notices = noticesOf({
      session: doorbell.state.session,
      wasOnline: signIn.wasOnline,
      attended: signIn.attended,
      leftSignedOut: !this.#wasShown && stores.settings.current.address !== null,
      news: newsOf(stores.history.content),
      earlier: this.#earlier,
    });
    this.alerts.setNotices(notices);
  }

  /** What rings, on all that draws it. */
  #ring(): void {
    const { state } = this.#shown();
    this.alerts.setState(state);
    this.#toastState.flush();
    this.#tray?.setState(state);
    this.publish();
  }

  /** The state of the core, with the test ring in it. */
  #shown(): PanelSources["doorbell"] {
    const { state, photos } = this.#options.account.doorbell;
    return { state: this.#life.test.shown(state), photos };
  }

  #quietChanged(): void {
    this.alerts.wishesChanged();
    this.#tray?.setQuiet(this.quietness.causes);
    this.publish();
  }
}
