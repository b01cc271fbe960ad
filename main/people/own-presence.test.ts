import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { APPLICATION, invitationEvent, resource, started } from "../testing/invitation-events.ts";
import { gone, refused, rig, unreachable } from "../testing/rig.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import { readResource } from "../ucwa/resources/read-resource.ts";
import type { ResourceLookup } from "../ucwa/session-port.ts";

const ME = `${APPLICATION}/me`;
const PRESENCE = `${ME}/presence`;

function presence(type: ChannelEvent["type"] = "updated", generation = 1, href = PRESENCE): ChannelEvent {
  const sender = { rel: "me", href: ME, title: null };
  return { ...invitationEvent(type, { rel: "presence", href }), sender, generation };
}

function shows(availability: unknown, activity: unknown = availability): () => Promise<ResourceLookup> {
  const shown = resource({ rel: "presence", properties: { availability, activity } });
  return () => Promise.resolve({ outcome: "found", resource: shown });
}

function stand() {
  const all = rig({ followsPresence: true });
  const known: (string | null)[] = [];
  all.doorbell.ownPresence.subscribe((availability) => known.push(availability));
  return { ...all, known, own: all.doorbell.ownPresence };
}

describe("the person's own presence", () => {
  it(
    "is asked for once it is told of, and again after every change",
    { tags: ["presence-followed"] },
    async () => {
      const { clock, doorbell, session, known } = stand();
      session.onRead = shows("Online");
      doorbell.received([presence("added")]);
      await clock.advance(0);
      session.onRead = shows("donotdisturb");
      doorbell.received([presence()]);
      await clock.advance(0);
      doorbell.received([presence()]);
      await clock.advance(0);
      expect(known).toEqual(["Online", "DoNotDisturb"]);
      expect(session.asked).toEqual([PRESENCE, PRESENCE, PRESENCE]);
    },
  );

  it("is asked for beside what somebody waits for", async () => {
    const { clock, doorbell, session } = stand();
    const hurries: unknown[] = [];
    session.read = (...[, , how]) => {
      hurries.push(how);
      return shows("Online")();
    };
    doorbell.received([presence()]);
    await clock.advance(0);
    expect(hurries).toEqual(["beside"]);
  });

  it("is not to be disturbed while the person presents", { tags: ["presence-presenting"] }, async () => {
    const { clock, doorbell, session, known } = stand();
    session.onRead = shows("Busy", "presenting");
    doorbell.received([presence()]);
    await clock.advance(0);
    expect(known).toEqual(["DoNotDisturb"]);
  });

  it("is nobody else's, and of no other resource", async () => {
    const { clock, doorbell, session } = stand();
    const contact = { rel: "contact", href: `${APPLICATION}/people/ada`, title: null };
    doorbell.received([
      { ...presence(), sender: contact },
      { ...presence(), link: { rel: "note", href: `${ME}/note`, title: null } },
    ]);
    await clock.advance(0);
    expect(session.asked).toEqual([]);
  });

  it("is asked for by one question at a time, and the newest answer counts", async () => {
    const { clock, doorbell, session, known } = stand();
    const answers: ((answer: ResourceLookup) => void)[] = [];
    session.onRead = () => new Promise((resolve) => answers.push(resolve));
    doorbell.received(Array.from({ length: 1_000 }, () => presence()));
    await clock.advance(0);
    doorbell.received([presence()]);
    await clock.advance(0);
    expect(answers).toHaveLength(1);
    answers[0]?.(await shows("DoNotDisturb")());
    await clock.advance(0);
    expect(known).toEqual([]);
    answers[1]?.(await shows("Away")());
    await clock.advance(0);
    expect(known).toEqual(["Away"]);
    expect(answers).toHaveLength(2);
  });

  it("keeps nothing that rings waiting", async () => {
    const { clock, doorbell, session, told } = stand();
    session.onRead = () => {
      expect(told.at(-1)?.invitations).toHaveLength(1);
      return shows("Online")();
    };
    doorbell.received([presence(), started()]);
    await clock.advance(0);
    expect(session.asked).toEqual([PRESENCE]);
  });

  it.each([
    ["cannot be reached", unreachable],
    ["says that it is gone", gone],
    ["refuses", refused(403)],
    ["fails", () => Promise.reject(new Error("a bug"))],
    ["says what nobody knows", shows("Sleeping")],
  ] as const)("is unknown until the next event when the server %s", async (_, onRead) => {
    const { clock, doorbell, session, known, own } = stand();
    session.onRead = shows("DoNotDisturb");
    doorbell.received([presence()]);
    await clock.advance(0);
    session.onRead = onRead;
    doorbell.received([presence()]);
    await clock.advance(3_600_000);
    expect(own.availability).toBeNull();
    expect(session.asked).toHaveLength(2);
    session.onRead = shows("Busy");
    doorbell.received([presence()]);
    await clock.advance(0);
    expect(known).toEqual(["DoNotDisturb", null, "Busy"]);
  });

  it.each(["deleted", "generationEnded", "signedOut"] as const)("is unknown after %s", async (how) => {
    const { clock, doorbell, session, known } = stand();
    session.onRead = shows("DoNotDisturb");
    doorbell.received([presence()]);
    await clock.advance(0);
    let late: (answer: ResourceLookup) => void = () => undefined;
    session.onRead = () => new Promise((resolve) => (late = resolve));
    doorbell.received([presence()]);
    await clock.advance(0);
    if (how === "deleted") doorbell.received([presence("deleted")]);
    else if (how === "generationEnded") doorbell.generationEnded(1);
    else doorbell.stateChanged({ name: "signedOut" });
    late(await shows("DoNotDisturb")());
    await clock.advance(0);
    expect(known).toEqual(["DoNotDisturb", null]);
  });

  it("is asked for anew where events may have been lost", async () => {
    const { clock, doorbell, session, known } = stand();
    session.onRead = shows("Online");
    doorbell.received([presence()]);
    await clock.advance(0);
    session.onRead = shows("DoNotDisturb");
    doorbell.channelInterrupted(2, "resync");
    await clock.advance(0);
    expect(known).toEqual(["Online"]);
    doorbell.channelInterrupted(1, "resync");
    await clock.advance(0);
    expect(known).toEqual(["Online", "DoNotDisturb"]);
  });

  it("is not asked for where nobody follows it", async () => {
    const { clock, doorbell, session } = rig();
    doorbell.received([presence()]);
    await clock.advance(0);
    expect(session.asked).toEqual([]);
  });

  it("is a word of the reference or unknown, whatever the server answers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), fc.webUrl(), async (availability, activity, href) => {
        const { clock, doorbell, session, own } = stand();
        const read = readResource({ rel: "presence", availability, activity }, APPLICATION);
        session.onRead = () =>
          read === null ? unreachable() : Promise.resolve({ outcome: "found", resource: read });
        doorbell.received([presence(), presence("updated", 1, href)]);
        await clock.advance(0);
        expect(session.asked.every((one) => [PRESENCE, href].includes(one))).toBe(true);
        const known = /^(?:Online|Busy|DoNotDisturb|BeRightBack|Away|Offwork|IdleOnline|IdleBusy|Offline)$/;
        expect(own.availability ?? "Online").toMatch(known);
      }),
      { numRuns: 60 },
    );
  });
});
