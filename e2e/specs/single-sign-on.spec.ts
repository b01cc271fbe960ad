import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { filesBelow } from "./support/files.ts";
import { ADDRESS, expect, test, USER } from "./support/test.ts";

test.use({
  ownDesktop: true,
  serverOptions: ["--grant", "urn:microsoft.rtc:windows", "--grant", "password", "--kerberos", USER],
});

test("a person with a Kerberos ticket signs in with the address alone, at this start and the next", async ({
  desktop,
  server,
  bell: start,
}) => {
  const userData = mkdtempSync(join(tmpdir(), "doorbell-windows-"));
  try {
    const env = await desktop.startKerberosDomain();
    const first = await start({ userData, env });
    await first.signIn("");
    // Once for this domain, in a box of the system's own.
    await desktop.clickInMessageBox(1, 2, { timeoutMs: 15_000 });
    await expect((await first.panel()).getByRole("heading", { name: "Online" })).toBeVisible();
    expect(await first.app.webWindows()).toEqual([]);
    await first.app.close();

    const second = await start({ userData, env });
    const panel = await second.panel();
    await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
    await server.invite();
    await expect(panel.getByRole("article")).toHaveCount(1);
    await panel.getByRole("button", { name: /^Decline/ }).click();
    await expect(panel.locator(".history .end").first()).toHaveText("Declined");
    for (const [where, text] of [
      ...filesBelow(userData),
      ["the output", second.app.program.output()] as const,
    ])
      expect(text.includes("Negotiate YII"), `a ticket in ${where}`).toBe(false);

    await second.signOut();
    await expect(panel.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await second.app.close();
    // Whoever has signed out is signed out, whatever the session would allow.
    const third = await start({ userData, env });
    await expect((await third.panel()).getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect((await third.panel()).getByLabel("Sign-in address")).toHaveValue(ADDRESS);
    await third.app.close();
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
});

test("a person without a ticket is told that the server takes a password, too", async ({
  desktop,
  bell: start,
}) => {
  const bell = await start();
  const panel = await bell.panel();
  await bell.signIn("");
  await desktop.clickInMessageBox(1, 2, { timeoutMs: 15_000 });
  await expect(panel.getByRole("alert").filter({ hasText: "It accepts a password" })).toBeVisible();
  await bell.signIn();
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();
});
