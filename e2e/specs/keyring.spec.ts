import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { rememberPerson } from "../packaged/remembered-person.ts";
import { expect, PASSWORD, test, USER, type Bell } from "./support/test.ts";

test.use({ ownDesktop: true });

/** The promise: within five seconds of being told to end, whatever the keyring does. */
const END_MS = 5_000;

const remembered = test.extend<{
  /** The settings folder of a person whose password is kept in the keyring of the desktop. */
  readonly userData: string;
}>({
  userData: async ({ desktop, server }, use) => {
    const userData = mkdtempSync(join(tmpdir(), "doorbell-remembered-"));
    try {
      await rememberPerson(desktop, server, userData);
      await use(userData);
    } finally {
      rmSync(userData, { recursive: true });
    }
  },
});

/** One that has ended may stay in the table of processes until somebody asks how. */
function isRunning(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
  return stat !== "" && !stat.slice(stat.lastIndexOf(")")).startsWith(") Z");
}

/** How long it takes to end after SIGTERM, in milliseconds, and how it ended. */
async function terminated(bell: Bell) {
  const began = Date.now();
  await bell.app.program.evaluate(() => void process.kill(process.pid, "SIGTERM")).catch(() => undefined);
  const exit = await bell.app.program.exited;
  return { exit, tookMs: Date.now() - began };
}

test("the first start asks the keyring for nothing, nor does a sign-in that is not to be remembered", async ({
  desktop,
  bell: start,
}) => {
  // A keyring service that holds no keyring yet: writing anything raises "Choose password for new keyring".
  await desktop.keyring.absent();
  rmSync(join(desktop.home, ".local/share/keyrings"), { recursive: true });
  await desktop.keyring.locked();
  const bell = await start();
  const panel = await bell.panel();
  await expect(panel.getByLabel("Remember my password")).toBeEnabled();
  await panel.getByLabel("Remember my password").uncheck();
  await bell.online();
  await bell.app.close();
  expect(await desktop.keyring.hasPrompted()).toBe(false);
});

remembered(
  "without a keyring the form says so, and a remembered sign-in that does not happen shows the window",
  async ({ desktop, bell: start, userData }) => {
    await desktop.keyring.absent();
    const bell = await start({ userData, args: ["--hidden"] });
    await expect.poll(() => bell.app.tray()).not.toBeNull();
    const panel = await bell.panel();
    await expect(
      panel.getByText("No keyring is available, so Doorbell could not sign you in."),
    ).toBeVisible();
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
    await expect(panel.getByLabel("Remember my password")).toBeDisabled();
    await expect(
      panel.getByText("No keyring is available, so you will be asked for the password each time."),
    ).toBeVisible();
    await bell.online();
    await bell.app.close();
  },
);

remembered(
  "with a locked keyring the tray is there at once, and unlocking it later signs in",
  async ({ desktop, bell: start, userData, picture }) => {
    await desktop.keyring.locked();
    const bell = await start({ userData, args: ["--hidden"] });
    await expect.poll(async () => (await bell.app.tray())?.image).toContain("offline");
    await desktop.keyring.waitForPrompt();
    await bell.app.clickTray("open");
    const panel = await bell.panel();
    await expect(panel.getByText("Unlock your keyring to sign in")).toBeVisible();
    await picture("locked");
    await desktop.keyring.unlockByPrompt();
    await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
    await bell.app.close();
  },
);

remembered(
  "a prompt of the keyring's that is dismissed is told on the form",
  async ({ desktop, bell: start, userData }) => {
    await desktop.keyring.locked();
    const bell = await start({ userData, args: ["--hidden"] });
    await desktop.keyring.dismissPrompt();
    const panel = await bell.panel();
    await expect(panel.getByText("Your keyring was not unlocked")).toBeVisible();
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
    await bell.app.close();
  },
);

remembered(
  "with the keyring's prompt open the app ends within its deadline, and in good order",
  async ({ desktop, bell: start, userData }) => {
    await desktop.keyring.locked();
    const bell = await start({ userData, args: ["--hidden"] });
    await desktop.keyring.waitForPrompt();
    const { exit, tookMs } = await terminated(bell);
    expect(exit).toEqual({ code: 0, signal: null });
    expect(tookMs).toBeLessThan(END_MS);
  },
);

remembered.describe("doorbell watch, which leaves the password to the keyring", () => {
  /** The process that asks the keyring, which is the only child of the program. */
  const childOf = (pid: number | undefined): number =>
    Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0]);

  remembered(
    "ends with its status while the prompt is open, killed or not, and leaves no process behind",
    async ({ desktop, doorbell, userData: _kept }) => {
      await desktop.keyring.locked();
      for (const [signal, code] of [
        ["SIGTERM", 143],
        ["SIGKILL", null],
      ] as const) {
        const bell = doorbell({ password: null });
        await desktop.keyring.waitForPrompt();
        const child = childOf(bell.child.pid);
        const began = Date.now();
        bell.child.kill(signal);
        expect(await bell.exited()).toBe(code);
        expect(Date.now() - began).toBeLessThan(END_MS);
        await expect.poll(() => isRunning(child)).toBe(false);
        // The prompt is the system's, and outlives whoever asked.
        await desktop.keyring.dismissPrompt();
        await desktop.keyring.locked();
      }
    },
  );

  remembered(
    "ends in time under doorbell doctor, too, with the prompt open",
    async ({ desktop, server, userData: _kept }) => {
      await desktop.keyring.locked();
      const args = ["out/main/cli.js", "doctor", "--json", "--server", server.url, "--user", USER];
      const doctor = spawn(process.execPath, args, { env: desktop.env, stdio: "ignore" });
      await desktop.keyring.waitForPrompt();
      const began = Date.now();
      doctor.kill("SIGTERM");
      expect(await once(doctor, "exit")).toEqual([143, null]);
      expect(Date.now() - began).toBeLessThan(END_MS);
    },
  );

  remembered("signs in once it is unlocked", async ({ desktop, doorbell, userData: _kept }) => {
    await desktop.keyring.locked();
    const bell = doorbell({ password: null });
    await desktop.keyring.waitForPrompt();
    await expect.poll(() => bell.stderr, { timeout: 10_000 }).toContain("Waiting for your keyring");
    await desktop.keyring.unlockByPrompt();
    await bell.online();
    expect(await bell.quit()).toBe(0);
  });

  remembered(
    "does not ask it where DOORBELL_PASSWORD is set",
    async ({ desktop, doorbell, userData: _kept }) => {
      await desktop.keyring.locked();
      const bell = doorbell({ password: null, env: { ...desktop.env, DOORBELL_PASSWORD: PASSWORD } });
      await bell.online();
      expect(await bell.quit()).toBe(0);
      expect(await desktop.keyring.hasPrompted()).toBe(false);
    },
  );
});
