import type { Doorbell, Line } from "./support/doorbell.ts";
import { Shell, TERMINAL } from "./support/shell.ts";
import { expect, PASSWORD, test, USER } from "./support/test.ts";

/** The other one: whom the server knows as well. */
const OLA = { user: "sip:ola@contoso.example", password: "Ola's own" };
test.use({ serverOptions: ["--user", `${OLA.user}=${OLA.password}`] });

const WORDS = "Grüße & <b>1+1</b>\n= 2 🔔";

/** What was said in a conversation, as one of the two was told of it last. */
function told({ lines }: Doorbell, conversation: unknown): readonly Line[] {
  const said = lines.filter((line) => line.type === "message" && line["conversation"] === conversation);
  return [...new Map(said.map((line) => [line["id"], line])).values()];
}

/** Who said it, and what. */
function history(bell: Doorbell, conversation: unknown): readonly { own: boolean; text: unknown }[] {
  return told(bell, conversation).map(({ direction, text, state }) => {
    expect(state).toBe(direction === "outgoing" ? "sent" : "received");
    return { own: direction === "outgoing", text };
  });
}

test("two people talk by doorbell watch --json: one calls, the other accepts, both say something and leave, and their histories agree", async ({
  doorbell,
}) => {
  const [tosh, ola] = [doorbell(), doorbell(OLA)];
  await Promise.all([tosh.online(), ola.online()]);
  tosh.send({
    invite: "ola@contoso.example",
    message: WORDS,
    subject: "Figures",
    importance: "Urgent",
    tag: "t",
  });
  const called = await tosh.next({ type: "answer", command: "invite", tag: "t", ok: true });
  const ringing = await ola.next({ type: "invitation", direction: "incoming", state: "ringing" });
  expect(ringing).toMatchObject({
    from: { uri: USER },
    subject: "Figures",
    importance: "Urgent",
    message: { text: WORDS },
  });
  ola.send({ accept: ringing["id"] });
  const [mine, hers] = await Promise.all([
    tosh.next({ type: "invitation", id: called["id"], direction: "outgoing", state: "accepted" }),
    ola.next({ type: "invitation", id: ringing["id"], state: "accepted" }),
  ]);
  expect(new Set(tosh.statesOf(called["id"]))).toEqual(new Set(["inviting", "accepted"]));

  // Both at once, faster than anybody reads.
  const [own, other] = [mine["conversation"], hers["conversation"]];
  await ola.next({ type: "message", conversation: other, direction: "incoming", text: WORDS });
  const said = (who: string): string[] =>
    Array.from({ length: 10 }, (_, index) => `${who} ${index}: “${WORDS}”`);
  await expect(async () => {
    tosh.send({ say: own, text: "Can you hear me?" });
    await tosh.next({ type: "answer", command: "say", ok: true }, 500);
  }).toPass();
  await ola.next({ type: "message", text: "Can you hear me?", state: "received" });
  for (const text of said("Tosh")) tosh.send({ say: own, text });
  for (const text of said("Ola")) ola.send({ say: other, text });
  await Promise.all([
    tosh.next({ type: "message", text: said("Ola").at(-1), state: "received" }),
    ola.next({ type: "message", text: said("Tosh").at(-1), state: "received" }),
  ]);
  const underWay = (): readonly Line[] =>
    [...told(tosh, own), ...told(ola, other)].filter(({ state }) => state === "sending");
  await expect.poll(underWay).toEqual([]);

  const [hisHistory, herHistory] = [history(tosh, own), history(ola, other)];
  for (const one of [true, false]) {
    const texts = (all: typeof hisHistory, own: boolean): unknown[] =>
      all.filter((message) => message.own === own).map(({ text }) => text);
    expect(texts(hisHistory, one)).toEqual(texts(herHistory, !one));
    expect(new Set(texts(hisHistory, one)).size).toBe(texts(hisHistory, one).length);
  }
  expect(hisHistory).toHaveLength(22);

  ola.send({ leave: other });
  await ola.next({ type: "answer", command: "leave", id: other, ok: true });
  // It is over for both.
  ola.send({ say: other, text: "Too late" });
  await ola.next({ type: "answer", command: "say", ok: false });
  await expect(async () => {
    tosh.send({ leave: own, tag: "again" });
    await tosh.next({ type: "answer", command: "leave", tag: "again", ok: false }, 500);
  }).toPass();
  expect(await tosh.quit()).toBe(0);
  expect(await ola.quit()).toBe(0);
});

test("a person at a terminal accepts, is answered and answers, in a row where every key is text", async ({
  server,
  doorbell,
}) => {
  await using shell = new Shell({ DOORBELL_PASSWORD: PASSWORD });
  const ola = doorbell(OLA);
  shell.type(`${TERMINAL} watch --server ${server.url} --user ${USER}\n`);
  await Promise.all([ola.online(), shell.shows(/Online\./)]);
  ola.send({ invite: "tosh@contoso.example", message: "Have you got a minute?" });
  await ola.next({ type: "answer", command: "invite", ok: true });
  await shell.shows(/a = accept/);
  shell.type("a");
  await shell.shows(/: Have you got a minute\?\r\n/);
  const { conversation } = await ola.next({ type: "invitation", direction: "outgoing", state: "accepted" });
  ola.send({ say: conversation, text: "It is urgent." });
  await shell.shows(/: It is urgent\.\r\n/);

  await shell.shows(/Enter = write/);
  shell.type("\r");
  await shell.shows(/Enter = send/);
  // Somebody rings meanwhile, and what is typed is no answer.
  await server.invite({ subject: "Elsewhere" });
  await shell.shows(/Elsewhere[^]*after Esc: {3}a = accept/);
  shell.type("dear Ola, qu\u001B[200~ick\r& short\u001B[201~");
  await shell.shows(/> dear Ola, quick↵& short/);
  shell.type("\r");
  await ola.next({ type: "message", direction: "incoming", text: "dear Ola, quick\n& short" });
  await shell.shows(/you.*: dear Ola, quick\r\n {2}& short\r\n/);
  shell.type("\u001B");
  await shell.shows(/a = accept {3}d = decline {3}Enter = write/);
  shell.type("d");
  await shell.shows(/: declined/);

  shell.type("l");
  await shell.shows(/Leave the conversation with .*\? \[y\/N\]/);
  shell.type("y");
  await shell.shows(/You left the conversation/);
  shell.type("q");
  await shell.shows(/READY> $/);
  // The terminal is as it was, pastes included.
  shell.type("stty -a | grep -o .icanon; echo status=$?\n");
  await shell.shows(/ icanon[^]*status=0/);
});

test("a person at a terminal calls somebody by their address, and takes a call back", async ({
  server,
  doorbell,
}) => {
  await using shell = new Shell({ DOORBELL_PASSWORD: PASSWORD });
  const ola = doorbell(OLA);
  shell.type(`${TERMINAL} watch --server ${server.url} --user ${USER}\n`);
  await Promise.all([ola.online(), shell.shows(/Online\.[^]*c = call/)]);
  const call = async (words: string): Promise<void> => {
    shell.type("c");
    await shell.shows(/address> /);
    shell.type("ola@contoso.example\r");
    await shell.shows(/to ola@contoso\.example> /);
    shell.type(`${words}\r`);
    await shell.shows(/→ .*ringing… \d s[^]*x = cancel the call/);
  };
  await call("First");
  const first = await ola.next({ type: "invitation", state: "ringing" });
  expect(first).toMatchObject({ message: { text: "First" } });
  shell.type("x");
  await shell.shows(/: cancelled after/);
  await ola.next({ type: "invitation", id: first["id"], state: "cancelled" });

  await call("Second");
  const { id } = await ola.next({ type: "invitation", state: "ringing" });
  ola.send({ accept: id });
  await shell.shows(/: answered[^]*you.*: Second\r\n/);
  const { conversation } = await ola.next({ type: "invitation", id, state: "accepted" });
  ola.send({ say: conversation, text: "Here I am." });
  await shell.shows(/: Here I am\.\r\n/);
  shell.type("q");
  await shell.shows(/READY> $/);
});
