import { describe, expect, it } from "vitest";

import {
  APPLICATION,
  caller,
  completed,
  INVITATION,
  invitationEvent,
  resource,
} from "../testing/invitation-events.ts";
import { rig, unreachable } from "../testing/rig.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import type { ResourceLookup } from "../ucwa/session-port.ts";

const BOSS = `${APPLICATION}/people/312`;
const TOM = `${APPLICATION}/people/776`;

function contact(name: string): () => Promise<ResourceLookup> {
  return () =>
    Promise.resolve({ outcome: "found", resource: resource({ rel: "contact", properties: { name } }) });
}

/** A phone call for a boss that Tom has forwarded, both known by their links only. */
function phoneCall(properties: Readonly<Record<string, unknown>> = {}, href = INVITATION) {
  return invitationEvent("started", {
    href,
    rel: "phoneAudioInvitation",
    resource: resource({
      rel: "phoneAudioInvitation",
      properties: { direction: "Incoming", state: "Connecting", ...properties },
      links: { decline: `${href}/decline`, delegator: BOSS, forwardedBy: TOM },
    }),
  });
}

describe("a caller that an invitation only links to", () => {
  it("rings at once, and has name, address and network as soon as the server tells them, once asked", async () => {
    const { doorbell, session, clock, only } = rig();
    const from = `${APPLICATION}/communication/conversations/b1f0/participants/ada`;
    session.onRead = async () => ({ outcome: "found", resource: caller() });
    const bare = resource({
      properties: { direction: "Incoming", state: "Connecting" },
      links: { accept: `${INVITATION}/accept`, from },
    });
    doorbell.received([invitationEvent("started", { resource: bare })]);
    expect(only()).toMatchObject({ state: "ringing", from: { name: "", uri: "" } });
    await clock.settle();
    expect(only().from).toEqual({
      name: "Ada Winter",
      uri: "sip:ada@example.test",
      network: "SameEnterprise",
      anonymous: false,
    });
    expect(session.asked).toEqual([from]);
  });
});

describe("somebody an invitation only links to", () => {
  it("is named as soon as the server tells who it is, and rings before that", async () => {
    const { doorbell, session, clock, only } = rig();
    const names = new Map([
      [BOSS, "Ines Roth"],
      [TOM, "Tom"],
    ]);
    session.onRead = (href) => contact(names.get(href) ?? "")();
    doorbell.received([phoneCall()]);
    expect(only()).toMatchObject({ state: "ringing", delegator: null, forwardedBy: null });
    await clock.settle();
    expect(only()).toMatchObject({ state: "ringing", delegator: "Ines Roth", forwardedBy: "Tom" });
    expect(session.asked).toEqual([BOSS, TOM]);
  });

  it("keeps the name when a later representation gives the address alone", async () => {
    const { doorbell, session, clock, told } = rig();
    session.onRead = contact("Ines Roth");
    const call = phoneCall({ delegator: "sip:boss@example.test" });
    doorbell.received([call]);
    await clock.settle();
    doorbell.received([{ ...call, type: "updated" }]);
    const shown = told.flatMap(({ invitations }) => invitations.map(({ delegator }) => delegator));
    expect(shown.at(0)).toBe("sip:boss@example.test");
    expect(new Set(shown.slice(shown.indexOf("Ines Roth")))).toEqual(new Set(["Ines Roth"]));
  });

  it("is asked after once for all invitations of a session", async () => {
    const { doorbell, session, clock } = rig();
    session.onRead = contact("Ines Roth");
    doorbell.received([phoneCall()]);
    await clock.settle();
    doorbell.received([phoneCall({}, `${INVITATION}-2`)]);
    expect(doorbell.state.invitations[1]?.delegator).toBe("Ines Roth");
    expect(session.asked).toHaveLength(2);
  });

  it.each([
    ["a server that cannot be reached", unreachable],
    [
      "a contact that may not be seen",
      () => Promise.resolve({ outcome: "refused", status: 403, reason: null } as const),
    ],
    ["a contact without a name", contact(" ")],
    ["a request that throws", () => Promise.reject(new Error("sip:secret@example.test"))],
  ])(
    "stays without a name for %s, is asked after no more, and leaves nothing in the log",
    async (_name, onRead) => {
      const { doorbell, session, clock, only, logged } = rig();
      session.onRead = onRead;
      doorbell.received([phoneCall()]);
      await clock.advance(25_000);
      expect(only()).toMatchObject({ state: "ringing", delegator: null });
      expect(session.asked).toHaveLength(2);
      expect(logged.join()).not.toContain("secret");
    },
  );

  it("is not asked after when the invitation is over", () => {
    const { doorbell, session } = rig();
    doorbell.received([
      completed("Failure", "Canceled", { rel: "phoneAudioInvitation", resource: phoneCall().resource }),
    ]);
    expect(session.asked).toEqual([]);
  });
});

describe("what one session told of a contact", () => {
  it("is not said of the same address in the next one", async () => {
    const { doorbell, session, clock, told } = rig();
    session.onRead = contact("Ines Roth");
    doorbell.received([phoneCall()]);
    await clock.settle();
    const next = new ScriptedSession(clock, doorbell);
    next.onRead = contact("Noor Haddad");
    doorbell.attach(next);
    doorbell.received([phoneCall()]);
    await clock.settle();
    expect(next.asked).toEqual([BOSS, TOM]);
    expect(told.at(-1)?.invitations.at(-1)).toMatchObject({ state: "ringing", delegator: "Noor Haddad" });
  });

  it("comes too late when the next one has begun meanwhile", async () => {
    const { doorbell, session, clock, told } = rig();
    const late = Promise.withResolvers<ResourceLookup>();
    session.onRead = () => late.promise;
    doorbell.received([phoneCall()]);
    await clock.settle();
    doorbell.attach(new ScriptedSession(clock, doorbell));
    doorbell.received([phoneCall()]);
    late.resolve(await contact("Ines Roth")());
    await clock.settle();
    expect(told.at(-1)?.invitations.at(-1)).toMatchObject({ state: "ringing", delegator: null });
  });
});

describe("a caller without a name", () => {
  const call = (from: Readonly<Record<string, unknown>>) =>
    invitationEvent("started", {
      resource: resource({
        properties: { direction: "Incoming", state: "Connecting" },
        links: { accept: `${INVITATION}/accept` },
        embedded: {
          from: resource({ rel: "participant", properties: from, links: { contact: BOSS } }),
        },
      }),
    });

  it("is named by the contact behind the address", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onRead = contact("Ines\u202E Roth\r\n");
    doorbell.received([call({ uri: "sip:ines@example.test", name: "" })]);
    await clock.settle();
    expect(only().from).toMatchObject({ name: "Ines Roth", uri: "sip:ines@example.test" });
  });

  it("is left unnamed when that is the caller's wish", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onRead = contact("Ines Roth");
    doorbell.received([call({ anonymous: true, name: "" })]);
    await clock.settle();
    expect(only().from.name).toBe("");
    expect(session.asked).toEqual([]);
  });
});
