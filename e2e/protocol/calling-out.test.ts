import { describe, expect, it } from "vitest";

import { callEndLabel } from "../../main/invitations/call-labels.ts";
import { onePerson } from "./one-person.ts";
import type { Switches } from "../ucwa-server/context.ts";

const OLA = { uri: "sip:ola@contoso.example", name: "Ola Berg", password: "ola" };
const REQUEST = { to: "ola@fabrikam.example", subject: "Budget", message: "1+1 & more\nsoon?" };

async function person(switches: Partial<Switches> = {}) {
  const made = await onePerson({ others: [OLA] });
  const { control, clock, bell } = made;
  control.setSwitches({ callees: "ignore", ...switches });
  const outgoing = () => control.state().outgoing;
  const posts = () =>
    control
      .state()
      .requests.filter(({ method, endpoint }) => method === "POST" && endpoint === "startMessaging");
  /** Calls, and lets the events come. */
  const call = async (to = REQUEST.to) => {
    const receipt = bell.calling.invite({ ...REQUEST, to });
    await clock.advance(500);
    expect(await receipt).toMatchObject({ ok: true });
    return outgoing().at(-1)?.id ?? "";
  };
  return { ...made, outgoing, posts, call };
}

describe.each<[string, Partial<Switches>]>([
  ["with events that embed what they tell of", {}],
  ["with events that only link to it", { linkOnly: true }],
  ["with a receipt that comes last", { receiptLast: true }],
  ["with links alone and a receipt that comes last", { linkOnly: true, receiptLast: true }],
])("a call out, %s", (_, options) => {
  it("rings at the other side with all that was said, and is one invitation here", async () => {
    const { clock, bell, newest, outgoing, call, control } = await person(options);
    await call();
    await clock.advance(2_000);
    expect(bell.state.invitations).toHaveLength(1);
    expect(newest()).toMatchObject({
      direction: "outgoing",
      state: "inviting",
      to: REQUEST.to.replace(/^/, "sip:"),
      subject: "Budget",
      canCancel: true,
      message: { text: REQUEST.message },
    });
    expect(newest().callee?.name).not.toBe("");
    expect(outgoing()).toMatchObject([{ state: "calling", subject: "Budget" }]);
    expect(control.breaches).toEqual([]);
  });

  it("is answered, by whoever answers", async () => {
    const { clock, newest, call, control } = await person(options);
    const id = await call();
    control.conversations.answerOutgoing(id, { uri: "sip:kim@fabrikam.example", name: "Kim Lee" });
    await clock.advance(3_000);
    expect(newest()).toMatchObject({ state: "accepted", acceptedBy: { name: "Kim Lee" } });
    expect(callEndLabel(newest())).toBe("answered by Kim Lee");
    expect(control.breaches).toEqual([]);
  });

  it.each([
    ["Declined", "declined", "declined"],
    ["Busy", "failed", "they are busy"],
    ["DoNotDisturb", "failed", "they don't want to be disturbed"],
    ["Forwarded", "forwarded", "passed on to someone else"],
  ])("fails with %s, which is told in words", async (subcode, state, words) => {
    const { clock, newest, call, control } = await person(options);
    control.conversations.failOutgoing(await call(), subcode);
    await clock.advance(3_000);
    expect(newest().state).toBe(state);
    expect(callEndLabel(newest())).toBe(words);
    expect(control.breaches).toEqual([]);
  });

  it("is missed when nobody answers for half a minute", async () => {
    const { clock, newest, call, control } = await person(options);
    await call();
    await clock.advance(40_000);
    expect(newest().state).toBe("missed");
    expect(control.breaches).toEqual([]);
  });

  it("is taken back", async () => {
    const { clock, bell, newest, outgoing, call, control } = await person(options);
    await call();
    await clock.advance(2_000);
    const receipt = bell.calling.cancel(newest().id);
    await clock.advance(500);
    expect(await receipt).toMatchObject({ ok: true });
    await clock.advance(2_000);
    expect(newest()).toMatchObject({ state: "cancelled", canCancel: false });
    expect(outgoing()).toMatchObject([{ state: "cancelled" }]);
    expect(control.breaches).toEqual([]);
  });
});

describe("a call whose receipt is lost", () => {
  it("is found by its operation id, and made once", async () => {
    const { bell, clock, control, newest, outgoing, posts } = await person();
    control.addFault({ endpoint: "startMessaging", cut: "beforeHeaders", at: "answer" });
    const receipt = bell.calling.invite(REQUEST);
    await clock.advance(3_000);
    expect(await receipt).toEqual({ ok: true, invitation: newest().id });
    expect([outgoing().length, posts().length]).toEqual([1, 1]);
    expect(control.breaches).toEqual([]);
  });

  it("and that never arrived, is said to be unknown, and never made", async () => {
    const { bell, clock, control, outgoing } = await person();
    control.addFault({ endpoint: "startMessaging", cut: "beforeHeaders", at: "arrival" });
    const receipt = bell.calling.invite(REQUEST);
    await clock.advance(40_000);
    expect(await receipt).toMatchObject({ ok: false, error: { code: "unreachable" } });
    expect(outgoing()).toEqual([]);
    expect(bell.state.invitations).toEqual([]);
    expect(control.breaches).toEqual([]);
  });
});

describe("a search", () => {
  it("finds somebody by a part of the name, and whoever is found can be called", async () => {
    const { bell, clock, control, newest, call } = await person();
    const searched = bell.calling.search("berg");
    await clock.advance(500);
    const found = await searched;
    const people = found.ok ? found.people : [];
    expect(people).toMatchObject([{ name: OLA.name, uri: OLA.uri }]);
    await call(people[0]?.uri);
    await clock.advance(1_000);
    expect(newest()).toMatchObject({ callee: { name: OLA.name } });
    expect(control.breaches).toEqual([]);
  });

  it("that the server holds back ends in words", async () => {
    const { bell, clock, control } = await person();
    control.addFault({ endpoint: "search", status: 503, at: "arrival", delayMs: 60_000 });
    const searched = bell.calling.search("berg");
    await clock.advance(10_000);
    expect(await searched).toMatchObject({ ok: false, error: { code: "unreachable" } });
  });
});
