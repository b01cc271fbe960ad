import { describe, expect, it } from "vitest";
import type { AppState } from "./app-state.ts";
import {
  APPLICATION,
  completed,
  conversationEvent,
  INVITATION,
  invitationResource,
  started,
} from "../testing/invitation-events.ts";
import { rig, taken } from "../testing/rig.ts";
import { ENDED_SHOWN } from "../invitations/machine/inbox-state.ts";
import type { Doorbell } from "./doorbell.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import { readPackage } from "../ucwa/application/events.ts";
import type { InvitationLookup } from "../ucwa/session-port.ts";

describe("what listeners are told", () => {
  it("is one state for all that happens at once, as when a whole generation ends", () => {
    const { doorbell, told } = rig();
    const hrefs = [1, 2, 3].map((number) => `${APPLICATION}/communication/messagingInvitations/${number}`);
    for (const href of hrefs) doorbell.received([started({ href })]);
    const before = told.length;
    doorbell.generationEnded(1);
    expect(told.slice(before).map((state) => state.invitations.map((each) => each.state))).toEqual([
      ["withdrawn", "withdrawn", "withdrawn"],
    ]);
  });

  it("holds the end of each one that they know, however many end at once", () => {
    const hrefs = Array.from({ length: 2 * ENDED_SHOWN }, (_, number) => `${INVITATION}${number}`);
    const ends: ((doorbell: Doorbell) => void)[] = [
      (doorbell) => doorbell.generationEnded(1),
      (doorbell) => doorbell.received(hrefs.map((href) => completed("Failure", "Missed", { href }))),
    ];
    for (const end of ends) {
      const { doorbell, told } = rig();
      const states = () => told.at(-1)?.invitations.map(({ state }) => state);
      doorbell.received(hrefs.map((href) => started({ href })));
      expect(states()).toEqual(hrefs.map(() => "ringing"));
      end(doorbell);
      expect(states()).toHaveLength(hrefs.length);
      expect(states()).not.toContain("ringing");
      doorbell.received([started({ generation: 2 })]);
      expect(states(), "the last of them are shown").toHaveLength(ENDED_SHOWN + 1);
    }
  });

  it("is one state for a whole package, in which nothing rings that the same package ends", () => {
    const { doorbell, told } = rig();
    const before = told.length;
    doorbell.received([started(), started({ href: `${INVITATION}9` }), completed("Failure", "Canceled")]);
    expect(told.slice(before).map((state) => state.invitations.map((each) => each.state))).toEqual([
      ["cancelled", "ringing"],
    ]);
    const shown = told.at(-1)?.invitations;
    doorbell.received([completed("Failure", "Missed", { href: `${INVITATION}9` })]);
    expect(
      shown?.map((each) => each.state),
      "what was told does not change",
    ).toEqual(["cancelled", "ringing"]);
  });

  it("comes in order to everybody, also when a listener answers from inside the call", async () => {
    const { doorbell, session, only } = rig();
    session.onPost = taken;
    const receipts: Array<Promise<unknown>> = [];
    const late: string[] = [];
    doorbell.subscribe((state) => {
      const [invitation] = state.invitations;
      if (invitation?.state === "ringing") receipts.push(doorbell.decline(invitation.id, "Local"));
    });
    doorbell.subscribe((state, previous) => {
      const states = [previous, state].map(({ invitations }) => invitations[0]?.state ?? "none");
      late.push(states.join(" to "));
      expect(doorbell.state).toBe(state);
    });
    doorbell.received([started()]);
    expect(late).toEqual(["none to ringing", "ringing to answering"]);
    expect(await Promise.all(receipts)).toEqual([{ ok: true }]);
    expect(session.posted[0]?.body).toEqual({ reason: "Local" });
    expect(only().state).toBe("answering");
  });

  it("reaches the others when one listener throws", () => {
    const { doorbell, logged } = rig();
    const states: AppState[] = [];
    doorbell.subscribe(() => {
      throw new Error("Ada Winter could not be drawn");
    });
    doorbell.subscribe((state) => void states.push(state));
    doorbell.received([started()]);
    expect(states).toHaveLength(1);
    expect(logged.join("\n")).toContain("a listener failed");
    expect(logged.join("\n")).not.toContain("Ada");
  });

  it("stops for a listener that has left, and not for its twin", () => {
    const { doorbell } = rig();
    let calls = 0;
    const listener = () => void calls++;
    const leave = doorbell.subscribe(listener);
    doorbell.subscribe(listener);
    leave();
    doorbell.received([started()]);
    expect(calls).toBe(1);
  });

  it("says nothing for a session state that is told twice", () => {
    const { doorbell, told } = rig();
    const before = told.length;
    doorbell.stateChanged({ name: "online", generation: 1 });
    expect(told).toHaveLength(before);
    doorbell.stateChanged({ name: "creating" });
    expect(told.at(-1)?.session).toEqual({ name: "creating" });
  });

  it("keeps all that are alive and the last fifty that ended", () => {
    const { doorbell } = rig();
    doorbell.received([started()]);
    for (let number = 1; number <= 60; number++) {
      const href = `${APPLICATION}/communication/messagingInvitations/9${number}`;
      doorbell.received([started({ href })]);
      doorbell.received([completed("Failure", "Canceled", { href })]);
    }
    const ids = doorbell.state.invitations.map(({ id }) => id);
    expect(ids).toHaveLength(51);
    expect([ids[0], ids[1], ids.at(-1)]).toEqual(["i1", "i12", "i61"]);
  });
});

describe("what cannot be read", () => {
  it("still rings, by asking for it, and names nobody in the log", async () => {
    const { doorbell, clock, session, logged, only } = rig();
    const poison = new Proxy(invitationResource(), {
      get() {
        throw new TypeError("Ada Winter");
      },
    });
    doorbell.received([started({ resource: poison })]);
    expect(session.lookedUp).toEqual([INVITATION]);
    await clock.advance(2000);
    expect(only().state).toBe("ringing");
    expect(logged.join("\n")).toContain('"error":"TypeError"');
    expect(logged.join("\n")).not.toMatch(/Ada|ada@/);
  });

  it(
    "does not stop the next event of its package, nor does one of a kind that nobody knows",
    { tags: ["unknown-events"] },
    async () => {
      const { doorbell, clock, logged, only } = rig();
      const poison = new Proxy(conversationEvent("updated", "Connected"), {
        get(target, name) {
          if (name === "resource") throw new TypeError("Ada Winter");
          return Reflect.get(target, name) as unknown;
        },
      });
      const about = (rel: string, type: string) => ({ link: { rel, href: `/${rel}` }, type });
      const sender = {
        rel: "communication",
        href: "/c",
        events: [
          null,
          about("conversation", "imploded"),
          about("weather", "added"),
          {
            ...about("messagingInvitation", "started"),
            _embedded: { messagingInvitation: { direction: "Incoming", state: "Connecting" } },
          },
        ],
      };
      const received = readPackage({ sender }, APPLICATION, 1)?.read().events ?? [];
      doorbell.received([poison, ...received]);
      // An invitation that was known by its link only would be shown by now.
      await clock.advance(2_000);
      expect(only().state).toBe("ringing");
      expect(logged.filter((line) => line.startsWith("an event could not be read"))).toHaveLength(1);
      expect(logged.join()).not.toContain("Ada");
    },
  );
});

describe("the end of a session", () => {
  it("withdraws everything at sign-out", { tags: ["end-sign-out"] }, () => {
    const { doorbell, only, clock } = rig();
    doorbell.received([started()]);
    doorbell.stateChanged({ name: "signedOut" });
    expect(only()).toMatchObject({ state: "withdrawn", canAccept: false });
    expect(clock.pending).toBe(0);
  });

  it("makes every word about its invitations meaningless", () => {
    const { doorbell, told } = rig();
    doorbell.received([started()]);
    doorbell.generationEnded(1);
    const before = told.length;
    doorbell.received([started()]);
    doorbell.received([completed("Success")]);
    expect(told).toHaveLength(before);
  });

  it("lets the same address ring in the next generation, under a new id", () => {
    const { doorbell } = rig();
    doorbell.received([started()]);
    doorbell.generationEnded(1);
    doorbell.received([started({ generation: 2 })]);
    expect(doorbell.state.invitations.map(({ id, state }) => [id, state])).toEqual([
      ["i1", "withdrawn"],
      ["i2", "ringing"],
    ]);
  });

  it("makes a late answer of the old session meaningless to the new one", async () => {
    const { doorbell, session, clock } = rig();
    let reply: (result: InvitationLookup) => void = () => {};
    session.onLookUp = () => new Promise((resolve) => (reply = resolve));
    doorbell.received([started()]);
    doorbell.channelInterrupted(1, "resync");
    await clock.settle();
    doorbell.attach(new ScriptedSession(clock, doorbell));
    doorbell.received([started()]);
    reply({ outcome: "gone", reason: null });
    await clock.advance(2000);
    expect(doorbell.state.invitations.at(-1)?.state).toBe("ringing");
  });

  it("lets another session ring with the same generation and address", () => {
    const { doorbell, clock } = rig();
    doorbell.received([started()]);
    doorbell.attach(new ScriptedSession(clock, doorbell));
    doorbell.received([started()]);
    const { invitations } = doorbell.state;
    expect(invitations.map(({ state }) => state)).toEqual(["withdrawn", "ringing"]);
    expect(new Set(invitations.map(({ conversation }) => conversation)).size).toBe(2);
  });
});
