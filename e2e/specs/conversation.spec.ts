import type { Page } from "@playwright/test";

import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { CALLER, expect, test, type Bell } from "./support/test.ts";
import type { UcwaServer } from "./support/ucwa-server.ts";

const AMOS = { name: "Amos Krenn", uri: "sip:amos@contoso.example" };
const BOX = { timeoutMs: 15_000 };

type Said = { readonly by: "caller" | "user"; readonly text: string };

/** What the server knows to have been said, by invitation. */
async function said(server: UcwaServer, id: string): Promise<readonly string[]> {
  const state = (await server.control("GET", "state")) as {
    readonly invitations: readonly { readonly id: string; readonly said: readonly Said[] }[];
  };
  return state.invitations.find((one) => one.id === id)?.said.map(({ by, text }) => `${by}: ${text}`) ?? [];
}

/** The texts of the window, in their order. */
function texts(page: Page): Promise<readonly string[]> {
  return page.locator(".said-message .text").allTextContents();
}

async function says(server: UcwaServer, id: string, text: string): Promise<void> {
  await server.control("POST", `invitations/${id}/messages`, { text });
}

/** Accepts in the panel, and resolves to the page with the conversation, which is connected. */
async function accepted(bell: Bell, name = CALLER.name): Promise<Page> {
  await (await bell.panel()).getByRole("button", { name: `Accept ${name}` }).click();
  const page = await bell.app.window("conversation");
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.locator("#field-hint")).toHaveCount(0);
  return page;
}

/** Main has what is written. */
async function drafted(bell: Bell, text: string): Promise<void> {
  const call = { role: "conversation", channel: "drafts.read", frame: "main", args: [null] } as const;
  await expect.poll(() => bell.app.forgeCall(call)).toMatchObject({ value: { value: [{ text }] } });
}

async function toFront(desktop: DesktopSession): Promise<void> {
  const find = async () =>
    (await desktop.windows()).find(
      ({ name }) => name.endsWith("– Doorbell") && !name.startsWith("Invitation"),
    );
  await expect.poll(find).toBeDefined();
  await desktop.screen.focus((await find())?.id ?? "");
}

test("Accept on the notification opens the conversation in front, and two people talk in it", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const id = await server.invite({ message: "Hi Tosh, do you have a minute?" });
  await desktop.clickButton("Accept", { text: CALLER.name });
  const page = await bell.app.window("conversation");
  await expect.poll(() => texts(page)).toEqual(["Hi Tosh, do you have a minute?"]);
  await toFront(desktop);
  const field = page.getByRole("textbox", { name: `Message: ${CALLER.name}` });
  await expect(field).toBeFocused();

  // A new line by Shift+Enter, sent by Enter.
  await desktop.screen.type("Yes, of course.");
  await desktop.screen.pressKeys("shift+Return");
  await desktop.screen.type("What is it");
  await expect(field).toHaveValue("Yes, of course.\nWhat is it");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await desktop.screen.pressKeys("Return");
  await expect.poll(() => said(server, id)).toContain("user: Yes, of course.\nWhat is it");
  await expect(field).toHaveValue("");
  await expect(page.locator(".state")).toHaveText("Sent");

  // They type and write; what is HTML comes as text.
  await server.control("POST", `invitations/${id}/typing`, { begins: true });
  await expect(page.getByText(`${CALLER.name} is typing…`)).toBeVisible();
  await server.control("POST", `invitations/${id}/messages`, {
    text: "The <b>plan</b>: https://plan.example/page?x=1.",
    format: "html",
  });
  await expect.poll(async () => (await texts(page)).at(-1)).toBe("The plan: https://plan.example/page?x=1.");
  await expect(page.getByText("is typing…")).toHaveCount(0);
  await expect(page.getByRole("link")).toHaveText("https://plan.example/page?x=1");
  await picture("talk");

  // Copied by its button, or by the keys from message to message.
  const clipboard = () => bell.app.program.evaluate((electron) => electron.clipboard.readText());
  await page.getByRole("log").press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Tab");
  // What came up a moment ago takes no key.
  await expect(page.getByRole("button", { name: "Copy message", disabled: false })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(clipboard).toBe("Yes, of course.\nWhat is it");
  await expect(page.getByText("Message copied.")).toBeVisible();

  // A call is added, which is told in words; and the person leaves.
  await server.control("POST", `invitations/${id}/modality`, { rel: "audioVideo", state: "Connected" });
  await expect(page.getByText("Doorbell can't do audio or video: use another device.")).toBeVisible();
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByText("You left the conversation.")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("heading", { name: "No conversations" })).toBeVisible();
});

test("a link is opened by main alone, after a box that says where it leads", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  expect(await bell.app.messageBoxes()).toEqual([]);
  await bell.app.program.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  const opened = () => bell.app.program.evaluate(() => Reflect.get(globalThis, "opened") as string[]);
  const id = await server.invite({ message: "See https://bänk.example/a?b, or file:///etc/passwd" });
  const page = await accepted(bell);
  await expect.poll(() => texts(page)).toHaveLength(1);
  await expect(page.getByRole("link")).toHaveCount(1);
  await page.getByRole("link").click();
  await expect
    .poll(() => bell.app.messageBoxes())
    .toMatchObject([{ message: "Open a page of https://xn--bnk-qla.example?" }]);
  await expect.poll(() => desktop.screen.messageBox()).not.toBeNull();
  await picture("asked");
  expect(await opened()).toEqual([]);
  await desktop.clickInMessageBox(0, 2, BOX);
  await page.getByRole("link").click();
  await desktop.clickInMessageBox(1, 2, BOX);
  await expect.poll(opened).toEqual(["https://xn--bnk-qla.example/a?b"]);

  // What a page that was taken over names is nothing that anybody has said.
  const forge = (channel: string, request: unknown) =>
    bell.app.forgeCall({ role: "conversation", channel, frame: "main", args: [request] });
  const target = { conversation: "nothing", message: "m1", link: 0 };
  for (const request of [
    target,
    { ...target, link: -1 },
    { ...target, url: "https://evil.example" },
    "https://evil.example",
  ])
    expect(await forge("message.openLink", request)).toMatchObject({ value: { ok: false } });
  for (const channel of ["settings.change", "session.signOut", "invitation.accept"])
    expect(await forge(channel, { afterAccept: "handOver" })).toMatchObject({
      value: { ok: false, error: { code: "forbidden" } },
    });
  expect(await opened()).toHaveLength(1);
  expect(await said(server, id)).toHaveLength(1);
});

test("a message that failed is sent again, and a page that dies loses no draft", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  const id = await server.invite();
  const page = await accepted(bell);
  const field = page.getByRole("textbox");
  await server.control("POST", "faults", { endpoint: "sendMessage", failure: "Forbidden" });
  await field.fill("Are you there?");
  await field.press("Enter");
  await expect(page.getByText(/^Not sent\./)).toBeVisible();
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText(/^Not sent\./)).toHaveCount(0);
  await expect.poll(() => said(server, id)).toEqual(["caller: Hi Tosh", "user: Are you there?"]);

  await field.fill("A sentence that took long to");
  await field.press("End");
  await field.pressSequentially(" find");
  await drafted(bell, "A sentence that took long to find");
  await bell.app.crashRenderer("conversation");
  const anew = await bell.app.window("conversation");
  await expect(anew.getByRole("textbox")).toHaveValue("A sentence that took long to find");
  await expect.poll(() => texts(anew)).toEqual(["Hi Tosh", "Are you there?"]);
  // So does a window that is closed.
  await bell.app.closeWindow("conversation");
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  await bell.app.clickTray("conversations");
  const again = await bell.app.window("conversation");
  await expect(again.getByRole("textbox")).toHaveValue("A sentence that took long to find");
});

test("quitting asks where something was written and not sent; a signal does not", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  expect(await bell.app.messageBoxes()).toEqual([]);
  await server.invite();
  const page = await accepted(bell);
  await page.getByRole("textbox").fill("I was about to say");
  await drafted(bell, "I was about to say");
  await bell.app.clickTray("quit");
  await expect.poll(() => bell.app.messageBoxes()).toMatchObject([{ message: "Quit without sending?" }]);
  await expect.poll(() => desktop.screen.messageBox()).not.toBeNull();
  await picture("asked");
  await desktop.clickInMessageBox(0, 3, BOX);
  await expect.poll(() => desktop.screen.messageBox()).toBeNull();
  await expect(page.getByRole("textbox")).toHaveValue("I was about to say");
  // `close` sends a signal, and fails when the program does not end by it.
  expect((await bell.app.close()).code).toBe(0);
});

test("a message is told while nobody looks, once a conversation, and is gone when it was seen", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const first = await server.invite();
  const page = await accepted(bell);
  const second = await server.invite({ from: AMOS, message: "Lunch?" });
  await accepted(bell, AMOS.name);
  const list = page.getByRole("navigation", { name: "Conversations" });
  await expect(list.getByRole("button")).toHaveCount(2);
  await desktop.waitForNoNotification();

  await bell.app.closeWindow("conversation");
  await says(server, first, "One");
  await desktop.waitForNotification({ text: "One" });
  await says(server, first, "Two");
  await desktop.waitForNotification({ text: "2 new messages" });
  await says(server, second, "Three");
  await desktop.waitForNotification({ text: "Three" });
  await expect.poll(async () => (await desktop.notifications()).length).toBe(2);
  await picture("two-conversations");

  // A click opens it there.
  await bell.app.clickTray("conversations");
  const anew = await bell.app.window("conversation");
  await toFront(desktop);
  await anew.getByRole("button", { name: /^Lene Aaling/ }).click();
  await expect(anew.getByText("2 new", { exact: true })).toBeVisible();
  await desktop.waitForNoNotification({ text: "Two" });
  await anew.getByRole("textbox").press("Control+PageDown");
  await expect(anew.getByRole("heading", { name: AMOS.name })).toBeVisible();
  await desktop.waitForNoNotification();
});

test("an accepted conversation is handed over to another program, and opens here when none takes it", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await bell.app.program.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened, refuses: false });
    shell.openExternal = async (url) => {
      opened.push(url);
      if (Reflect.get(globalThis, "refuses") === true) throw new Error("No program.");
    };
  });
  const panel = await bell.panel();
  await panel.getByRole("button", { name: "Settings" }).click();
  await panel.getByLabel("After I accept").selectOption("handOver");
  await expect(panel.getByText(/^Your program for sip: addresses/)).toBeVisible();
  await panel.getByRole("button", { name: "Back" }).click();
  await server.invite();
  await panel.getByRole("button", { name: /^Accept/ }).click();
  const opened = () => bell.app.program.evaluate(() => Reflect.get(globalThis, "opened") as string[]);
  await expect.poll(opened).toEqual([CALLER.uri]);
  await expect(panel.getByRole("button", { name: /^Conversation,/ })).toBeVisible();
  expect(await bell.app.visibleWindows()).toEqual(["panel"]);

  await bell.app.program.evaluate(() => Object.assign(globalThis, { refuses: true }));
  await server.invite({ from: AMOS });
  await accepted(bell, AMOS.name);
  expect(await opened()).toEqual([CALLER.uri, AMOS.uri]);
});

test("a conversation that is lost with the connection stays to be read, with what was written", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await server.invite({ message: "Hi Tosh" });
  const page = await accepted(bell);
  await page.getByRole("textbox").fill("I was about to say");
  await drafted(bell, "I was about to say");
  await server.control("POST", "applications/kill", {});
  await expect(page.getByText("The connection was lost, and the conversation with it.")).toBeVisible();
  await expect.poll(() => texts(page)).toEqual(["Hi Tosh"]);
  await expect(page.getByRole("textbox")).toHaveValue("I was about to say");
  await expect(page.getByText("This was not sent. You can still copy it.")).toBeVisible();
  // The end of the desktop session asks nobody.
  await bell.app.power("shutdown");
  expect((await bell.app.program.exited).code).toBe(0);
});
