import { describe, expect, it } from "vitest";
import {
  completed,
  CONVERSATION,
  INVITATION,
  invitationEvent,
  invitationResource,
  resource,
  snapshot,
  started,
} from "../testing/invitation-events.ts";
import { byHand, found, gone, rig, SILENT_LOGGER, taken, unreachable } from "../testing/rig.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { ENDED_REMEMBERED } from "./machine/inbox-entries.ts";
import { visibleInvitations } from "./machine/inbox-state.ts";
import type { InboxEvent } from "./machine/inbox-event.ts";
import { InboxStore } from "./inbox-store.ts";
import { receive } from "./reception.ts";
import { Revalidation } from "./revalidation.ts";

describe("an accept that was taken and whose end was lost", () => {
  const stateOf = (state: string) => async () =>
    ({ outcome: "found", resource: resource({ rel: "conversation", properties: { state } }) }) as const;

  it.each([
    ["accepted where its conversation is Connected", stateOf("Connected"), "accepted"],
    ["failed where its conversation is over", stateOf("Disconnected"), "failed"],
    [
      "failed where there is no conversation any more",
      async () => ({ outcome: "gone", reason: null }) as const,
      "failed",
    ],
  ])("is %s and the invitation is gone", async (_, onRead, state) => {
    const { doorbell, session, clock, only } = rig();
    session.onPost = taken;
    session.onLookUp = gone;
    session.onRead = onRead;
    doorbell.received([started()]);
    await doorbell.accept("i1");
    await clock.advance(10_000);
    expect(new Set(session.asked)).toEqual(new Set([CONVERSATION]));
    expect(only().state).toBe(state);
  });

  it("asks nothing about a conversation for a call that was not accepted here", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = gone;
    doorbell.received([started()]);
    await clock.advance(40_000);
    expect([session.asked, only().state]).toEqual([[], "missed"]);
  });
});

describe("an invitation of which nothing is heard", () => {
  it("is asked after every half minute and rings for as long as it is found", async () => {
    const { doorbell, session, clock, only, told } = rig();
    session.onLookUp = found(snapshot());
    doorbell.received([started()]);
    await clock.advance(30_000);
    const before = told.length;
    await clock.advance(90_000);
    expect(session.lookedUp).toHaveLength(4);
    expect(only().state).toBe("ringing");
    expect(told).toHaveLength(before);
  });

  it("ends within two seconds of being found gone", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = gone;
    doorbell.received([started()]);
    await clock.advance(31_500);
    expect(only().state).toBe("missed");
  });

  it("ends after a minute when nobody can be asked", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = unreachable;
    doorbell.received([started()]);
    await clock.advance(59_999);
    expect(only().state).toBe("ringing");
    await clock.advance(1);
    expect(only()).toMatchObject({ state: "missed", reason: { code: "Timeout" } });
    expect(clock.pending).toBe(0);
  });

  it("ends after ten minutes although the server still has it", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = found(snapshot());
    doorbell.received([started()]);
    await clock.advance(600_000);
    expect(only().state).toBe("missed");
    expect(clock.pending).toBe(0);
  });

  it("is asked after before it is given up when the clock is set forward by a minute", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = found(snapshot());
    doorbell.received([started()]);
    clock.setWall(60_000);
    await clock.advance(60_000);
    expect(only().state).toBe("ringing");
    session.onLookUp = () => new Promise(() => {});
    clock.setWall(60_000);
    await clock.advance(45_000);
    expect(only().state).toBe("missed");
  });

  it.each([-2_000, -7_200_000])("rings and ends on time although the clock is set by %i ms", async (byMs) => {
    const { doorbell, session, clock, only, told } = rig();
    session.onLookUp = unreachable;
    doorbell.received([invitationEvent("started")]);
    await clock.advance(500);
    clock.setWall(byMs);
    await clock.advance(999);
    expect(told.at(-1)?.invitations).toEqual([]);
    await clock.advance(1);
    expect(only().state).toBe("ringing");
    clock.setWall(byMs);
    await clock.advance(58_500);
    expect(only().state).toBe("missed");
    // Times that are shown go by the wall again once nothing is alive.
    doorbell.received([started({ href: `${INVITATION}9` })]);
    expect(told.at(-1)?.invitations.at(-1)?.receivedAt).toBe(clock.now());
  });

  it("makes the session doubt its event channel when a GET tells an end of which the channel said nothing", async () => {
    const { doorbell, session, clock } = rig();
    session.onLookUp = found(snapshot());
    doorbell.received([started()]);
    await clock.advance(30_000);
    expect(session.triedNow).toBe(0);
    session.onLookUp = gone;
    await clock.advance(30_000);
    expect(session.triedNow).toBe(1);
    await clock.advance(5_000);
    expect(session.triedNow).toBe(1);
  });

  it("went with its session when the session ends in the moment after it was found gone", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = gone;
    doorbell.received([started()]);
    await clock.advance(30_000);
    session.lose();
    expect(only().state).toBe("withdrawn");
  });

  it("does not ring on when the machine wakes up hours later", async () => {
    const { doorbell, clock, only } = rig();
    doorbell.received([started()]);
    await clock.sleepMachine(8 * 3_600_000);
    expect(only().state).toBe("missed");
  });
});

describe("what goes wrong in asking", () => {
  it("is no more than a question that nobody answered", async () => {
    const { doorbell, session, clock, only, logged } = rig();
    session.onLookUp = () => Promise.reject(new Error("sip:ada@example.test"));
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1500);
    expect(only().state).toBe("ringing");
    expect(session.lookedUp.length).toBeGreaterThan(2);
    expect(logged).toContain('looking up an invitation failed unexpectedly {"generation":1}');
    expect(logged.join("\n")).not.toContain("ada@");
  });

  it("stands in the log, like every answer, by the outcome alone", async () => {
    const { doorbell, session, clock, logged } = rig();
    session.onLookUp = found(snapshot());
    doorbell.received([invitationEvent("started")]);
    await clock.settle();
    expect(logged).toContain('invitation looked up {"generation":1,"outcome":"found"}');
  });

  it("is not that the invitation was forgotten meanwhile", async () => {
    const { doorbell, session, clock } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.received([started()]);
    doorbell.channelInterrupted(1, "resync");
    doorbell.received([completed("Failure", "Canceled")]);
    doorbell.received(
      Array.from({ length: ENDED_REMEMBERED }, (_, number) => {
        const resource = invitationResource({ state: "Failed" });
        return completed("Failure", "Canceled", { href: `${INVITATION}/${number}`, resource });
      }),
    );
    await clock.settle();
    answer({ outcome: "found", invitation: snapshot() });
    await clock.settle();
    expect(doorbell.state.invitations.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    expect(session.triedNow).toBe(0);
  });

  it("withdraws what nobody can be asked about because there is no session", () => {
    const clock = new VirtualClock();
    const store = new InboxStore(clock);
    void new Revalidation({ store, session: () => null, clock, logger: SILENT_LOGGER });
    const received = receive(invitationEvent("started"), () => {});
    if (received) store.dispatch(received);
    expect(visibleInvitations(store.inbox)).toMatchObject([{ state: "withdrawn" }]);
    expect(clock.pending).toBe(0);
  });

  it("is tried again after a second when a duty changes nothing, and does not hang the program", async () => {
    class Stuck extends InboxStore {
      stuck = true;
      override dispatch(event: InboxEvent): void {
        if (event.type !== "timeUp" || !this.stuck) super.dispatch(event);
      }
    }
    const clock = new VirtualClock();
    const store = new Stuck(clock);
    const errors: string[] = [];
    const logger = { ...SILENT_LOGGER, error: (event: string) => void errors.push(event) };
    void new Revalidation({ store, session: () => new ScriptedSession(clock), clock, logger });
    const received = receive(invitationEvent("started"), () => {});
    if (received) store.dispatch(received);
    await clock.advance(1500);
    expect(errors).toEqual(["a due duty changed nothing"]);
    expect(visibleInvitations(store.inbox)).toEqual([]);
    store.stuck = false;
    await clock.advance(1000);
    expect(visibleInvitations(store.inbox)).toMatchObject([{ state: "ringing" }]);
  });

  it("is not what an earlier session says after another has taken over", async () => {
    const { doorbell, session, clock } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.received([started()]);
    doorbell.channelInterrupted(1, "resync");
    doorbell.attach(new ScriptedSession(clock, doorbell));
    doorbell.received([started()]);
    await clock.settle();
    answer({ outcome: "gone", reason: null });
    await clock.settle();
    expect(doorbell.state.invitations.at(-1)).toMatchObject({ id: "i2", canAccept: true });
  });
});
