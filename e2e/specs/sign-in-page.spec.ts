import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";

import { filesBelow } from "./support/files.ts";
import { ADDRESS, expect, PASSWORD, test, type Bell } from "./support/test.ts";

test.use({ serverOptions: ["--grant", "urn:microsoft.rtc:passive"] });

/** Types into the page of the organisation as a person does. */
async function typeInto(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel("User name").fill(ADDRESS);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function cookies(bell: Bell): Promise<readonly string[]> {
  return await bell.app.program.evaluate(async ({ session }) =>
    (await session.fromPartition("doorbell-http", { cache: false }).cookies.get({})).map(
      ({ value }) => value,
    ),
  );
}

test("a person signs in on the page of the organisation, and it rings", async ({ server, bell: start }) => {
  const bell = await start();
  const panel = await bell.panel();
  await bell.signIn("");
  const page = await bell.app.webPage("/adfs/ls/");
  const { host } = new URL(server.url);
  await expect(
    panel.getByRole("heading", { name: "Sign in on the page of your organisation" }),
  ).toBeVisible();
  await expect(panel.getByText(host)).toBeVisible();
  // The person waits for this window, and sees in its title where it comes from, not what the page says.
  await expect
    .poll(() => bell.app.webWindows())
    .toEqual([{ title: `${host} – sign-in page – Doorbell`, visible: true, focused: true }]);
  await typeInto(page, "not my password");
  await expect(page.getByRole("alert")).toBeVisible();
  await typeInto(page);
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
  await expect.poll(() => bell.app.webWindows()).toEqual([]);
  await server.invite();
  await expect(panel.getByRole("article")).toHaveCount(1);
  await panel.getByRole("button", { name: /^Decline/ }).click();
  await expect(panel.locator(".history .end").first()).toHaveText("Declined");
});

test("no cookie and no password of the page reaches the disk or the log, and signing out forgets both", async ({
  bell: start,
}) => {
  const bell = await start();
  const panel = await bell.panel();
  await bell.signIn("");
  await typeInto(await bell.app.webPage("/adfs/ls/"));
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
  const secrets = [PASSWORD, encodeURIComponent(PASSWORD), ...(await cookies(bell))];
  expect(secrets.length).toBeGreaterThan(3);
  const { program } = bell.app;
  // The folder of the run, with the user's data.
  const files = filesBelow(dirname(program.userData));
  expect([...files.keys()].some((name) => name.endsWith("config.json"))).toBe(true);
  for (const [where, text] of [...files, ["the output", program.output()] as const])
    for (const secret of secrets) expect(text.includes(secret), `a secret in ${where}`).toBe(false);
  await bell.signOut();
  await expect(panel.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await cookies(bell)).toEqual([]);
});

test("closing the page is a no, even if it asks to stay: nothing is asked again, and the form is back", async ({
  bell: start,
}) => {
  const bell = await start();
  const panel = await bell.panel();
  await bell.signIn("");
  const page = await bell.app.webPage("/adfs/ls/");
  await page.evaluate(() => addEventListener("beforeunload", (event) => event.preventDefault()));
  // Chromium asks only for a page that somebody has touched.
  await page.getByLabel("User name").fill(ADDRESS);
  await page.getByLabel("User name").click();
  await bell.app.closeWebWindows();
  const message = panel.getByRole("alert").filter({ hasText: "You are not signed in yet." });
  await expect(message).toContainText("was closed before the sign-in was finished");
  await expect(panel.getByLabel("Sign-in address")).toHaveValue(ADDRESS);
  expect(await bell.app.webWindows()).toEqual([]);
  await bell.signIn("");
  await typeInto(await bell.app.webPage("/adfs/ls/"));
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
});

test("a page that cannot be loaded is told in a message box, which is a no when closed, and goes with the sign-in", async ({
  server,
  desktop,
  bell: start,
}) => {
  const bell = await start();
  const panel = await bell.panel();
  expect(await bell.app.messageBoxes()).toEqual([]);
  // Chromium tries again by itself before it gives up.
  await server.control("POST", "faults", { endpoint: "passiveAuth", cut: "beforeHeaders", times: 60 });
  await bell.signIn("");
  const { host } = new URL(server.url);
  const failed = {
    message: `The sign-in page of ${host} could not be loaded.`,
    detail: "ERR_EMPTY_RESPONSE. Check the network, or ask your administrator.",
    buttons: ["Close", "Try again"],
  };
  await expect.poll(() => bell.app.messageBoxes(), { timeout: 20_000 }).toEqual([failed]);
  await desktop.clickInMessageBox(1, 2, { timeoutMs: 15_000 });
  await expect.poll(() => bell.app.messageBoxes(), { timeout: 20_000 }).toEqual([failed, failed]);
  await desktop.clickInMessageBox(0, 2, { timeoutMs: 15_000 });
  await expect(panel.getByRole("alert").filter({ hasText: "You are not signed in yet." })).toBeVisible();
  expect(await bell.app.webWindows()).toEqual([]);

  await bell.signIn("");
  await expect.poll(() => desktop.screen.messageBox(), { timeout: 30_000 }).not.toBeNull();
  await panel.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => desktop.screen.messageBox()).toBeNull();
  expect(await bell.app.webWindows()).toEqual([]);
});

test("a page that leads to where it may not go says so in its window, and can be tried again", async ({
  server,
  desktop,
  bell: start,
}) => {
  const bell = await start();
  expect(await bell.app.messageBoxes()).toEqual([]);
  const { host } = new URL(server.url);
  await server.control("POST", "faults", {
    endpoint: "passiveAuth",
    answer: "redirect",
    location: "http://sts.contoso.example/adfs/ls?token=secret",
  });
  await bell.signIn("");
  await expect
    .poll(() => bell.app.messageBoxes())
    .toEqual([
      {
        message: `The sign-in page of ${host} cannot be shown.`,
        detail:
          "It leads to http://sts.contoso.example, where others could read along. Ask your administrator.",
        buttons: ["Close", "Try again"],
      },
    ]);
  await desktop.clickInMessageBox(1, 2, { timeoutMs: 15_000 });
  await typeInto(await bell.app.webPage("/adfs/ls/"));
  await expect((await bell.panel()).getByRole("heading", { name: "Online" })).toBeVisible();
});

test("the page goes nowhere in the clear, opens no window, and cancelling closes it", async ({
  bell: start,
}) => {
  const bell = await start();
  // Chromium's own word on the last of the addresses below.
  bell.expectedErrors = /^Not allowed to launch 'mailto:/;
  const panel = await bell.panel();
  await bell.signIn("");
  const page = await bell.app.webPage("/adfs/ls/");
  const address = page.url();
  expect(await page.evaluate(() => window.open("https://example.com/") === null)).toBe(true);
  for (const target of [
    "http://sts.contoso.example/",
    "app://doorbell/panel.html",
    "mailto:tosh@contoso.example",
  ])
    await page.evaluate((url) => location.assign(url), target);
  expect(await page.evaluate(() => typeof Reflect.get(window, "doorbell"))).toBe("undefined");
  expect(page.url()).toBe(address);
  await panel.getByRole("button", { name: "Cancel" }).click();
  await expect(panel.getByRole("heading", { name: "Sign in", exact: true })).toBeVisible();
  await expect.poll(() => bell.app.webWindows()).toEqual([]);
});

test("at the next start the page comes by itself, without taking the focus", async ({ bell: start }) => {
  const userData = mkdtempSync(join(tmpdir(), "doorbell-page-"));
  try {
    const first = await start({ userData });
    await first.signIn("");
    await typeInto(await first.app.webPage("/adfs/ls/"));
    await expect((await first.panel()).getByRole("heading", { name: "Online" })).toBeVisible();
    await first.app.close();

    const second = await start({ userData });
    const page = await second.app.webPage("/adfs/ls/");
    await expect
      .poll(async () => (await second.app.webWindows()).map(({ visible }) => visible))
      .toEqual([true]);
    expect((await second.app.webWindows()).map(({ focused }) => focused)).toEqual([false]);
    // The person looks for it in the panel.
    const panel = await second.panel();
    await panel.getByRole("button", { name: "Show the page" }).click();
    await typeInto(page);
    await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
    await second.app.close();
  } finally {
    rmSync(userData, { recursive: true });
  }
});
