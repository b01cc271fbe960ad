import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { rememberPerson } from "../packaged/remembered-person.ts";
import { ADDRESS, expect, test, type Bell } from "./support/test.ts";
import { UcwaServer } from "./support/ucwa-server.ts";

test.use({ ownDesktop: true });

const BOX = { timeoutMs: 15_000 };
/** A start that asks the keyring first. */
const START = { timeout: 15_000 };

/** A sign-in that no person has asked for, by a page that was taken over. */
async function forgeSignIn(bell: Bell, address: string, server: string): Promise<void> {
  const request = { address, server, password: "", remember: false };
  const call = { role: "panel", channel: "session.signIn", frame: "main", args: [request] } as const;
  expect(await bell.app.forgeCall(call)).toEqual({ value: { ok: true, value: null } });
}

/** What has reached the part of the server that takes passwords and tickets. */
async function tokenRequests(server: UcwaServer): Promise<number> {
  return (await server.state()).requests.filter(({ endpoint }) => endpoint === "token").length;
}

test("a page that was taken over shows the Windows session to no server before the person says yes in a box of the system's own", async ({
  desktop,
  bell: start,
  picture,
}) => {
  await using foreign = await UcwaServer.start(["--grant", "urn:microsoft.rtc:windows"]);
  const bell = await start({ env: await desktop.startKerberosDomain() });
  const panel = await bell.panel();
  expect(await bell.app.messageBoxes()).toEqual([]);
  await forgeSignIn(bell, "tosh@evil.example", foreign.url);
  await expect
    .poll(() => bell.app.messageBoxes())
    .toMatchObject([{ message: "Sign in at evil.example and 127.0.0.1 with single sign-on (Kerberos)?" }]);
  await expect.poll(() => desktop.screen.messageBox()).not.toBeNull();
  await picture("asked");
  // Whatever else the page presses, the box is still there, and nothing has left.
  await bell.app.forgeCall({ role: "panel", channel: "session.tryNow", frame: "main", args: [null] });
  expect(await tokenRequests(foreign)).toBe(0);
  await desktop.clickInMessageBox(0, 2, BOX);
  await expect(panel.getByText("It accepts: Windows sign-in.")).toBeVisible();
  expect(await tokenRequests(foreign)).toBe(0);

  // What a yes lets through.
  await forgeSignIn(bell, "tosh@evil.example", foreign.url);
  await desktop.clickInMessageBox(1, 2, BOX);
  await expect.poll(() => tokenRequests(foreign)).toBeGreaterThan(0);
});

test("the password in the keyring goes to no other server, and to another address of its own after a yes", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  // It goes with the desktop.
  const userData = mkdtempSync(join(desktop.home, "remembered-"));
  await using foreign = await UcwaServer.start(["--grant", "password"]);
  await rememberPerson(desktop, server, userData);
  const first = await start({ userData });
  const panel = await first.panel();
  await expect(panel.getByRole("heading", { name: "Online" })).toBeVisible(START);
  await forgeSignIn(first, ADDRESS, foreign.url);
  await expect(panel.getByText("There is no password to sign in with")).toBeVisible(START);
  expect(await tokenRequests(foreign)).toBe(0);
  await first.app.close();

  // It is kept for a server that has sent the sign-in elsewhere since.
  await rememberPerson(desktop, foreign, userData);
  const file = join(userData, "config.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as { readonly keptPassword: object };
  const origins = [(await foreign.state()).origins.applications];
  writeFileSync(file, JSON.stringify({ ...settings, keptPassword: { ...settings.keptPassword, origins } }));
  const second = await start({ userData });
  await expect.poll(() => desktop.screen.messageBox(), START).not.toBeNull();
  await picture("asked");
  expect(await tokenRequests(foreign)).toBe(0);
  await desktop.clickInMessageBox(0, 2, BOX);
  await expect((await second.panel()).getByText("There is no password to sign in with")).toBeVisible(START);
  expect(await tokenRequests(foreign)).toBe(0);
  await second.app.close();

  const third = await start({ userData });
  await desktop.clickInMessageBox(1, 2, BOX);
  await expect((await third.panel()).getByRole("heading", { name: "Online" })).toBeVisible(START);
  // It is of that server, too, from now on.
  await expect.poll(() => readFileSync(file, "utf8")).toContain(`"${new URL(foreign.url).origin}"`);
});

test.describe("on the page of an organisation", () => {
  test.use({ serverOptions: ["--grant", "urn:microsoft.rtc:passive"] });

  test("that wants the Windows session it is shown after a yes alone, and the page is loaded again", async ({
    server,
    desktop,
    bell: start,
  }) => {
    const bell = await start();
    bell.expectedErrors = /status of 401/;
    expect(await bell.app.messageBoxes()).toEqual([]);
    await server.control("POST", "faults", { endpoint: "passiveAuth", status: 401 });
    await bell.signIn("");
    await expect
      .poll(() => bell.app.messageBoxes())
      .toMatchObject([
        { message: "Sign in at contoso.example and 127.0.0.1 with single sign-on (Kerberos)?" },
      ]);
    await desktop.clickInMessageBox(1, 2, BOX);
    const page = await bell.app.webPage("/adfs/ls/");
    await expect(page.getByLabel("User name")).toBeVisible();
  });
});
