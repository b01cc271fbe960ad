import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CertificateStore } from "../desktop-session/certificate-store.ts";
import { expect, PASSWORD, test, type Bell } from "./support/test.ts";

const LENE = "lene@fabrikam.example";
const folder = mkdtempSync(join(tmpdir(), "doorbell-trust-"));
const authority = join(folder, "authority.pem");

// Discovery begins in the clear, as it may, and leads to an origin outside of the sign-in domain.
test.use({
  ownDesktop: true,
  serverOptions: [
    "--tls",
    "--ca-file",
    authority,
    "--entrance",
    "redirect",
    "--user",
    `sip:${LENE}=${PASSWORD}`,
  ],
});
test.afterAll(() => rmSync(folder, { recursive: true }));

test("a server that only a person can approve is asked about once for each sign-in domain, and can be forgotten", async ({
  server,
  desktop,
  bell: start,
}) => {
  // Electron trusts the authorities of the user alone.
  new CertificateStore(desktop.home).trust(authority);
  const userData = join(folder, "user-data");
  const entrance = new URL(server.entrance).host;
  const names = (domain: string) => `MAP lyncdiscover.${domain}:80 ${entrance},MAP *.${domain} ~NOTFOUND`;
  const launch = () =>
    start({
      userData,
      args: [`--host-resolver-rules=${names("contoso.example")},${names("fabrikam.example")}`],
    });
  const first = await launch();
  const { origin } = new URL(server.url);
  const question = async (bell: Bell) =>
    (await bell.panel()).getByRole("region", { name: "Do you trust this server?" });
  const isOnline = async (bell: Bell) =>
    await expect((await bell.panel()).getByRole("heading", { name: "Online" })).toBeVisible();

  // A no: signed out, and nothing was sent there.
  await first.signIn(PASSWORD, "");
  await expect(await question(first)).toContainText(origin);
  await expect(await question(first)).toContainText("contoso.example");
  const panel = await first.panel();
  await expect(panel.getByRole("heading", { name: "Do you trust this server?" })).toBeFocused();
  await panel.getByRole("button", { name: "No, sign out" }).click();
  await expect(panel.getByRole("heading", { name: "Sign in" })).toBeVisible();
  const paths = async () => (await server.state()).requests.map(({ endpoint }) => endpoint);
  expect(await paths()).not.toContain("token");

  // A yes, and once is enough, also after a restart that has to search anew.
  await first.signIn(PASSWORD, "");
  await panel.getByRole("button", { name: "Yes, trust it" }).click();
  await isOnline(first);
  await first.app.close();
  const settings = join(userData, "config.json");
  const kept = JSON.parse(readFileSync(settings, "utf8")) as Record<string, unknown>;
  expect(kept["trustedOrigins"]).toEqual({ "contoso.example": [origin] });
  // With the mark that some editors put before a file.
  writeFileSync(settings, `\uFEFF${JSON.stringify({ ...kept, discovered: { rubbish: true } })}`);
  const second = await launch();
  await isOnline(second);

  // The yes of one organisation says nothing to another.
  const yes = () => desktop.clickInMessageBox(1, 2);
  await second.signOut(yes);
  await second.signIn(PASSWORD, "", LENE);
  await expect(await question(second)).toContainText("fabrikam.example");
  await (await second.panel()).getByRole("button", { name: "Yes, trust it" }).click();
  await isOnline(second);

  // Taken back, it is asked again.
  const later = await second.panel();
  await later.getByRole("button", { name: "Settings" }).click();
  const forget = later.getByRole("button", { name: `Forget ${origin}` });
  await forget.scrollIntoViewIfNeeded();
  await expect(forget).toBeEnabled();
  await forget.click();
  await expect(later.getByText("Servers you trust")).toBeHidden();
  await expect.poll(() => readFileSync(settings, "utf8")).toContain(`"keptPassword": {`);
  const out = later.getByRole("button", { name: "Sign out" });
  await out.scrollIntoViewIfNeeded();
  await expect(out).toBeEnabled();
  await out.click();
  await yes();
  await second.signIn(PASSWORD, "", LENE);
  await expect(await question(second)).toBeVisible();
  await second.app.close();
});
