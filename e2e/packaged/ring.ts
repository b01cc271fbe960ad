import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startDesktopSession, type DesktopSession } from "../desktop-session/desktop-session.ts";
import { StatusNotifierHost, type OfferedItem } from "../desktop-session/status-notifier-host.ts";
import { CALLER, UcwaServer } from "../specs/support/ucwa-server.ts";
import { BusMonitor } from "./bus-monitor.ts";
import { openAllDoors } from "./doors.ts";
import { DrawnPanel, SPEAKING } from "./drawn-panel.ts";
import type { Finding } from "./findings.ts";
import { watchLoader } from "./loaded-files.ts";
import { isSandboxed, knowsItIsPackaged, nobodyCameIn, opensNoTools, runsNothingElse } from "./no-way-in.ts";
import { PackedProgram } from "./packed-program.ts";
import { homeVariables, rememberPerson, settingsIn } from "./remembered-person.ts";
import { CHANGE_MS, START_MS, type PackedToRing, type Scene } from "./scene.ts";
import { until } from "./until.ts";

/** The promise: within this of being told to end. */
const END_MS = 5_000;
/** How much of what it said is told, in characters. */
const SAID_MOST = 2_000;
const NOTIFICATIONS = "org.freedesktop.Notifications";
/** The place of the icon among the arguments of `Notify`. Desktop Notifications Specification. */
const ICON_ARGUMENT = 2;
const KEYTAR = /app\.asar\.unpacked\/node_modules\/keytar\/.*\.node$/;

/**
 * Starts a packed program on a desktop of its own, with a password that was kept there earlier, rings it and answers. Each
 * check needs those before it, so the first that fails is the last.
 */
export async function ringPacked(packed: PackedToRing): Promise<readonly Finding[]> {
  await using parts = new AsyncDisposableStack();
  const desktop = parts.use(await startDesktopSession());
  const server = parts.use(await UcwaServer.start());
  const host = await StatusNotifierHost.open(desktop.busAddress);
  parts.defer(() => host.close());
  const monitor = await BusMonitor.open(desktop.busAddress, NOTIFICATIONS);
  parts.defer(() => monitor.close());
  const { elsewhere } = packed;
  const home = elsewhere === undefined ? desktop.home : join(elsewhere.root, elsewhere.home);
  const settings = settingsIn(home);
  await rememberPerson(desktop, server, settings);
  const doors = openAllDoors(desktop.home);
  const loaded = watchLoader(desktop.home);
  const env = { ...desktop.env, ...(elsewhere === undefined ? {} : homeVariables(elsewhere.home)) };
  const program = parts.use(
    new PackedProgram({
      command: packed.command(desktop),
      args: ["--hidden", ...SPEAKING.args, ...doors.args],
      env: { ...env, ...SPEAKING.env, ...doors.env, ...loaded.env },
    }),
  );
  const panel = new DrawnPanel(desktop);
  return await inOrder({
    desktop,
    server,
    program,
    doors,
    loaded,
    monitor,
    host,
    panel,
    packed,
    settings,
    env,
  });
}

async function inOrder(scene: Scene): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [check, run] of CHECKS) {
    try {
      const found = await run(scene);
      if (found !== null) findings.push({ check, found, problems: [] });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const { ended, output } = scene.program;
      const said = output.trim().slice(-SAID_MOST);
      const problems = [
        reason,
        ...(ended === null ? [] : [`It has ended with ${ended.code ?? ended.signal}.`]),
        ...(said === "" ? [] : [`It said: ${said}`]),
      ];
      findings.push({ check, found: "", problems });
      break;
    }
  }
  return findings;
}

/** What each finds out is the text of the finding, null where there is nothing to find; it throws what is wrong. */
const CHECKS: readonly (readonly [string, (scene: Scene) => Promise<string | null>])[] = [
  ["remembered sign-in", signsIn],
  ["keytar beside the archive", keytarIsLoaded],
  ["packaged", knowsItIsPackaged],
  ["sandbox", isSandboxed],
  ["no way in", nobodyCameIn],
  ["tray icon", iconIsOffered],
  ["ring", rings],
  ["notification's icon", iconCanBeRead],
  ["Accept on the notification", acceptsOnNotification],
  ["second start", secondStartShowsPanel],
  ["no developer tools", opensNoTools],
  ["Decline in the panel", declinesInPanel],
  ["end", ends],
  ["its archive alone", runsNothingElse],
];

async function keytarIsLoaded({ loaded }: Scene): Promise<string> {
  const file = loaded.read().find((path) => KEYTAR.test(path));
  if (file === undefined) throw new Error("No process has loaded keytar from beside the archive.");
  return file.slice(file.indexOf("app.asar.unpacked"));
}

async function signsIn({ server }: Scene): Promise<string> {
  const agents = await until("It did not sign in", START_MS, async () => {
    const { applications } = await server.state();
    // Parked: it has read everything and waits for events.
    const online = applications.filter(({ available, parked }) => available && parked > 0);
    return online.length === 0 ? null : online.map(({ userAgent }) => userAgent);
  });
  return `${agents.join(", ")} is online, with the password from the keyring`;
}

async function iconIsOffered({ host }: Scene): Promise<string> {
  const item = await host.waitForItem();
  const picture = await item.picture();
  if (picture === null) throw new Error("The tray's host is given no picture.");
  await toolTipSays(item, "Online");
  return `${picture.width} × ${picture.height} pixels, “${await item.toolTip()}”`;
}

async function rings({ desktop, server, host, packed }: Scene): Promise<string> {
  await server.invite();
  const { summary, body, buttons } = await desktop.waitForNotification({
    text: CALLER.name,
    timeoutMs: CHANGE_MS,
  });
  await toolTipSays(await host.waitForItem(), CALLER.name);
  if (packed.picture !== undefined) await desktop.screenshot(packed.picture);
  return `“${summary}: ${body}” with ${buttons.map(({ name }) => name).join(", ")}; so says the tray`;
}

async function toolTipSays(item: OfferedItem, text: string): Promise<void> {
  await until(`The tray did not say “${text}”`, CHANGE_MS, async () =>
    (await item.toolTip()).includes(text) ? true : null,
  );
}

async function iconCanBeRead({ desktop, monitor, packed }: Scene): Promise<string> {
  const icon = monitor.calls.find(({ member }) => member === "Notify")?.body[ICON_ARGUMENT];
  if (typeof icon !== "string" || !icon.startsWith("file:"))
    throw new Error(`The notification service was given the icon ${JSON.stringify(icon)}.`);
  const path = join(packed.elsewhere?.root ?? "/", fileURLToPath(icon));
  if (!existsSync(path)) throw new Error(`The notification's icon ${path} is no file.`);
  // The notification service of the desktop looks in the desktop's own root, where there is none.
  if (packed.elsewhere === undefined) await drawnIcon(desktop);
  return `${path.slice(path.indexOf("app.asar"))}, ${statSync(path).size} bytes${packed.elsewhere === undefined ? ", drawn" : ""}`;
}

async function drawnIcon(desktop: DesktopSession): Promise<void> {
  const { frame } = await desktop.waitForNotification({ text: CALLER.name });
  const drawn = JSON.stringify(frame).includes('"role":"icon"');
  if (!drawn) throw new Error("The notification is drawn without its icon.");
}

async function acceptsOnNotification({ desktop, server }: Scene): Promise<string> {
  await desktop.clickButton("Accept", { text: CALLER.name });
  await invitationIs(server, "connected");
  await desktop.waitForNoNotification({ timeoutMs: CHANGE_MS });
  return "pressed with the pointer; the server says connected, and the notification goes";
}

async function invitationIs(server: UcwaServer, wanted: string): Promise<void> {
  let last = "";
  await until(`The server did not say ${wanted}`, CHANGE_MS, async () => {
    last = (await server.state()).invitations.at(-1)?.state ?? "nothing";
    return last === wanted ? true : null;
  }).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : String(error)} It says ${last}.`);
  });
}

async function secondStartShowsPanel({ desktop, packed, panel, env }: Scene): Promise<string> {
  await using second = new PackedProgram({ command: packed.command(desktop), args: [], env });
  const { code, signal } = await second.exited;
  if (code !== 0) throw new Error(`The second start ended with ${code ?? signal}: ${second.output.trim()}`);
  await panel.focus();
  return "ends with 0, and the panel of the first comes up";
}

async function declinesInPanel({ desktop, server, panel }: Scene): Promise<string> {
  await server.invite();
  await panel.press(`Decline ${CALLER.name}`);
  await invitationIs(server, "declined");
  await desktop.waitForNoNotification({ timeoutMs: CHANGE_MS });
  return "pressed with the pointer; the server says declined";
}

async function ends({ server, program }: Scene): Promise<string> {
  const processes = program.ownProcesses().length;
  const began = Date.now();
  const limit = new Promise<null>((resolve) => setTimeout(() => resolve(null), END_MS).unref());
  const exit = await Promise.race([program.end(), limit]);
  if (exit === null) throw new Error(`It did not end within ${END_MS / 1000} s.`);
  const tookMs = Date.now() - began;
  if (exit.code !== 0) throw new Error(`It ended with ${exit.code ?? exit.signal}.`);
  if (program.processes().length > 0) throw new Error("It left processes behind.");
  const { breaches } = await server.state();
  if (breaches.length > 0) throw new Error(`It broke the protocol: ${JSON.stringify(breaches)}`);
  return `all ${processes} processes, with 0 after ${tookMs} ms`;
}
