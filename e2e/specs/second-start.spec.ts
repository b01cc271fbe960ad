import { readdirSync, readFileSync } from "node:fs";

import { expect, test, type Bell } from "./support/test.ts";

/** What runs on this user data besides `first` and its own children, or has ended and was never waited for. */
function strays(userData: string, first: number): readonly string[] {
  const read = (pid: number, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, "utf8");
    } catch {
      // It has ended since.
      return "";
    }
  };
  const statOf = (pid: number): { readonly state: string; readonly parent: number } => {
    const [state = "", parent = "0"] = read(pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
    return { state, parent: Number(parent) };
  };
  const belongs = (pid: number): boolean => pid === first || (pid > 1 && belongs(statOf(pid).parent));
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0)
    .filter((pid) => {
      const { state, parent } = statOf(pid);
      if (state === "Z") return parent === process.pid || belongs(parent);
      return read(pid, "cmdline").includes(userData) && !belongs(pid);
    })
    .map((pid) => `${pid} ${statOf(pid).state} ${read(pid, "cmdline").replaceAll("\0", " ").slice(0, 100)}`);
}

/** Another window over the panel, as any program's may be. */
async function cover(bell: Bell): Promise<void> {
  await bell.app.program.evaluate(({ BrowserWindow }) => {
    const old = BrowserWindow.getAllWindows().find((window) => window.getTitle() === "Cover");
    const window = old ?? new BrowserWindow({ title: "Cover", width: 1_000, height: 700, show: false });
    window.showInactive();
    window.moveTop();
  });
}

test("twenty second starts all end with 0, bring the panel to the front, and leave no process", async ({
  desktop,
  bell: start,
}) => {
  test.setTimeout(300_000);
  const bell = await start();
  await bell.panel();
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  const { userData } = bell.app.program;
  const first = await bell.app.program.evaluate(() => process.pid);
  const top = async () => (await desktop.windows()).map(({ name }) => name).at(-1);
  // The first one is seen itself, where it does not count as its own.
  expect(strays(userData, -1).length).toBeGreaterThan(1);

  const hidden = async () => {
    await bell.app.closeWindow("panel");
    await expect.poll(() => bell.app.visibleWindows()).toEqual([]);
  };
  for (let count = 0; count < 8; count++) {
    await hidden();
    expect(await bell.app.startSecondInstance()).toEqual({ code: 0, signal: null });
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  }
  for (let count = 0; count < 4; count++) {
    await hidden();
    const starts = Array.from({ length: 3 }, () => bell.app.startSecondInstance());
    for (const exit of await Promise.all(starts)) expect(exit).toEqual({ code: 0, signal: null });
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  }
  await expect.poll(() => strays(userData, first), { timeout: 20_000 }).toEqual([]);

  await cover(bell);
  await expect.poll(top).toBe("Cover");
  expect(await bell.app.startSecondInstance()).toEqual({ code: 0, signal: null });
  await expect.poll(top).toBe("Doorbell");

  // What a second start is told on the command line reaches the first.
  await bell.app.program.evaluate(({ app }) => {
    const told: string[] = [];
    Object.assign(globalThis, { __told: told });
    app.on("second-instance", (_event, argv) => void told.push(...argv));
  });
  const link = "sip:lene@contoso.example";
  expect((await bell.app.startSecondInstance([link])).code).toBe(0);
  const told = () =>
    bell.app.program.evaluate(() => (globalThis as unknown as { __told: readonly string[] }).__told);
  await expect.poll(told).toContain(link);
});
