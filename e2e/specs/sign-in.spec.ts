import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { breachesOfAccessibility } from "./support/axe.ts";
import { ADDRESS, expect, PASSWORD, test } from "./support/test.ts";

test("signing in works with the keyboard alone, and the page has no breach of accessibility", async ({
  server,
  bell: start,
}) => {
  const bell = await start();
  const panel = await bell.panel();
  await expect(panel.getByLabel("Sign-in address")).toBeFocused();
  await panel.keyboard.type(ADDRESS);
  await panel.keyboard.press("Tab");
  await panel.keyboard.type(PASSWORD);
  // The box for the keyring, then the server.
  await panel.keyboard.press("Tab");
  await panel.keyboard.press("Tab");
  await panel.keyboard.press("Enter");
  await panel.keyboard.press("Tab");
  await panel.keyboard.type(server.url);
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  await panel.keyboard.press("Enter");
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
  await server.invite();
  await expect(panel.getByRole("article")).toHaveCount(1);
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  const decline = panel.getByRole("button", { name: /^Decline/ });
  await decline.focus();
  // What came up a moment ago takes no key.
  await expect(decline).toBeEnabled();
  await panel.keyboard.press("Space");
  await expect(panel.locator(".history .end").first()).toHaveText("Declined");
});

test("a wrong address is told before anything is sent, and mended by hand it signs in", async ({
  server,
  bell: start,
}) => {
  const bell = await start();
  const panel = await bell.panel();
  await panel.getByLabel("Sign-in address").fill("tosh");
  await panel.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await panel.getByRole("button", { name: "Sign in" }).click();
  await expect(panel.getByRole("alert").getByText("name@example.com")).toBeVisible();
  expect((await server.state()).requests).toEqual([]);
  // Nothing else has to be typed again.
  await panel.getByLabel("Sign-in address").fill(ADDRESS);
  await panel.locator("summary", { hasText: "Server address" }).click();
  await panel.getByRole("textbox", { name: "Server address" }).fill(server.url);
  // What moves takes no click, scrolling included.
  const button = panel.getByRole("button", { name: "Sign in" });
  await button.scrollIntoViewIfNeeded();
  await button.click();
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
});

test("a web page instead of a server is told, and the address is still there", async ({ bell: start }) => {
  const web = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<html><title>Welcome</title></html>");
  });
  await new Promise<void>((done) => web.listen(0, "127.0.0.1", done));
  try {
    const bell = await start();
    const panel = await bell.panel();
    await bell.signIn(PASSWORD, `http://127.0.0.1:${(web.address() as AddressInfo).port}/`);
    // It tries again for a while: the way to such a page may be a captive portal.
    await expect(panel.getByText("Can't find your server.")).toBeVisible({ timeout: 20_000 });
    await expect(panel.getByText(/text\/html/)).toBeHidden();
    await panel.getByText("Details").click();
    await expect(panel.getByText(/text\/html/)).toBeVisible();
    await expect(panel.getByLabel("Sign-in address")).toHaveValue(ADDRESS);
  } finally {
    web.closeAllConnections();
    web.close();
  }
});

test("closing the window leaves the bell on, a second start brings it back, and quitting deletes the application", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await bell.app.closeWindow("panel");
  await expect.poll(() => bell.app.visibleWindows()).toEqual([]);
  expect((await bell.app.startSecondInstance()).code).toBe(0);
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  await bell.app.clickTray("quit");
  expect(await bell.app.program.exited).toEqual({ code: 0, signal: null });
  const deletions = (await server.state()).requests.filter(({ method }) => method === "DELETE");
  expect(deletions.map(({ status }) => status)).toEqual([204]);
});
