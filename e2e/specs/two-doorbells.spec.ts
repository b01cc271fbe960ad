import type { Page } from "@playwright/test";

import { startDesktopSession } from "../desktop-session/desktop-session.ts";
import { Chance } from "../soak/hour/chance.ts";
import { TerminalTalker, WindowTalker, type Talker } from "./support/talkers.ts";
import { expect, test, USER, type Bell } from "./support/test.ts";
import type { UcwaServer } from "./support/ucwa-server.ts";

/** Whom Tosh calls. */
const OLA = { user: "sip:ola.berg@contoso.example", password: "Ola's own" };
const OLA_ADDRESS = OLA.user.replace("sip:", "");
test.use({ serverOptions: ["--user", `${OLA.user}=${OLA.password}`] });

const FIRST = "Have you got a minute?";
/** How many messages each of the two sends after that. */
const EACH = 100;
/** How often the connection of each is cut meanwhile. */
const CUTS = 10;
/** Behind this message nothing goes wrong any more, so that all that was to go wrong has. */
const LAST_CUT = EACH - 2 * CUTS;
/** Nobody writes on while so many of their messages are still being sent. */
const MOST_UNDER_WAY = 8;
/**
 * A request whose answer was lost is repeated after ten seconds of a session in order, and a cut event channel waits
 * before it asks again: what all of that may take, on a busy machine.
 */
const LONG = { timeout: 120_000, intervals: [100] };

/** What the server knows of the call at each of its ends. */
interface Side {
  readonly state: string;
  readonly said: readonly { readonly by: string; readonly text: string; readonly status: string }[];
}

async function sides(server: UcwaServer): Promise<{ readonly tosh: Side; readonly ola: Side }> {
  const { outgoing, invitations } = (await server.control("GET", "state")) as {
    readonly outgoing: readonly Side[];
    readonly invitations: readonly Side[];
  };
  const [tosh, ola] = [outgoing[0], invitations[0]];
  if (!tosh || !ola || outgoing.length + invitations.length > 2) throw new Error("There is not one call.");
  return { tosh, ola };
}

const numbered = (who: string): string[] => Array.from({ length: EACH }, (_, index) => `${who} ${index + 1}`);

/** Somebody's connection is cut somewhere: while they wait for events, or around a message that they send. */
function cutOf(chance: Chance, user: string): object {
  const reset = chance.happens(0.5);
  const at = chance.of(["arrival", "answer"]);
  if (chance.happens(0.2)) return { user, endpoint: "sendMessage", at, cut: "beforeHeaders", reset };
  const cut = chance.of(["beforeHeaders", "midBody"]);
  return { user, endpoint: "events", at, cut, reset, now: chance.happens(0.5) };
}

/** Says all of that, while the connection is cut again and again, and one message is refused. */
async function speaks(
  talker: Talker,
  server: UcwaServer,
  { user, texts, chance }: { user: string; texts: readonly string[]; chance: Chance },
): Promise<void> {
  const faults = new Map<number, object[]>();
  const put = (fault: object): void => {
    const at = chance.between(1, LAST_CUT);
    faults.set(at, [...(faults.get(at) ?? []), fault]);
  };
  for (let cut = 0; cut < CUTS; cut += 1) put(cutOf(chance, user));
  put({ user, endpoint: "sendMessage", failure: "Forbidden" });
  for (const [index, text] of texts.entries()) {
    for (const fault of faults.get(index) ?? []) await server.control("POST", "faults", fault);
    await expect
      .poll(async () => (await talker.read()).filter(({ state }) => state === "sending").length, LONG)
      .toBeLessThan(MOST_UNDER_WAY);
    await talker.say(text);
  }
}

/** Both say all that they have to say; what failed is sent again, until each has everything. */
async function exchanged(tosh: Talker, ola: Talker, server: UcwaServer): Promise<void> {
  const seed = Number(process.env["DOORBELL_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
  process.stdout.write(`DOORBELL_SEED=${seed} cuts the connections as in this run.\n`);
  const people = [
    { talker: tosh, user: USER, texts: numbered("Tosh"), chance: new Chance(seed) },
    { talker: ola, user: OLA.user, texts: numbered("Ola"), chance: new Chance(seed + 1) },
  ];
  await Promise.all(people.map(({ talker, ...what }) => speaks(talker, server, what)));
  await expect(async () => {
    for (const { talker, texts } of people) {
      await talker.sayAgain();
      const sent = (await talker.read()).filter(({ own, state }) => own && state === "sent");
      expect(texts.filter((text) => !sent.some((one) => one.text === text))).toEqual([]);
    }
  }).toPass(LONG);
  // All that was to go wrong has.
  expect(await server.state()).toMatchObject({ faults: [] });
}

/** Each of the two reads everything once, in the order in which the server took it from whoever said it. */
async function agreed(tosh: Talker, ola: Talker, server: UcwaServer): Promise<void> {
  const { tosh: his, ola: hers } = await sides(server);
  const taken = ({ said }: Side, by: string): string[] =>
    said
      .filter((one) => one.by === by && one.status === "delivered" && one.text !== FIRST)
      .map(({ text }) => text);
  const [ofTosh, ofOla] = [taken(his, "user"), taken(hers, "user")];
  expect(ofTosh.toSorted()).toEqual(numbered("Tosh").toSorted());
  expect(ofOla.toSorted()).toEqual(numbered("Ola").toSorted());
  expect([taken(hers, "caller"), taken(his, "caller")]).toEqual([ofTosh, ofOla]);
  const read = async (talker: Talker, own: boolean): Promise<string[]> =>
    (await talker.read())
      .filter((one) => one.own === own && one.state === (own ? "sent" : "received"))
      .map(({ text }) => text);
  await expect.poll(() => read(tosh, true)).toEqual([FIRST, ...ofTosh]);
  await expect.poll(() => read(tosh, false)).toEqual(ofOla);
  await expect.poll(() => read(ola, true)).toEqual(ofOla);
  await expect.poll(() => read(ola, false)).toEqual([FIRST, ...ofTosh]);
  expect(await Promise.all([tosh, ola].map(async (talker) => (await talker.read()).length))).toEqual([
    1 + 2 * EACH,
    1 + 2 * EACH,
  ]);
}

/** Tosh calls from the panel's form. */
async function calls(bell: Bell): Promise<void> {
  const panel = await bell.panel();
  await panel.getByRole("button", { name: "New conversation" }).click();
  await panel.getByRole("combobox", { name: "Person" }).fill(OLA_ADDRESS);
  await panel.getByLabel("Subject").fill("Figures");
  await panel.getByLabel("First message").fill(FIRST);
  await panel.getByLabel("Subject").press("Enter");
}

/** What the panel keeps of calls: with whom, about what, and how it ended. */
async function kept(bell: Bell): Promise<readonly string[]> {
  const entries = await (await bell.panel()).locator(".history .who-what").allInnerTexts();
  return entries.map((entry) => entry.replaceAll(/\n+/g, " | "));
}

async function leaves(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByText("You left the conversation.", { exact: true })).toBeVisible();
}

/** For the other one it is over by that, and stays to be read until it is closed. */
async function closes(page: Page): Promise<void> {
  await expect(page.getByText("The conversation has ended.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("heading", { name: "No conversations" })).toBeVisible();
}

test("two Doorbells, each on its own desktop: one calls, the other's drawn Accept is clicked, and two hundred messages arrive while both are cut off again and again", async ({
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(300_000);
  await using hers = await startDesktopSession();
  const [tosh, ola] = await Promise.all([start(), start({ env: hers.env })]);
  await Promise.all([tosh.online(), ola.signIn(OLA.password, server.url, OLA_ADDRESS)]);
  await expect((await ola.panel()).getByRole("heading", { name: "Online" })).toBeVisible();
  await calls(tosh);
  await hers.clickButton("Accept", { text: "Tosh" });
  const [his, her] = await Promise.all([tosh.app.window("conversation"), ola.app.window("conversation")]);
  const [one, other] = [new WindowTalker(his), new WindowTalker(her)];
  for (const talker of [one, other])
    await expect.poll(async () => (await talker.read()).map(({ text }) => text)).toEqual([FIRST]);

  await exchanged(one, other, server);
  await agreed(one, other, server);
  await picture("talked");
  await leaves(her);
  await closes(his);
  expect((await sides(server)).ola.state).toBe("over");
  await expect.poll(() => kept(tosh)).toEqual(["Ola Berg | Figures | You called – answered"]);
  await expect.poll(() => kept(ola)).toEqual(["Tosh | Figures | Accepted"]);
});

test("the same with one of them in the terminal", async ({ server, bell: start, doorbell }) => {
  test.setTimeout(300_000);
  await using hers = await startDesktopSession();
  const ola = doorbell({ ...OLA, env: hers.env, notify: true });
  const tosh = await start();
  await Promise.all([tosh.online(), ola.online()]);
  await calls(tosh);
  const { id } = await ola.next({ type: "invitation", state: "ringing", subject: "Figures" });
  await hers.clickButton("Accept", { text: "Tosh" });
  const { conversation } = await ola.next({ type: "invitation", id, state: "accepted" });
  const his = await tosh.app.window("conversation");
  const [one, other] = [new WindowTalker(his), new TerminalTalker(ola, conversation)];
  for (const talker of [one, other])
    await expect.poll(async () => (await talker.read()).map(({ text }) => text)).toEqual([FIRST]);

  await exchanged(one, other, server);
  await agreed(one, other, server);
  await leaves(his);
  await expect(async () => {
    ola.send({ leave: conversation, tag: "over" });
    await ola.next({ type: "answer", tag: "over", ok: false }, 500);
  }).toPass();
  await expect.poll(() => kept(tosh)).toEqual(["Ola Berg | Figures | You called – answered"]);
  expect(ola.statesOf(id)).toEqual(["ringing", "answering", "accepted"]);
  expect(await ola.quit()).toBe(0);
});
