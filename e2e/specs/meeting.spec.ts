import { CALLER, expect, test, USER } from "./support/test.ts";

test("a meeting waits in its lobby, and shows who is there", async ({ server, bell: start, picture }) => {
  const bell = await (await start()).online();
  const meeting = { kind: "onlineMeeting", subject: "Budget", meeting: { lobby: true } };
  const { id } = (await server.control("POST", "invitations", { to: USER, from: CALLER, ...meeting })) as {
    readonly id: string;
  };
  await (await bell.panel()).getByRole("button", { name: `Accept ${CALLER.name}` }).click();
  const page = await bell.app.window("conversation");
  await expect(page.getByRole("heading", { name: "Budget" })).toBeVisible();
  await expect(page.getByText("Waiting to be let in…", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await server.control("POST", `invitations/${id}/admit`);
  await expect(page.getByText("Waiting to be let in…", { exact: true })).toHaveCount(0);
  await page.getByText("1 other is here").click();
  await expect(page.getByRole("listitem")).toHaveText([/Lene Aaling/]);
  await page.getByRole("textbox").fill("Good morning");
  // Messages are joined after the meeting is.
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await page.getByRole("textbox").press("Enter");
  await expect(page.locator(".state")).toHaveText("Sent");
  await picture("admitted");
});
