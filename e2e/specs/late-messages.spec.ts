import { WindowTalker } from "./support/talkers.ts";
import { expect, test } from "./support/test.ts";

const OLA = { user: "sip:ola.berg@contoso.example", password: "Ola's own" };
test.use({ serverOptions: ["--user", `${OLA.user}=${OLA.password}`] });

test("a message that is not fetched within thirty seconds is lost, of which its sender is told, and arrives when it is sent again", async ({
  page,
  server,
  bell: start,
  doorbell,
  picture,
}) => {
  const ola = doorbell(OLA);
  const tosh = await start();
  await Promise.all([tosh.online(), ola.online()]);
  const { child, lines } = ola;
  ola.send({ invite: "tosh@contoso.example", message: "Are you there?" });
  await (await tosh.panel()).getByRole("button", { name: "Accept Ola Berg" }).click();
  const window = await tosh.app.window("conversation");
  const talker = new WindowTalker(window);
  await talker.say("Yes, I am.");
  await ola.next({ type: "message", text: "Yes, I am.", state: "received" });
  await expect(window.getByText("Sent", { exact: true })).toBeVisible();

  // As a machine that is overloaded, or asleep for a moment: its connections stand, and nobody reads them.
  process.kill(child.pid ?? 0, "SIGSTOP");
  const parked = async () => (await server.state()).applications.map((one) => one.parked);
  await talker.say("On its way when you stopped");
  await expect.poll(parked).toContain(0);
  await talker.say("And you?");
  const said = async (): Promise<readonly string[]> => {
    const { invitations } = (await server.control("GET", "state")) as {
      readonly invitations: readonly { readonly said: readonly { text: string; status: string }[] }[];
    };
    return invitations.flatMap((one) => one.said.map(({ text, status }) => `${text} ${status}`));
  };
  await expect.poll(said).toContain("And you? underWay");
  await server.control("POST", "clock/advance", { ms: 31_000, pauseMs: 20 });
  await expect.poll(said).toContain("And you? lost");
  await expect(
    window.getByText("Not sent. This message wasn't delivered: The message was not received in time."),
  ).toBeVisible();
  await picture("told");
  await page.goto(server.url);
  await expect(page.locator(".line", { hasText: "And you?" })).toContainText(/Lost: /);

  process.kill(child.pid ?? 0, "SIGCONT");
  await ola.next({ type: "message", text: "On its way when you stopped", state: "received" });
  await talker.sayAgain();
  await ola.next({ type: "message", text: "And you?", state: "received" });
  await expect.poll(said).toContain("And you? delivered");
  expect(lines.filter(({ text }) => text === "And you?")).toHaveLength(1);
  await expect
    .poll(() => talker.read())
    .toEqual(
      [
        ["Are you there?", "received"],
        ["Yes, I am.", "sent"],
        ["On its way when you stopped", "sent"],
        ["And you?", "sent"],
      ].map(([text, state]) => ({ own: state === "sent", text, state })),
    );
  expect(await ola.quit()).toBe(0);
});
