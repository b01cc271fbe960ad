import type { Page } from "@playwright/test";

import { WINDOW_STATES } from "../pictures/window-states.ts";
import { expect, test } from "./support/test.ts";

/** What has the focus, as assistive technology names it, and whether a frame is drawn round it. */
async function focused(page: Page): Promise<{ text: string; frame: string }> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { text: "nothing", frame: "" };
    const label = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? "") : "";
    const text = label || element.ariaLabel || element.textContent || element.tagName;
    return { text: text.trim(), frame: getComputedStyle(element).outlineStyle };
  });
}

test("the focus follows a failed sign-in to the password, and a refused form to the reason", async ({
  server,
  bell: start,
}) => {
  const bell = await start();
  const panel = await bell.panel();
  await bell.signIn("not my password");
  await expect(panel.getByRole("alert").filter({ hasText: "was refused" })).toBeVisible();
  await expect.poll(() => focused(panel)).toMatchObject({ text: "Password" });
  await expect(panel.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /The sign-in was refused/,
  );

  await bell.signIn(undefined, server.url, "no address");
  await expect(panel.getByRole("alert").last()).toBeVisible();
  await expect.poll(async () => (await focused(panel)).text).not.toBe("BODY");
});

test("Escape, Back and a call that has gone lead to the heading, and draw no frame round the window", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const window = (await desktop.windows()).find(({ name }) => name === "Doorbell");
  await desktop.screen.focus(window?.id ?? "");
  // Online, the button that had the focus is gone.
  await expect.poll(() => focused(panel)).toEqual({ text: "Online", frame: "none" });
  await panel.locator("main").click({ position: { x: 5, y: 5 } });
  await desktop.screen.pressKeys("Escape");
  expect((await focused(panel)).frame).toBe("none");

  await panel.getByRole("button", { name: "Settings" }).click();
  await expect.poll(() => focused(panel)).toEqual({ text: "Settings", frame: "none" });
  await desktop.screen.pressKeys("Tab");
  await desktop.screen.pressKeys("Escape");
  await expect.poll(() => focused(panel)).toEqual({ text: "Online", frame: "none" });
  // The next key goes on from there, with a frame round what takes it.
  await desktop.screen.pressKeys("Tab");
  expect(await focused(panel)).toEqual({ text: "New conversation", frame: "solid" });

  // The button that was pressed goes with its call, and so does the one that empties the list.
  await server.invite();
  for (const [name, left] of [
    [/^Decline/, panel.locator(".history .end")],
    ["Clear", panel.getByText("All quiet")],
  ] as const) {
    const button = panel.getByRole("button", { name });
    await button.focus();
    await expect(async () => {
      // What has just come takes no key.
      if (await button.isVisible()) await desktop.screen.pressKeys("Return");
      await expect(left).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect.poll(() => focused(panel)).toEqual({ text: "Online", frame: "none" });
  }
});

test("the focus comes to the question of trust when what had it has gone", async ({ bell: start }) => {
  const bell = await start();
  const panel = await bell.panel();
  const show = async (name: string, revision: number) => {
    const found = WINDOW_STATES.find((one) => one.role === "panel" && one.name === name);
    if (!found) throw new Error(`No state "${name}".`);
    await bell.app.program.evaluate(
      ({ BrowserWindow }, state) => {
        const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
          webContents.getURL().endsWith("/panel.html"),
        );
        window?.webContents.send("panel.state", state);
      },
      { ...found.state, revision },
    );
  };
  await expect(panel.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await show("authenticating", 1_000_001);
  await panel.getByRole("button", { name: "Cancel" }).focus();
  await show("attention: untrustedServer", 1_000_002);
  await expect(panel.getByRole("button", { name: "Yes, trust it" })).toBeVisible();
  await expect.poll(() => focused(panel)).toEqual({ text: "Do you trust this server?", frame: "none" });
});
