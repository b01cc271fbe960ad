import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { electronBinary } from "../driver/launch.ts";
import type { Exit } from "../driver/running-program.ts";
import { expect, test } from "./support/test.ts";

const PROGRAM = fileURLToPath(new URL("../..", import.meta.url));

/** A folder of user data that is removed again, whatever a test took away from its owner. */
function folder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "doorbell-start-"));
  return {
    path,
    remove: () => {
      chmodSync(path, 0o700);
      // Children of a program that ended may still be writing.
      rmSync(path, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** A start without Playwright, which waits for a program that has come up. */
function startPlainly(userData: string, env: Readonly<Record<string, string>>) {
  const child = spawn(electronBinary(), [`--user-data-dir=${userData}`, PROGRAM], { env: { ...env } });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  return { child, exited, errors: () => text };
}

test("a start that cannot write its lock says so in a box, and ends with 1 at its button or at SIGTERM", async ({
  desktop,
}) => {
  test.setTimeout(120_000);
  const { path, remove } = folder();
  chmodSync(path, 0o500);
  const box = async () => (await desktop.windows()).find((window) => window.name === "Doorbell") ?? null;
  const running = [startPlainly(path, desktop.env)];
  try {
    await expect.poll(box, { timeout: 40_000 }).not.toBeNull();
    expect(running[0]?.errors()).toContain(
      "Doorbell could not start because it cannot use its settings folder.",
    );
    const { x, y, width, height } = (await box())!;
    // The button is the whole lower edge.
    await desktop.screen.click(x + width / 2, y + height - 15);
    const clickedAt = Date.now();
    expect(await running[0]?.exited).toEqual({ code: 1, signal: null });
    expect(Date.now() - clickedAt).toBeLessThan(10_000);

    const again = startPlainly(path, desktop.env);
    running.push(again);
    await expect.poll(box, { timeout: 40_000 }).not.toBeNull();
    again.child.kill("SIGTERM");
    expect(await again.exited).toEqual({ code: 1, signal: null });
  } finally {
    for (const { child } of running) child.kill("SIGKILL");
    remove();
  }
});

test("neither settings, history nor log keep it from starting, and what is lost is told", async ({
  bell: start,
}) => {
  test.setTimeout(120_000);
  const { path, remove } = folder();
  try {
    for (const name of ["config.json", "history.json", "logs/doorbell.log"])
      mkdirSync(join(path, name), { recursive: true });
    const bell = await (await start({ userData: path })).online();
    const panel = await bell.panel();
    for (const text of [
      `The settings in ${path}/config.json cannot be read. They are left out.`,
      "Settings that you change now are lost when Doorbell quits.",
      "Your history couldn't be read, so it starts again.",
    ])
      await expect(panel.getByText(text)).toBeVisible();
    await bell.app.close();

    for (const name of ["config.json", "history.json"]) {
      rmSync(join(path, name), { recursive: true });
      writeFileSync(join(path, name), "{}", { mode: 0o000 });
    }
    const second = await start({ userData: path });
    await expect((await second.panel()).getByText("Your history couldn't be read")).toBeVisible();
    await second.app.close();
  } finally {
    remove();
  }
});
