import { existsSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

import { openAccount } from "./app/sign-in/account.electron.ts";
import { speakIn } from "./app/language.electron.ts";
import { openContext } from "./app/context.electron.ts";
import { type SystemWatch, watchSystem } from "./app/life.electron.ts";
import { openStores } from "./app/stores.electron.ts";
import { Surfaces } from "./app/surfaces.electron.ts";
import { setApplicationMenu } from "./desktop/application-menu.electron.ts";
import { registerAppScheme } from "./desktop/app-scheme.electron.ts";
import { lockDownPages } from "./desktop/lockdown.electron.ts";
import { registerLinkScheme } from "./desktop/links/link-schemes.electron.ts";
import { linkAmong } from "./desktop/links/person-link.ts";
import { refuseDebugging } from "./desktop/start/debugging.electron.ts";
import { identifyProgram } from "./desktop/start/program-identity.electron.ts";
import { LaterStarts } from "./desktop/start/later-starts.electron.ts";
import { startAgain } from "./desktop/start/start-again.electron.ts";
import { startOnce } from "./desktop/start/start-once.electron.ts";
import { windowSystem } from "./desktop/start/window-system.ts";
import { startsHidden } from "./desktop/start/start-at-login.electron.ts";
import { sessionBusAddress } from "./platform/bus/session-bus.ts";
import { TrayHostWatch } from "./surfaces/tray/tray-host.ts";

// The Electron program: what must be settled before Electron is ready, then its parts in order.

const { env, platform } = process;
const tooOldFor = identifyProgram(platform);
app.enableSandbox();
// Two small windows need no graphics card: without it a start costs a seventh less, and no driver can end a page.
app.disableHardwareAcceleration();
// Sound is played by this process, as Electron itself has it on Linux from 2026 on (electron/electron#49270): else another
// one starts with the first ring, which is heard a fifth of a second later, and takes 19 MB from then on.
if (platform === "linux") app.commandLine.appendSwitch("disable-features", "AudioServiceOutOfProcess");
// Our pages hold a few megabytes. Helpers that clean up beside them save nothing there, and wake the processor.
app.commandLine.appendSwitch("js-flags", "--single-threaded-gc");
// An installed program has nothing to debug; the unpacked one is driven that way by its tests.
if (app.isPackaged) refuseDebugging();
// Before Electron is ready, because its own would be made then; its texts are those of the language later.
setApplicationMenu(platform);
// Whatever keeps it from starting is said in the language of the system.
void app.whenReady().then(() => speakIn("auto"));
registerAppScheme();
lockDownPages();
const starts = new LaterStarts();
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

/** A page that takes longer keeps nobody from being called. */
const PAGE_LIMIT_MS = 1_000;

/** `canToast`: the window system lets a toast be one. */
async function start(canToast: boolean): Promise<void> {
  const context = openContext(directory, join(import.meta.dirname, ".."));
  const { clock, logger } = context;
  for (const sentence of tooOldFor) logger.warn("electron.tooOld", { sentence });
  const stores = openStores(context);
  speakIn(stores.settings.current.language);
  setApplicationMenu(platform);
  const address = platform === "linux" ? sessionBusAddress(env) : null;
  const trayHost = new TrayHostWatch({ address, clock, logger });
  await stores.history.load();
  let surfaces: Surfaces | null = null;
  let system: SystemWatch | null = null;
  const account = openAccount(context, stores, {
    changed: () => surfaces?.publish(),
    show: () => surfaces?.panel.show(),
  });
  const networkChanged = (): void => system?.networkChanged();
  surfaces = new Surfaces({ context, stores, account, trayHost, canToast, networkChanged });
  // As early as it can be.
  const link = linkAmong(process.argv.slice(1), stores.settings.current.personLinks);
  if (link) surfaces.compose(link);
  else if (!startsHidden(platform)) surfaces.panel.show();
  system = watchSystem({ context, stores, account, surfaces, trayHost, starts });
  // All else would take the processor from the page that a person waits for: an eighth of the time to the first window.
  await surfaces.panel.whenDrawn(PAGE_LIMIT_MS);
  surfaces.openAlerts();
  await trayHost.open();
  if (system.isLeaving()) return;
  surfaces.openTray();
  registerLinkScheme(platform);
  await account.signIn.resume();
}
