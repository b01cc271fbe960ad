import { describe, expect, it } from "vitest";

import { Doorbell } from "../../main/core/doorbell.ts";
import { SILENT_LOGGER } from "../../main/testing/rig.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { createSession } from "../../main/ucwa/session.ts";
import { DISCOVERY, TOSH, Wire } from "./wire.ts";
import type { WireOptions } from "./wire.ts";

const BOSS = { uri: "sip:ines@contoso.example", name: "Ines Roth" };

/** One person, signed in and available, at a server that keeps a list of our breaches. */
async function signedIn(options: WireOptions = {}) {
  const clock = new VirtualClock();
  const wire = new Wire(clock, options);
  let uuids = 0;
  const random = {
    uuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, "0")}`,
    fraction: () => 0.5,
  };
  const bell = new Doorbell({ clock, random, logger: SILENT_LOGGER });
  const session = createSession({
    fetch: wire.fetchOf(() => false),
    clock,
    random,
    logger: SILENT_LOGGER,
    listener: bell,
    account: {
      address: TOSH.uri.slice(4),
      password: async () => TOSH.password,
      server: `${DISCOVERY}/`,
      trusted: [],
      endpointId: "office",
      instanceId: "office",
      userAgent: "Doorbell",
      culture: "en-US",
    },
  });
  bell.attach(session);
  session.start();
  await clock.advance(1_000);
  const { control } = wire.server;
  const newest = () => {
    const invitation = bell.state.invitations.at(-1);
    if (!invitation) throw new Error("expected an invitation");
    return invitation;
  };
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
  return { clock, bell, control, newest, seen, joins };
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
