import { describe, expect, it } from "vitest";

import { messageLabel } from "../../main/invitations/invitation-labels.ts";
import { onePerson } from "./one-person.ts";
import { TOSH } from "./wire.ts";
import type { WireOptions } from "./wire.ts";

const BOSS = { uri: "sip:ines@contoso.example", name: "Ines Roth" };

/** One person, signed in and available, with what came of joining a meeting. */
async function signedIn(options: WireOptions = {}) {
  const person = await onePerson(options);
  const { bell, control } = person;
  /** Every id that any surface was ever told of. */
  const seen = new Set<string>();
  bell.subscribe(({ invitations }) => {
    for (const { id } of invitations) seen.add(id);
  });
  const joins = () =>
    control
      .state()
      .requests.filter(({ method, endpoint }) => method === "POST" && endpoint === "addMessaging")
      .map(({ status }) => status);
  return { ...person, seen, joins };
}

describe.each([
  ["with events that embed what they tell of", {}],
  ["with events that only link to it", { linkOnly: true }],
])("a meeting, %s", (_name, options) => {
  it("is accepted, joined once, and makes no call that anybody is told of", async () => {
    const { clock, bell, control, newest, seen, joins } = await signedIn(options);
    control.invite({ to: TOSH.uri, kind: "onlineMeeting", subject: "Weekly" });
    await clock.advance(1_000);
    expect(newest()).toMatchObject({ kind: "onlineMeeting", state: "ringing", canAccept: true });
    expect(await bell.accept(newest().id)).toEqual({ ok: true });
    await clock.advance(200_000);
    expect(newest().state).toBe("accepted");
    expect(joins().at(-1)).toBe(201);
    expect(joins().filter((status) => status === 201)).toHaveLength(1);
    expect(seen.size).toBe(1);
    expect(control.breaches).toEqual([]);
  });

  it("is joined although the server says at first that it is too early", async () => {
    const { clock, bell, control, newest, joins } = await signedIn(options);
    control.invite({ to: TOSH.uri, kind: "onlineMeeting", subject: "Weekly" });
    await clock.advance(1_000);
    control.addFault({ endpoint: "addMessaging", failure: "Conflict", times: 2 });
    await bell.accept(newest().id);
    await clock.advance(200_000);
    expect(joins().slice(0, 2)).toEqual([409, 409]);
    expect(joins().filter((status) => status === 201)).toHaveLength(1);
    expect(control.breaches).toEqual([]);
  });

  it("lets the person wait in the lobby, and is joined when somebody opens", async () => {
    const { clock, bell, control, newest, joins } = await signedIn(options);
    const id = control.invite({ to: TOSH.uri, kind: "onlineMeeting", meeting: { lobby: true } });
    await clock.advance(1_000);
    await bell.accept(newest().id);
    await clock.advance(60_000);
    expect(newest()).toMatchObject({ state: "answering", answering: "accept" });
    expect(joins()).toEqual([]);
    control.conversations.admit(id);
    await clock.advance(60_000);
    expect(newest().state).toBe("accepted");
    expect(joins().at(-1)).toBe(201);
    expect(joins().filter((status) => status === 201)).toHaveLength(1);
    expect(control.breaches).toEqual([]);
  });
});

describe("what comes with an invitation", () => {
  it("is on whose behalf it came, by name although the server only links to the contact", async () => {
    const { clock, control, newest } = await signedIn();
    control.invite({ to: TOSH.uri, onBehalfOf: BOSS });
    await clock.advance(1_000);
    expect(newest()).toMatchObject({ state: "ringing", onBehalfOf: "Ines Roth" });
    expect(control.breaches).toEqual([]);
  });

  it("is a kind that nobody knows yet, which can be declined", async () => {
    const { clock, bell, control, newest } = await signedIn();
    control.invite({
      to: TOSH.uri,
      kind: "unknown",
      unknown: { rel: "whiteboardInvitation", acceptable: true },
    });
    await clock.advance(1_000);
    expect(newest()).toMatchObject({ kind: "other", state: "ringing", canAccept: false, canDecline: true });
    expect(await bell.decline(newest().id)).toEqual({ ok: true });
    await clock.advance(5_000);
    expect(newest()).toMatchObject({ state: "declined", declineScope: "Global" });
    expect(control.breaches).toEqual([]);
  });

  it("is custom content and a message that is no text, neither of which stands in the way", async () => {
    const { clock, control, newest } = await signedIn();
    control.invite({ to: TOSH.uri, message: null, customContent: "data:text/rtf;base64,e30=" });
    await clock.advance(1_000);
    expect(newest()).toMatchObject({ state: "ringing", message: null });
    expect(messageLabel(newest())).toBe("Sent something Doorbell can't show (text/rtf)");
  });
});

describe("an invitation that somebody else takes", () => {
  it("is told as forwarded, with the name of who took it", async () => {
    const { clock, control, newest } = await signedIn();
    const id = control.invite({ to: TOSH.uri });
    await clock.advance(1_000);
    control.forward(id, BOSS);
    await clock.advance(5_000);
    expect(newest()).toMatchObject({ state: "forwarded", acceptedBy: { name: "Ines Roth" } });
    expect(control.breaches).toEqual([]);
  });
});
