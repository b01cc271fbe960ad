import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

import type { RequestChannel } from "../../preload/contract.ts";
import { CALLER, expect, test } from "./support/test.ts";

const PANEL_ONLY: readonly RequestChannel[] = [
  "panel.read",
  "panel.drawn",
  "session.signIn",
  "session.signOut",
  "session.tryNow",
  "session.trust",
  "session.distrust",
  "session.showSignInPage",
  "settings.change",
  "quiet.set",
  "history.clear",
  "history.seen",
  "history.copyAddress",
  "calling.invite",
  "calling.cancel",
  "calling.search",
  "calling.close",
  "calling.composing",
  "conversations.show",
  "life.settingsShown",
  "life.startAtLogin",
  "life.testRing",
  "sound.choose",
  "sound.useOurs",
  "sound.try",
];
const TOAST_ONLY: readonly RequestChannel[] = [
  "toast.read",
  "toast.dismiss",
  "toast.fit",
  "toast.showPanel",
  "sound.unplayable",
];
const ANSWERS: readonly RequestChannel[] = ["invitation.accept", "invitation.decline"];
const CONVERSATION_ONLY: readonly RequestChannel[] = [
  "conversations.read",
  "drafts.read",
  "draft.write",
  "conversation.select",
  "conversation.typing",
  "conversation.seen",
  "conversation.leave",
  "conversation.close",
  "message.say",
  "message.sayAgain",
  "message.copy",
  "message.openLink",
  "meeting.copyLink",
  "meeting.openLink",
];
const ALL: readonly RequestChannel[] = [
  ...PANEL_ONLY,
  ...TOAST_ONLY,
  ...ANSWERS,
  ...CONVERSATION_ONLY,
  "network.changed",
];

test("a page that was taken over changes nothing and ends nothing", async ({ server, bell: start }) => {
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  await server.invite();
  await bell.conversations();
  const toast = await bell.toast();
  await expect(toast.getByRole("article")).toHaveCount(1);
  const forge = (role: string, channel: string, frame: "main" | "sub" | "gone", args: readonly unknown[]) =>
    bell.app.forgeCall({ role, channel, frame, args });
  const forbidden = { value: { ok: false, error: { code: "forbidden" } } };

  const request = { id: "i1", height: 0, conversation: "c1", message: "m1", link: 0, text: "" };
  for (const [role, channels] of [
    ["toast", [...PANEL_ONLY, ...CONVERSATION_ONLY]],
    ["panel", [...TOAST_ONLY, ...CONVERSATION_ONLY]],
    ["conversation", [...PANEL_ONLY, ...TOAST_ONLY, ...ANSWERS]],
  ] as const)
    for (const channel of channels)
      for (const sent of [null, request])
        expect(await forge(role, channel, "main", [sent]), `${role} ${channel}`).toMatchObject(forbidden);
  for (const channel of ALL)
    for (const role of ["panel", "toast", "conversation"])
      for (const frame of ["sub", "gone"] as const)
        expect(await forge(role, channel, frame, [{ id: "i1" }])).toMatchObject(forbidden);

  const roleOf = (channel: RequestChannel) =>
    CONVERSATION_ONLY.includes(channel) ? "conversation" : "panel";
  const states = async () => [
    await forge("panel", "panel.read", "main", [null]),
    await forge("toast", "toast.read", "main", [null]),
    await forge("conversation", "conversations.read", "main", [null]),
    await forge("conversation", "drafts.read", "main", [null]),
  ];
  const before = await states();
  for (const read of before) expect(read).toMatchObject({ value: { ok: true } });

  // What is well-formed and names nothing that is there: a yes or a no, and nothing else.
  for (const channel of [...PANEL_ONLY, ...CONVERSATION_ONLY, ...ANSWERS])
    for (const name of ["__proto__", "nobody"])
      for (const sent of [
        { id: name },
        { origin: name },
        { number: 7 },
        { conversation: name },
        { conversation: name, text: "Hello" },
        { conversation: name, message: "m1" },
        { conversation: name, message: "m1", link: 0 },
      ])
        await forge(roleOf(channel), channel, "main", [sent]);
  expect(await states()).toEqual(before);

  const hostile = fc.oneof(
    fc.constantFrom(request, { id: 1 }, { height: -1 }, { notifications: "no" }, { origin: "" }),
    fc.anything({ maxDepth: 2 }).filter((value) => value !== null),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PANEL_ONLY, ...CONVERSATION_ONLY),
      hostile,
      async (channel, payload) => {
        const cloneable = JSON.parse(JSON.stringify(payload) ?? "0") as unknown;
        fc.pre(cloneable !== null && JSON.stringify(cloneable) !== "{}");
        expect(await forge(roleOf(channel), channel, "main", [cloneable, cloneable])).toMatchObject({
          value: { ok: false },
        });
      },
    ),
    { numRuns: 60 },
  );
  expect(await states()).toEqual(before);

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
  await bell.toast();
  expect(await bell.app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
    2,
  );
  expect(
    await panel.evaluate(() => ["require", "process", "module"].filter((name) => name in globalThis)),
  ).toEqual([]);
});

test("main listens on the channels of the contract and on no other, whoever brought it along, the settings library too", async ({
  bell: start,
}) => {
  const bell = await start();
  // The last window of a start.
  await bell.toast();
  const channels = await bell.app.program.evaluate(({ ipcMain, webContents }) => {
    type Listening = Electron.IpcMain & { readonly _invokeHandlers: ReadonlyMap<string, unknown> };
    const channelsOf = (ipc: unknown): readonly string[] => {
      const listening = ipc as Listening;
      // Electron's own listener of "error", which does nothing, is on each of them.
      const events = listening.eventNames().filter((name) => name !== "error");
      return [...events.map(String), ...listening._invokeHandlers.keys()];
    };
    const windows = webContents.getAllWebContents();
    return [
      ...channelsOf(ipcMain),
      ...windows.flatMap(({ ipc, mainFrame }) => [...channelsOf(ipc), ...channelsOf(mainFrame.ipc)]),
    ];
  });
  expect(channels.toSorted()).toEqual(ALL.toSorted());

  // A page that asks that library where the settings are gets no answer.
  const { program } = bell.app;
  const preload = join(program.userData, "asks.cjs");
  writeFileSync(
    preload,
    `const { ipcRenderer } = require("electron");
     ipcRenderer.send("asks");
     ipcRenderer.send("answered", ipcRenderer.sendSync("electron-store-get-data"));`,
  );
  const heard = await program.evaluate(async ({ BrowserWindow }, script) => {
    const window = new BrowserWindow({ show: false, webPreferences: { preload: script, sandbox: true } });
    const { ipc } = window.webContents;
    const messages: string[] = [];
    ipc.on("answered", () => messages.push("answered"));
    const asks = new Promise<void>((resolve) => {
      ipc.on("asks", () => {
        messages.push("asks");
        resolve();
      });
    });
    // A page that waits for an answer never ends loading.
    window.loadURL("about:blank").catch(() => undefined);
    await asks;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    window.destroy();
    return messages;
  }, preload);
  expect(heard).toEqual(["asks"]);
});
