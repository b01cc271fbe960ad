import type { Page } from "@playwright/test";
import { listen } from "../ucwa-server/index.ts";
import { createApplication, hrefOf } from "../ucwa-server/testing/client.ts";
import { expect, test, USER } from "./support/test.ts";

/** What the page complains of, as it comes. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

test("a stranger presses “Invite me” on the page, clicks the drawn Accept, writes on and hangs up", async ({
  page,
  desktop,
  server,
  doorbell,
}) => {
  const complaints = complaintsOf(page);
  const bell = doorbell({ notify: true });
  await bell.online();
  await page.goto(server.url);
  await expect(page.getByLabel("Whom they call")).toContainText("signed in");
  await page.getByLabel("Who calls").fill("Sara Davis");
  await page.getByLabel("First message").fill("Coffee?");
  await page.getByRole("button", { name: "Invite me" }).click();
  await desktop.waitForNotification({ text: "Sara Davis" });
  await expect(page.getByText(/^Ringing/)).toBeVisible();
  await desktop.clickButton("Accept", { text: "Sara Davis" });
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await desktop.waitForNoNotification();
  expect((await server.state()).invitations).toMatchObject([{ state: "connected", to: { uri: USER } }]);
  await page.getByPlaceholder("Write as Sara Davis").fill("The machine is repaired.");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listitem").getByText("The machine is repaired.")).toBeVisible();
  await expect
    .poll(async () => (await server.state()).invitations)
    .toMatchObject([
      { said: [{ text: "Coffee?" }, { text: "The machine is repaired.", status: "delivered" }] },
    ]);
  await page.getByRole("button", { name: "Hang up" }).click();
  await expect(page.getByText("Conversation ended", { exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("somebody of the page is found, called and written to by a user, and answers there", async ({
  page,
}) => {
  const listening = await listen();
  const { server } = listening;
  try {
    const complaints = complaintsOf(page);
    await page.goto(listening.discovery);
    await expect(page.getByText("Live")).toBeVisible();
    const { send, get, resource } = await createApplication(server);
    const { people, communication } = resource._embedded;
    const found = await get(`${hrefOf(people, "search")}?query=whitfield`);
    const [{ uri: to }] = found.json._embedded.contact;
    const message = { href: "data:text/plain,Have+you+signed%3f" };
    await send("POST", hrefOf(communication, "startMessaging"), {
      to,
      operationId: "1",
      _links: { message },
    });
    await expect(page.getByText(/^Rings here/)).toBeVisible();
    await expect(page.getByText("Have you signed?")).toBeVisible();
    await page.getByRole("button", { name: "Answer: Ada Lindqvist to Dana Whitfield" }).click();
    await expect(page.getByText("Connected", { exact: true })).toBeVisible();
    await expect(
      page.getByRole("list", { name: "Conversation of" }).getByText("Have you signed?"),
    ).toBeVisible();
    const field = page.getByPlaceholder("Write as Dana Whitfield");
    await field.fill("Not yet");
    await expect.poll(() => server.control.state().outgoing[0]?.typing.others).toEqual([to]);
    await page.getByRole("button", { name: "Send" }).click();
    await expect(field).toHaveValue("");
    await expect(page.getByText(/not fetched yet/)).toBeVisible();
    // Nobody fetches it: this client asks for no events.
    await server.control.advance(31_000);
    await expect(page.getByText(/Lost: not fetched within 30/)).toBeVisible();
    const conversations = await get(hrefOf(communication, "conversations"));
    const [{ _links: links }] = conversations.json._embedded.conversation;
    const messaging = (await get(links.messaging.href)).json._links;
    await send("POST", messaging.setIsTyping.href);
    await expect(page.getByText("Ada Lindqvist is typing")).toBeVisible();
    const plain = { "Content-Type": "text/plain" };
    for (let times = 0; times < 2; times += 1)
      await send("POST", `${messaging.sendMessage.href}?operationId=2`, "<b>Please</b>", plain);
    await expect(page.getByText("<b>Please</b>", { exact: true })).toHaveCount(1);
    await expect(page.getByText(/asked for 2 times, said once/)).toBeVisible();
    await send("DELETE", links.self.href);
    await expect(page.getByText("Conversation ended", { exact: true })).toBeVisible();
    await expect(field).toBeHidden();
    expect([complaints, server.control.breaches]).toEqual([[], []]);
  } finally {
    await listening.close();
  }
});
