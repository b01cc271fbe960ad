import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "./support/test.ts";

test.use({ ownDesktop: true });

/** Every process whose environment holds this text, apart from the private desktop's own. */
function processesWith(mark: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const marked = readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark);
      return marked ? [readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ")] : [];
    } catch {
      return [];
    }
  });
}

test("the demo signs the app in on a bare display, and leaves nothing behind at Ctrl-C", async ({
  desktop,
}) => {
  const { DISPLAY = "" } = desktop.env;
  const mark = `DEMO_SPEC_${process.pid}`;
  const { DBUS_SESSION_BUS_ADDRESS: _bus, XDG_RUNTIME_DIR: _runtime, ...bare } = process.env;
  const env = { ...bare, DISPLAY, [mark]: "1" };
  let told = "";
  const demo = execFile(process.execPath, ["build/demo.mjs", "--built"], { env });
  demo.stdout?.on("data", (text: string) => (told += text));
  demo.stderr?.on("data", (text: string) => (told += text));
  let over = false;
  const ended = new Promise((resolve) => demo.once("close", resolve));
  void ended.then(() => (over = true));
  const windows = async () =>
    (await desktop.windows())
      .map(({ name }) => name)
      .filter((name) => /Doorbell|Skype for Business server/.test(name));
  // That of the app and that of the page.
  const bothOrOver = async () => (over ? told : (await windows()).length);
  await expect.poll(bothOrOver, { timeout: 40_000 }).toBe(2);
  await expect.poll(() => told).toContain("Ctrl-C ends everything.");
  demo.kill("SIGINT");
  expect(await ended, told).toBe(0);
  expect(told).toMatch(/It runs on Electron \d/);
  expect(processesWith(mark)).toEqual([]);
  expect(await windows()).toEqual([]);
});
