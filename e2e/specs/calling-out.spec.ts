import type { Locator, Page } from "@playwright/test";

import { breachesOfAccessibility } from "./support/axe.ts";
import { expect, test } from "./support/test.ts";
import type { UcwaServer } from "./support/ucwa-server.ts";

/** Somebody with an account, who is not signed in, and somebody of another organisation, whom the server plays. */
const OLA = { address: "ola.berg@contoso.example", name: "Ola Berg" };
const PER = { address: "per.hansen@fabrikam.example", name: "Per Hansen" };

test.use({ serverOptions: ["--user", `sip:${OLA.address}=ola`] });

interface Outgoing {
  readonly id: string;
  readonly state: string;
  readonly subject: string;
  readonly importance: string;
  readonly message: string | null;
  readonly to: { readonly uri: string };
}

/** What the server knows of calls out, the newest last. */
async function calls(server: UcwaServer): Promise<readonly Outgoing[]> {
  return ((await server.state()) as unknown as { readonly outgoing: readonly Outgoing[] }).outgoing;
}

async function newest(server: UcwaServer): Promise<Outgoing> {
  await expect.poll(async () => (await calls(server)).at(-1)?.state).toBe("calling");
  const call = (await calls(server)).at(-1);
  if (!call) throw new Error("Nobody was called.");
  return call;
}

async function form(panel: Page) {
  await panel.getByRole("button", { name: "New conversation" }).click();
  return panel.getByRole("combobox", { name: "Person" });
}

/** By its key, once it takes one: what has just appeared or moved does not. */
async function press(button: Locator): Promise<void> {
  await expect(button).toBeEnabled();
  await button.press("Enter");
}

test("somebody is searched for and called with keys alone, and what becomes of each call is told in words", async ({
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  await server.control("PUT", "switches", { callees: "ignore" });
  const cardOf = (name: string) => panel.getByRole("article", { name: `Call to ${name}` });
  const call = () => panel.getByLabel("Subject").press("Enter");

  await test.step("somebody who cannot be reached", async () => {
    const person = await form(panel);
    await expect(person).toBeFocused();
    await panel.keyboard.type("berg");
    const option = panel.getByRole("option", { name: /Ola Berg/ });
    await expect(option).toBeVisible();
    expect(await breachesOfAccessibility(panel)).toEqual([]);
    await picture("suggestions");
    await panel.keyboard.press("ArrowDown");
    await expect(option).toHaveAttribute("aria-selected", "true");
    await panel.keyboard.press("Enter");
    await expect(person).toHaveValue(OLA.address);
    await expect(option).toBeHidden();
    await panel.keyboard.press("Tab");
    await panel.keyboard.type("Budget");
    await panel.keyboard.press("Tab");
    await panel.keyboard.type("1+1 & more?");
    await panel.keyboard.press("Tab");
    await panel.keyboard.press("u");
    await panel.keyboard.press("Tab");
    await panel.keyboard.press("Enter");
    await expect(cardOf(OLA.name)).toContainText("They can't be reached now");
    const [first] = await calls(server);
    expect(first).toMatchObject({
      subject: "Budget",
      importance: "Urgent",
      to: { uri: `sip:${OLA.address}` },
    });
    expect(first?.message).toBe("data:text/plain;charset=utf-8,1%2B1+%26+more%3F");
    await press(panel.getByRole("button", { name: `Close the call to ${OLA.name}` }));
    await expect(cardOf(OLA.name)).toHaveCount(0);
  });

  await test.step("one that is taken back", async () => {
    await (await form(panel)).fill(PER.address);
    await call();
    await newest(server);
    await expect(cardOf(PER.name)).toContainText("Ringing…");
    await expect(cardOf(PER.name)).toContainText(/[1-9]s/);
    expect(await breachesOfAccessibility(panel)).toEqual([]);
    // It rings at the other side and nowhere here.
    expect((await bell.app.tray())?.image).not.toMatch(/^ringing/);
    await picture("calling");
    await press(panel.getByRole("button", { name: `Cancel the call to ${PER.name}` }));
    await expect(cardOf(PER.name)).toContainText(/Cancelled after \d+ s/);
    await expect.poll(async () => (await calls(server)).at(-1)?.state).toBe("cancelled");
    await expect(panel.getByRole("listitem").filter({ hasText: "You called – cancelled" })).toBeVisible();
  });

  await test.step("one that is made again, and declined", async () => {
    await press(panel.getByRole("button", { name: `Call again: ${PER.name}` }));
    await expect(panel.getByRole("combobox", { name: "Person" })).toHaveValue(PER.address);
    await call();
    await server.control("POST", `outgoing/${(await newest(server)).id}/fail`, { subcode: "Declined" });
    await expect(cardOf(PER.name)).toContainText("Declined");
  });

  await test.step("one back, from the history, which somebody else answers", async () => {
    await press(panel.getByRole("button", { name: `Call ${PER.name} back` }).first());
    await call();
    const kim = { uri: "sip:kim@fabrikam.example", name: "Kim Lee" };
    await server.control("POST", `outgoing/${(await newest(server)).id}/answer`, kim);
    await expect(panel.getByText("You called – answered by Kim Lee")).toBeVisible();
    await expect(cardOf(PER.name)).toHaveCount(0);
    await picture("history");
  });
});

test("an address that is none, and a server that refuses, are said in the form, which keeps what was typed", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const button = panel.getByRole("button", { name: "New conversation" });
  await expect(button).toBeEnabled();
  const focused = await button.evaluate(async (element: HTMLButtonElement) => {
    element.click();
    // The form is there after this turn; no frame has been drawn.
    await new Promise((resolve) => setTimeout(resolve));
    return document.activeElement?.getAttribute("role");
  });
  expect(focused, "what is typed at once goes to the person").toBe("combobox");
  const person = panel.getByRole("combobox", { name: "Person" });
  await person.fill("ola");
  await panel.getByLabel("First message").fill("Hello");
  await panel.getByRole("button", { name: "Call", exact: true }).click();
  await expect(panel.getByRole("form").getByRole("alert")).toContainText(
    "An address has the form name@example.com.",
  );
  await expect(person).toHaveAttribute("aria-invalid", "true");
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  await person.fill(OLA.address);
  await server.control("POST", "faults", {
    endpoint: "startMessaging",
    status: 409,
    subcode: "TooManyConversations",
  });
  await panel.getByLabel("Subject").press("Enter");
  await expect(panel.getByRole("form").getByRole("alert")).toContainText(
    "you have too many conversations open",
  );
  await expect(panel.getByLabel("First message")).toHaveValue("Hello");
  expect(await calls(server)).toEqual([]);
});

test("a link fills in the form and calls nobody, from a second start and from the tray's entry", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const link =
    "doorbell:ola.berg@contoso.example?subject=Q3%20%26%20Q4&message=Have+you+a+minute%3F&call=now";
  expect(await bell.app.startSecondInstance([link])).toEqual({ code: 0, signal: null });
  const person = panel.getByRole("combobox", { name: "Person" });
  await expect(person).toHaveValue(OLA.address);
  await expect(panel.getByLabel("Subject")).toHaveValue("Q3 & Q4");
  await expect(panel.getByLabel("First message")).toHaveValue("Have you a minute?");
  await bell.app.reloadRenderer("panel");
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
  await bell.app.startSecondInstance([
    "doorbell:evil",
    "https://contoso.example/doorbell:ola@contoso.example",
  ]);
  await expect(person).toHaveCount(0);
  await bell.app.clickTray("call");
  await expect(person).toHaveValue("");

  // What the person has begun to write is there again after a link that came meanwhile.
  await panel.getByRole("button", { name: "Back" }).click();
  await form(panel);
  await panel.getByLabel("First message").fill("Dear Ola");
  await expect(panel.getByLabel("First message")).toHaveValue("Dear Ola");
  await bell.app.startSecondInstance([link]);
  await expect(panel.getByLabel("First message")).toHaveValue("Have you a minute?");
  await panel.getByRole("button", { name: "Back" }).click();
  await form(panel);
  await expect(panel.getByLabel("First message")).toHaveValue("Dear Ola");
  expect(await calls(server)).toEqual([]);
});
