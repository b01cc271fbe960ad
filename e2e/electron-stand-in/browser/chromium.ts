import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { HOST_RULES } from "../net/host-rules.ts";
import { CdpConnection } from "./cdp.ts";

const START_LIMIT_MS = 30_000;
const STRAY_WINDOW_MS = 1_500;
const POLL_MS = 20;

/** Where a Chromium is looked for when DOORBELL_CHROMIUM does not say. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const ARGUMENTS = [
  // Chromium refuses to sandbox what root runs, and says so in a bar on every window without the other.
  ...(process.getuid?.() === 0 ? ["--no-sandbox", "--test-type"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-startup-window",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-extensions",
  "--disable-sync",
  "--disable-breakpad",
  "--disable-dev-shm-usage",
  "--disable-features=Translate,MediaRouter,DialMediaRouteProvider,OptimizationHints",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--password-store=basic",
  "--use-mock-keychain",
  "--autoplay-policy=no-user-gesture-required",
  "--hide-scrollbars",
  "--force-color-profile=srgb",
];

/** The first Chromium of this machine, or null. */
export function findChromium(): string | null {
  const named = process.env["DOORBELL_CHROMIUM"];
  return [...(named === undefined ? [] : [named]), ...PLACES].find((path) => existsSync(path)) ?? null;
}

/**
 * The browser only draws pages here; tray and notifications are main's. On a session bus of its own it would end when
 * the bus does, and would wait half a minute for one that does not answer.
 */
function withoutBus(): NodeJS.ProcessEnv {
  return { ...process.env, DBUS_SESSION_BUS_ADDRESS: "disabled:" };
}

/** A running browser: the program's windows are its pages. */
export interface Chromium {
  readonly cdp: CdpConnection;
  /** For a second client, such as a test's driver. */
  readonly endpoint: string;
  /** Opens one window without the browser's furniture that shows `url`; only where there is a display. */
  openAppWindow(url: string): void;
  /** Ends it at once and removes its folder; may be called while the process exits. */
  kill(): void;
}

/**
 * Starts the browser with a throw-away profile, with `visible` windows on the display or with none. It ends by itself when
 * this process does, because its pipe closes.
 */
export async function startChromium(visible: boolean, onGone: () => void): Promise<Chromium> {
  const program = findChromium();
  if (program === null)
    throw new Error("No Chromium was found; install it or name its path in DOORBELL_CHROMIUM.");
  const parent = process.env["DOORBELL_STAND_IN_FOLDER"] ?? tmpdir();
  mkdirSync(parent, { recursive: true });
  const profile = mkdtempSync(join(parent, "chromium-"));
  const args = [
    ...ARGUMENTS,
    ...(HOST_RULES === "" ? [] : [`--host-resolver-rules=${HOST_RULES}`]),
    ...(visible ? [] : ["--headless"]),
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(program, [...args, "--remote-debugging-pipe", "--remote-debugging-port=0"], {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    env: withoutBus(),
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-2_000)));
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const { cdp, endpoint } = await connect(child, profile, gone).catch((error: unknown) => {
    end(child, profile);
    throw new Error(`Chromium did not start: ${String(error)}. Its log ends with: ${log.slice(-500)}`);
  });
  let killed = false;
  void gone.then(() => {
    if (!killed)
      console.error(
        `Chromium ended (${child.exitCode ?? child.signalCode}). Its log ends with: ${log.slice(-500)}`,
      );
    onGone();
  });
  return {
    cdp,
    endpoint,
    openAppWindow: (url) => {
      const own = args.filter((argument) => argument !== "--no-startup-window");
      const window = spawn(program, [...own, `--app=${url}`], { stdio: "ignore", env: withoutBus() });
      window.unref();
    },
    kill: () => {
      killed = true;
      end(child, profile);
    },
  };
}

async function connect(
  child: ChildProcess,
  profile: string,
  gone: Promise<void>,
): Promise<{ cdp: CdpConnection; endpoint: string }> {
  const [, , , input, output] = child.stdio;
  if (!(input instanceof Writable) || !(output instanceof Readable)) throw new Error("its pipes are missing");
  const cdp = new CdpConnection(input, output);
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener("abort", () => reject(new Error("it took longer than 30 s")), { once: true });
    void gone.then(() => reject(new Error("it ended")));
  });
  late.catch(() => {});
  await Promise.race([cdp.browser.send("Browser.getVersion"), late]);
  // A page closes the window that it opens itself, but may come too late for one of the web. Two who close it at once
  // hang its opener, whose process it shares.
  cdp.browser.on("Target.targetCreated", ({ targetInfo: { openerId, targetId } }) => {
    if (openerId === undefined) return;
    setTimeout(() => cdp.browser.tell("Target.closeTarget", { targetId }), STRAY_WINDOW_MS).unref();
  });
  const portFile = join(profile, "DevToolsActivePort");
  // The file is there before it is written.
  const address = (): readonly string[] =>
    existsSync(portFile) ? readFileSync(portFile, "utf8").split("\n") : [];
  while ((address()[1] ?? "") === "" && !limit.aborted)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  const [port, path] = address();
  return { cdp, endpoint: `ws://127.0.0.1:${port ?? ""}${path ?? ""}` };
}

function end(child: ChildProcess, profile: string): void {
  child.kill("SIGKILL");
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  } catch {
    // Its last writes may still be landing; whoever gave DOORBELL_STAND_IN_FOLDER removes the rest.
  }
}
