import { describe, expect, it } from "vitest";

import { INVITATION, snapshot } from "../testing/invitation-events.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { InboxStore } from "./inbox-store.ts";
import { visibleInvitations } from "./machine/inbox-state.ts";
import type { InboxEvent } from "./machine/inbox-event.ts";

const KEY = { generation: 1, href: INVITATION };
const STARTED: InboxEvent = { type: "started", ...KEY, kind: "messaging", snapshot: snapshot() };

function store() {
  const clock = new VirtualClock();
  const made = new InboxStore(clock);
  let told = 0;
  const unsubscribe = made.subscribe(() => void told++);
  return { clock, store: made, unsubscribe, told: () => told };
}

describe("the inbox of this run", () => {
  it("tells of every change, and of nothing else", () => {
    const { store: inbox, told } = store();
    inbox.dispatch(STARTED);
    expect(told()).toBe(1);
    inbox.dispatch({ type: "answerTaken", id: "i1" });
    expect(told()).toBe(1);
  });

  it("tells once of all that a package changes, and not of one that changes nothing", () => {
    const { store: inbox, told } = store();
    inbox.batch(() => {
      inbox.dispatch(STARTED);
      inbox.batch(() => inbox.dispatch({ type: "channelInterrupted", generation: 1 }));
      expect(told()).toBe(0);
    });
    expect(told()).toBe(1);
    inbox.batch(() => inbox.dispatch({ type: "answerTaken", id: "i1" }));
    expect(told()).toBe(1);
  });

  it("tells of what was done before something went wrong, and goes on telling", () => {
    const { store: inbox, told } = store();
    const fault = () => {
      inbox.dispatch(STARTED);
      throw new Error("fault");
    };
    expect(() => inbox.batch(fault)).toThrow("fault");
    expect(told()).toBe(1);
    inbox.dispatch({ type: "signedOut", leaving: null });
    expect(told()).toBe(2);
  });

  it("changes no invitation that it has shown", () => {
    const { store: inbox } = store();
    inbox.dispatch(STARTED);
    const shown = visibleInvitations(inbox.inbox);
    inbox.dispatch({ type: "signedOut", leaving: null });
    expect(shown.map(({ state }) => state)).toEqual(["ringing"]);
  });

  it("tells nobody who has gone", () => {
    const { store: inbox, told, unsubscribe } = store();
    unsubscribe();
    inbox.dispatch(STARTED);
    expect(told()).toBe(0);
  });
});

describe("the time of the inbox", () => {
  it("never runs back while an invitation is alive, however often the clock is set", () => {
    const { store: inbox, clock } = store();
    inbox.dispatch(STARTED);
    const start = inbox.now();
    clock.setWall(-60_000);
    expect(inbox.now()).toBe(start);
    clock.setWall(-60_000);
    expect(inbox.now()).toBe(start);
    clock.setWall(60_001);
    expect(inbox.now()).toBe(start + 60_001);
  });

  it("is the wall's once nothing is alive, also when the clock is set forward again", () => {
    const { store: inbox, clock } = store();
    inbox.dispatch(STARTED);
    clock.setWall(-60_000);
    inbox.now();
    inbox.dispatch({ type: "signedOut", leaving: null });
    clock.setWall(60_000);
    expect(inbox.now()).toBe(clock.now());
    clock.setWall(-60_000);
    expect(inbox.now()).toBe(clock.now());
  });

  it("has come when a timer that was set for it runs", () => {
    const { store: inbox, clock } = store();
    inbox.dispatch(STARTED);
    const at = inbox.now() + 1500;
    inbox.timeHasCome(at);
    expect(clock.now()).toBeLessThan(at);
    expect(inbox.now()).toBe(at);
    inbox.timeHasCome(at - 1);
    expect(inbox.now()).toBe(at);
  });
});
