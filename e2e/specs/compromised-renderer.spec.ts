import fc from "fast-check";

import { CALLER, expect, test } from "./support/test.ts";

const PANEL_ONLY = [
  "panel.read",
  "session.signIn",
  "session.signOut",
  "session.tryNow",
  "session.trust",
  "settings.change",
  "history.clear",
  "history.seen",
];
const TOAST_ONLY = ["toast.read", "toast.dismiss", "toast.fit"];
const BOTH = ["invitation.accept", "invitation.decline"];

test("a page that was taken over changes nothing and ends nothing", async ({ server, bell: start }) => {
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  await server.invite();
  const toast = await bell.toast();
  await expect(toast.getByRole("article")).toHaveCount(1);
  const forge = (role: string, channel: string, frame: "main" | "sub" | "gone", args: readonly unknown[]) =>
    bell.app.forgeCall({ role, channel, frame, args });
  const forbidden = { value: { ok: false, error: { code: "forbidden" } } };

  for (const channel of PANEL_ONLY)
    expect(await forge("toast", channel, "main", [null])).toMatchObject(forbidden);
  for (const channel of TOAST_ONLY)
    expect(await forge("panel", channel, "main", [{ id: "i1", height: 0 }])).toMatchObject(forbidden);
  for (const channel of [...PANEL_ONLY, ...TOAST_ONLY, ...BOTH])
    for (const role of ["panel", "toast"])
      for (const frame of ["sub", "gone"] as const)
        expect(await forge(role, channel, frame, [{ id: "i1" }])).toMatchObject(forbidden);

  const hostile = fc.oneof(
    fc.constantFrom({ id: "__proto__" }, { id: 1 }, { height: -1 }, { notifications: "no" }, { origin: "" }),
    fc.anything({ maxDepth: 2 }).filter((value) => value !== null),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PANEL_ONLY), hostile, async (channel, payload) => {
      const cloneable = JSON.parse(JSON.stringify(payload) ?? "0") as unknown;
      fc.pre(cloneable !== null && JSON.stringify(cloneable) !== "{}");
      expect(await forge("panel", channel, "main", [cloneable, cloneable])).toMatchObject({
        value: { ok: false },
      });
    }),
    { numRuns: 60 },
  );

  // It still rings, is signed in, and can be answered.
  await toast.getByRole("button", { name: `Accept ${CALLER.name}` }).click();
  await expect((await bell.panel()).locator(".history .end").first()).toHaveText("Accepted");
});

test("a page can neither go elsewhere, nor open a window, nor reach the network", async ({
  server,
  bell: start,
}) => {
  const bell = await start();
  bell.expectedErrors = /Content Security Policy|violates/;
  const panel = await bell.panel();
  // A page that is still loading would only interrupt itself.
  await expect(panel.getByRole("heading", { name: "Sign in" })).toBeVisible();
  const before = panel.url();
  const reached = await panel.evaluate(async (url) => {
    window.open(url);
    location.href = url;
    return await fetch(url).then(
      () => true,
      () => false,
    );
  }, server.url);
  expect(reached).toBe(false);
  // Read from the page itself: a locator may wait for the end of a navigation that was never allowed to begin.
  expect(await panel.evaluate(() => document.body.innerText)).toContain("Sign in");
  expect((await bell.panel()).url()).toBe(before);
  expect(await bell.app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
    2,
  );
  expect(
    await panel.evaluate(() => ["require", "process", "module"].filter((name) => name in globalThis)),
  ).toEqual([]);
});
