import { existsSync } from "node:fs";
import { join } from "node:path";
import { app, nativeTheme, net, session } from "electron";

import type { WindowRole } from "../preload/contract.ts";
import { AppSettingsStore } from "./account/app-settings.ts";
import { endpointIdFor, machineIdentity } from "./account/endpoint-id.ts";
import { utilityKeyringChild } from "./account/keyring-process.electron.ts";
import { systemKeyring } from "./account/secrets.ts";
import { openSettingsFile } from "./account/settings-file.electron.ts";
import { ClosedPanel } from "./app/closed-panel.ts";
import { changeSettings, panelContent, toastContent } from "./app/window-content.ts";
import { FailingWindows } from "./app/failing-windows.ts";
import { PersonalSession } from "./app/personal-session.electron.ts";
import { SignIn } from "./app/sign-in.ts";
import { faultLine } from "./platform/fault.ts";
import { systemClock as clock, systemRandom as random } from "./platform/system.ts";
import { setApplicationMenu } from "./desktop/application-menu.electron.ts";
import { serveAppScheme, registerAppScheme } from "./desktop/app-scheme.electron.ts";
import { appUrl } from "./desktop/app-scheme.ts";
import { answerCertificateRequests, askForCertificate } from "./desktop/client-certificates.electron.ts";
import { ClientCertificates } from "./desktop/client-certificates.ts";
import { refuseDebugging } from "./desktop/start/debugging.electron.ts";
import { lockDownPages, lockDownSession, lockDownWebSession } from "./desktop/lockdown.electron.ts";
import { openLogFile } from "./desktop/log-file.electron.ts";
import { askInBox } from "./desktop/message-box.electron.ts";
import { NetworkWatch } from "./desktop/network-watch.ts";
import { isSomebodyThere, watchPower, watchSessionEnd } from "./desktop/power.electron.ts";
import { identifyProgram } from "./desktop/start/program-identity.electron.ts";
import { quitOnce } from "./desktop/start/quit.ts";
import { startOnce } from "./desktop/start/start-once.electron.ts";
import { startAgain } from "./desktop/start/start-again.electron.ts";
import { windowSystem } from "./desktop/start/window-system.ts";
import { Doorbell } from "./core/doorbell.ts";
import { historyFile } from "./invitations/history/history-file.ts";
import { History } from "./invitations/history/history.ts";
import { createHandlers } from "./ipc/handlers.ts";
import { Publisher } from "./ipc/publisher.ts";
import { connectRouter } from "./ipc/router.electron.ts";
import { Router } from "./ipc/router.ts";
import { lineLogger } from "./platform/logger.ts";
import { Alerts } from "./surfaces/alerts.ts";
import { Announcements } from "./surfaces/announcements.ts";
import { sessionBusAddress } from "./platform/session-bus.ts";
import { notificationServices } from "./surfaces/native/app-service.electron.ts";
import { ToastWindow } from "./surfaces/toast/toast-window.electron.ts";
import { TrayHostWatch } from "./surfaces/tray/tray-host.ts";
import type { TrayCommand } from "./surfaces/tray/tray-model.ts";
import { TraySurface } from "./surfaces/tray/tray-surface.ts";
import { openTray } from "./surfaces/tray/tray.electron.ts";
import { endProcess, ownEndings } from "./platform/process-end.ts";
import type { WindowParts } from "./surfaces/window/hardened-window.electron.ts";
import { PanelWindow } from "./surfaces/window/panel-window.electron.ts";
import { Pointer } from "./surfaces/window/pointer.electron.ts";
import { createSession } from "./ucwa/session.ts";

// The Electron program: builds each part once, in order, and connects them.

const { env, platform } = process;
const out = join(import.meta.dirname, "..");
const images = join(out, "../build/icons");
const version = app.getVersion();
const page = (role: WindowRole): string => appUrl(`${role}.html`);
const HIDDEN_PANEL_MS = 100;

// 1. Before Electron is ready: who we are, and what no page may ever do.
const tooOldFor = identifyProgram(platform);
app.enableSandbox();
// Two small windows need no graphics card: without it a start costs a seventh less, and no driver can end a page.
app.disableHardwareAcceleration();
// Our two pages are one site and share one process; a page of the web, in another session, gets one of its own.
app.commandLine.appendSwitch("process-per-site");
// An installed program has nothing to debug; the unpacked one is driven that way by its tests.
if (app.isPackaged) refuseDebugging();
setApplicationMenu(platform);
registerAppScheme();
lockDownPages();
/** The command line knows it as `settingsDirectory`. */
const directory = app.getPath("userData");

const windows = windowSystem({
  platform,
  env,
  args: process.argv.slice(1),
  ozonePlatform: app.commandLine.getSwitchValue("ozone-platform"),
  exists: existsSync,
});

if (windows.kind === "startAgain") startAgain(windows.argument);
else startOnce(directory, () => start(windows.toast));

/** `canToast`: the window system lets a toast be one. */
async function start(canToast: boolean): Promise<void> {
  // 2. The log, the settings, the history, the keyring.
  const logger = lineLogger("info", clock, openLogFile());
  process.on("uncaughtException", (error) => logger.error("uncaught", { fault: faultLine(error) }));
  logger.info("start", { version, platform, packaged: app.isPackaged });
  for (const sentence of tooOldFor) logger.warn("electron.tooOld", { sentence });
  const opened = openSettingsFile(directory);
  const settings = new AppSettingsStore(opened.file, opened.problems);
  const history = new History({
    file: historyFile(join(directory, "history.json")),
    clock,
    logger,
    uuid: () => random.uuid(),
  });
  const busAddress = platform === "linux" ? sessionBusAddress(env) : null;
  const trayHost = new TrayHostWatch({ address: busAddress, clock, logger });
  // The windows need neither, and take as long to be made.
  const known = Promise.all([history.load(), trayHost.open()]);
  const keyringChild = utilityKeyringChild(join(import.meta.dirname, "keyring.js"));
  const secrets = systemKeyring(keyringChild, { platform, env, clock, logger });

  // 3. The core: one doorbell for the run, one session for each sign-in.
  const web = session.fromPartition("doorbell-http", { cache: false });
  const once = session.fromPartition("doorbell-http-once", { cache: false });
  for (const one of [web, once]) lockDownWebSession(one);
  const certificates = new ClientCertificates({ ask: askForCertificate, logger });
  answerCertificateRequests(certificates);
  const picture = join(images, "app/256.png");
  const http = new PersonalSession(
    { session: web, once },
    {
      clock,
      logger,
      icon: picture,
      certificates,
      env,
      attended: () => signIn.attended,
      changed: () => publish(),
    },
  );
  const doorbell = new Doorbell({ clock, random, logger });
  const signIn = new SignIn({
    doorbell,
    settings,
    secrets,
    clock,
    logger,
    network: http,
    changed: () => publish(),
    show: () => panel.show(),
    createSession: ({ address, password, server, trusted, applications, integrated, discovered }) =>
      createSession({
        fetch: http.fetch,
        clock,
        random,
        logger,
        listener: doorbell,
        present: isSomebodyThere,
        integrated: (url) => integrated.allows(url),
        federation: http,
        discovered,
        account: {
          address,
          password,
          server,
          trusted,
          applications,
          endpointId: settings.current.endpointId ?? endpointIdFor(machineIdentity(), address),
          instanceId: random.uuid(),
          userAgent: `Doorbell/${version}`,
          culture: app.getLocale() || "en-US",
        },
      }),
  });

  // 4. What every window and surface shows, as functions of the state.
  const announcements = new Announcements(() => panel.isShown);
  const panelState = new Publisher(
    () =>
      panelContent({
        doorbell,
        history,
        settings,
        signIn,
        page: http,
        alerts,
        announcements,
        version,
        platform,
      }),
    (state) => panel.push(state),
    // After what rings; and a page that nobody sees leaves the processor to the one that is about to be seen.
    (run) => void clock.after(panel.isShown ? 0 : HIDDEN_PANEL_MS, run),
  );
  const toastState = new Publisher(
    () => toastContent({ doorbell, alerts, announcements }),
    (state) => toast.push(state),
  );
  const publish = (): void => {
    panelState.changed();
    toastState.changed();
  };
  const alerts = new Alerts(
    {
      openService: notificationServices(platform, { clock, random, logger, env, icon: picture }),
      canToast,
      answering: doorbell,
      clock,
      logger,
      open: () => panel.show(),
      changed: () => publish(),
    },
    doorbell.state,
    settings.current.notifications,
  );

  // 5. The windows, and the one door that they may knock at.
  const pages = session.defaultSession;
  lockDownSession(pages);
  serveAppScheme(pages, join(out, "renderer"));
  const services = {
    answering: doorbell,
    panelState: () => panelState.read(),
    toastState: () => toastState.read(),
    signIn: (request) => signIn.signIn(request),
    signOut: () => signIn.signOut(),
    tryNow: () => signIn.tryNow(),
    trust: (origin) => signIn.trust(origin),
    distrust: (origin) => signIn.settings.distrust(origin),
    showSignInPage: () => http.showPage(),
    changeSettings: (change) => {
      changeSettings(settings, change);
      alerts.setNotifications(settings.current.notifications);
      tray.redrawImage();
      publish();
    },
    networkChanged: () => network.told(),
    clearHistory: () => history.clear(),
    historySeen: () => history.seen(),
    dismissToast: (id) => alerts.dismissToast(id),
    fitToast: (height) => toast.fit(height),
  } satisfies Parameters<typeof createHandlers>[0];
  connectRouter(new Router(createHandlers(services), page, logger), (contentsId) => {
    if (contentsId === panel.contentsId) return "panel";
    return contentsId === toast.contentsId ? "toast" : null;
  });
  const parts: WindowParts = {
    clock,
    logger,
    preloadOf: (role) => join(out, "preload", `${role}.cjs`),
    pageOf: page,
    icon: picture,
    gaveUp: (role) => failing.gaveUp(role),
    devTools: !app.isPackaged,
  };
  const box = { ask: askInBox, quit: () => app.quit() };
  const failing = new FailingWindows({
    ...box,
    revive: (role) => (role === "panel" ? panel : toast).revive(),
  });
  const closedPanel = new ClosedPanel({ ...box, settings, platform, trayHost: () => trayHost.host, logger });
  const panel = new PanelWindow(parts, closedPanel);
  const toast = new ToastWindow(parts, platform, new Pointer({ platform, env: process.env }));

  // 6. The tray.
  await known;
  const choose = (command: TrayCommand): void => {
    switch (command.type) {
      case "accept":
        void doorbell.accept(command.invitationId);
        return;
      case "decline":
        void doorbell.decline(command.invitationId);
        return;
      case "tryNow":
        signIn.tryNow();
        return;
      case "open":
        panel.show();
        return;
      case "quit":
        app.quit();
        return;
    }
  };
  const icon = openTray({
    images: join(images, "tray"),
    platform,
    style: () => settings.current.trayIcon,
    host: () => trayHost.host,
    open: () => panel.show(),
  });
  trayHost.follow(() => icon?.hostChanged());
  const tray = new TraySurface(
    { port: icon, choose, later: (run) => void clock.after(0, run) },
    doorbell.state,
    history.content.seenUntil,
  );
  nativeTheme.on("updated", () => tray.redrawImage());

  // 7. A change reaches what rings first, then tray and panel, and the disk last.
  doorbell.subscribe((state) => {
    alerts.setState(state);
    tray.setState(state);
    publish();
    history.record(state.invitations, (id) => alerts.presented(id));
  });
  history.subscribe(({ seenUntil }) => {
    tray.setSeenUntil(seenUntil);
    publish();
  });

  // 8. The system around: power, network, a second start, the end.
  const woke = async (): Promise<void> => {
    await http.dropConnections();
    signIn.resumed();
  };
  watchPower(() => void woke());
  const network = new NetworkWatch({ clock, isOnline: () => net.isOnline(), back: () => void woke() });
  app.on("second-instance", () => panel.show());
  app.on("activate", () => panel.show());
  app.on("window-all-closed", () => undefined);
  const quit = quitOnce(
    clock,
    async () => {
      logger.info("quit");
      panel.leave();
      await Promise.allSettled([signIn.close(), alerts.dispose(), history.flush()]);
      await history.flush();
      tray.dispose();
      trayHost.close();
    },
    () =>
      endProcess(
        ownEndings(() => app.exit(0)),
        clock,
      ),
  );
  app.on("before-quit", (event) => {
    event.preventDefault();
    quit();
  });
  watchSessionEnd(quit);

  // 9. Go.
  if (!process.argv.includes("--hidden")) panel.show();
  await signIn.resume();
}
