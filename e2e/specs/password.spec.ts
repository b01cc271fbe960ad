import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ADDRESS, expect, PASSWORD, test } from "./support/test.ts";

test.use({ ownDesktop: true });

const WRONG = "a wrong p&ss%word";

test("the password goes from its field to main and is found nowhere else", async ({ bell: start }) => {
  const bell = await start();
  const { program } = bell.app;
  const panel = await bell.panel();
  // Everything that main tells the page, from here on.
  await panel.evaluate(() => {
    type Bridge = { subscribe(listener: (state: unknown) => void): unknown };
    const told: string[] = [];
    Object.assign(globalThis, { __told: told });
    (globalThis as unknown as { doorbell: Bridge }).doorbell.subscribe((state) =>
      told.push(JSON.stringify(state)),
    );
  });
  await bell.signIn(WRONG);
  await expect(panel.getByText("The sign-in was refused.")).toBeVisible();
  await expect(panel.getByLabel("Password", { exact: true })).toHaveValue("");
  await bell.signIn();
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible();

  const told = await panel.evaluate(() => (globalThis as unknown as { __told: string[] }).__told);
  expect(told.length).toBeGreaterThan(5);
  const pages = await Promise.all(program.pages().map((page) => page.content()));
  const values = await panel.evaluate(() =>
    Array.from(document.querySelectorAll("input"), ({ value }) => value),
  );
  const found: [string, string][] = [
    ["what the page was told", told.join("\n")],
    ["the pages", pages.join("\n")],
    ["the fields", values.join("\n")],
    ["the output", program.output()],
  ];
  for (const name of await readdir(program.userData, { recursive: true })) {
    const path = join(program.userData, name);
    const isFile = await stat(path).then(
      (entry) => entry.isFile(),
      () => false,
    );
    if (isFile) found.push([name, await readFile(path, "latin1")]);
  }
  expect(found.map(([name]) => name)).toContain("config.json");
  for (const [where, text] of found)
    for (const secret of [PASSWORD, WRONG])
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
        expect(text.includes(form), `the password in ${where}`).toBe(false);
});

test("a kept password signs in at the next start, and signing out forgets it after a question", async ({
  desktop,
  bell: start,
  picture,
}) => {
  const userData = mkdtempSync(join(tmpdir(), "doorbell-kept-"));
  try {
    const first = await (await start({ userData })).online();
    // The keyring takes its time, which the sign-in does not wait for.
    const settings = () => readFile(join(userData, "config.json"), "utf8");
    await expect.poll(settings).toContain(`"keptPassword": {`);
    await first.app.close();

    const second = await start({ userData });
    // Two processes of Electron's are started on the way: the program, and the one that asks the keyring.
    const online = (await second.panel()).getByRole("heading", { name: "Online" });
    await expect(online).toBeVisible({ timeout: 20_000 });
    await second.signOut(async () => {
      await desktop.clickInMessageBox(0, 2);
      // One question at a time: until the program has heard the answer to the first, there is no second.
      const out = (await second.panel()).getByRole("button", { name: "Sign out" });
      await expect(async () => {
        await out.click();
        await expect.poll(() => desktop.screen.messageBox(), { timeout: 1_000 }).not.toBeNull();
      }).toPass();
      await picture("asked");
      await desktop.clickInMessageBox(1, 2);
    });
    await expect((await second.panel()).getByRole("heading", { name: "Sign in" })).toBeVisible();
    await second.app.close();

    const third = await start({ userData });
    await expect((await third.panel()).getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect((await third.panel()).getByLabel("Sign-in address")).toHaveValue(ADDRESS);
    // It writes its settings until it has gone.
    await third.app.close();
  } finally {
    rmSync(userData, { recursive: true });
  }
});
