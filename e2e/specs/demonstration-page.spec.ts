import { expect, test, USER } from "./support/test.ts";

test("a stranger presses “Invite me” on the page, clicks the drawn Accept, and sees the server say Connected", async ({
  page,
  desktop,
  server,
  doorbell,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
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
  expect(complaints).toEqual([]);
});
