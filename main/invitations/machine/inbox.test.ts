import { describe, expect, it } from "vitest";
import { ENDED_REMEMBERED } from "./inbox-entries.ts";
import { EMPTY_INBOX, ENDED_SHOWN, seen, unshared, visibleInvitations } from "./inbox-state.ts";
import type { InboxEvent } from "./inbox-event.ts";
import { CONVERSATION, INVITATION, snapshot } from "../../testing/invitation-events.ts";
import { KEY, OTHER_HREF, run, STARTED } from "./testing/run-inbox.ts";

it("an event in place costs as much as what it changes: no map is copied", () => {
  const own = run([STARTED], unshared(EMPTY_INBOX));
  const inbox = run([{ ...STARTED, href: OTHER_HREF }], own);
  expect(inbox.live).toBe(own.live);
  expect(inbox.conversations).toBe(own.conversations);
  const deleted = run([{ type: "conversationDeleted", generation: 1, href: CONVERSATION }], inbox);
  expect(deleted.conversations).toBe(inbox.conversations);
});

describe("the inbox", () => {
  it("knows an invitation by its event's address, not by anything in its representation", () => {
    const inbox = run([STARTED, { ...STARTED, href: OTHER_HREF }]);
    expect(visibleInvitations(inbox).map(({ id, conversation }) => [id, conversation])).toEqual([
      ["i1", "c1"],
      ["i2", "c1"],
    ]);
  });

  it("does not take a late word about an invitation of another session for one about its own", () => {
    const inbox = run([STARTED, { type: "sessionReplaced" }, STARTED]);
    expect(run([{ type: "answerSuperseded", id: "i1" }], inbox)).toBe(inbox);
  });

  it("returns itself when nothing changes", () => {
    const inbox = run([STARTED, { type: "signedOut", leaving: null }]);
    expect(run([STARTED], inbox)).toBe(inbox);
    expect(run([{ type: "answerTaken", id: "i1" }], inbox)).toBe(inbox);
    expect(run([{ type: "timeUp", ...KEY }], inbox)).toBe(inbox);
    expect(run([{ type: "lookUpStarted", ...KEY }], inbox)).toBe(inbox);
    expect(run([{ type: "removed", ...KEY }], inbox)).toBe(inbox);
  });

  it("returns itself when the server speaks of an answer twice", () => {
    const sent: InboxEvent = { type: "answerSent", id: "i1", answer: "accept", scope: "Global" };
    const inbox = run([STARTED, sent, { type: "answerTaken", id: "i1" }]);
    expect(run([sent], inbox)).toBe(inbox);
    expect(run([{ type: "answerTaken", id: "i1" }], inbox)).toBe(inbox);
    const late = { type: "answerNotTaken", id: "i1", arrival: "gone", problem: "No.", reason: null } as const;
    expect(run([late], inbox)).toBe(inbox);
  });

  it("ends what belongs to an application that is gone, and nothing of another", () => {
    const other: InboxEvent = { ...STARTED, generation: 2 };
    const talking = {
      type: "conversationChanged",
      generation: 2,
      href: CONVERSATION,
      state: "Connected",
    } as const;
    const inbox = run([STARTED, other, talking, { type: "generationEnded", generation: 1 }]);
    expect(visibleInvitations(inbox).map(({ state }) => state)).toEqual(["withdrawn", "ringing"]);
    expect(inbox.conversations.size).toBe(1);
    const next = run([{ ...other, href: OTHER_HREF }], inbox);
    expect(visibleInvitations(next)[2]).toMatchObject({ state: "ringing", inKnownConversation: true });
  });

  it("believes what showed the end before the session was lost, but not that it was gone", () => {
    const ended = run([
      STARTED,
      { type: "conversationDeleted", generation: 1, href: CONVERSATION },
      { type: "generationEnded", generation: 1 },
    ]);
    expect(visibleInvitations(ended)[0]?.state).toBe("missed");
    const removed = run([STARTED, { type: "removed", ...KEY }, { type: "generationEnded", generation: 1 }]);
    expect(visibleInvitations(removed)[0]?.state).toBe("withdrawn");
  });

  it("tells what still rang when the person left from what was lost", () => {
    const answering: InboxEvent = { type: "answerSent", id: "i2", answer: "accept", scope: "Global" };
    const leave: InboxEvent = { type: "signedOut", leaving: "quit" };
    const ended = run([STARTED, { ...STARTED, href: OTHER_HREF }, answering, leave]);
    expect(visibleInvitations(ended).map(({ state, reason }) => [state, reason])).toEqual([
      ["withdrawn", { code: "Quit", subcode: null, message: "Still ringing when you quit" }],
      ["withdrawn", null],
    ]);
    const gone = run([STARTED, { type: "signedOut", leaving: "signOut" }, leave]);
    expect(visibleInvitations(gone)[0]?.reason?.code).toBe("SignedOut");
    const lost = run([STARTED, { type: "generationEnded", generation: 1 }, leave]);
    expect(visibleInvitations(lost)[0]?.reason).toBeNull();
  });

  it("forgets nothing that is alive, however much has ended since", () => {
    const alive = [STARTED, { ...STARTED, href: OTHER_HREF }];
    const endings = Array.from({ length: ENDED_REMEMBERED + 2 }, (_, number): InboxEvent => {
      const key = { generation: 1, href: `${INVITATION}/${number}`, kind: "messaging" } as const;
      return { type: "completed", ...key, snapshot: snapshot(), status: "Failure", reason: null };
    });
    const inbox = run([...alive, ...endings], unshared(EMPTY_INBOX));
    expect(inbox.live.size).toBe(2);
    expect(inbox.ended.size).toBe(ENDED_REMEMBERED);
  });

  it("takes a contact of one application for nobody's in another", () => {
    const contact = "https://pool.example.test/people/eve";
    const linked = snapshot({ links: { forwardedBy: contact } });
    const inbox = run([
      { ...STARTED, snapshot: linked },
      { ...STARTED, generation: 2, snapshot: linked },
      { type: "contactNamed", generation: 2, href: contact, name: "Eve" },
    ]);
    expect(visibleInvitations(inbox).map(({ forwardedBy }) => forwardedBy)).toEqual([null, "Eve"]);
  });

  it("keeps an urgent call urgent when an update leaves the importance out", () => {
    const inbox = run([
      { type: "started", ...KEY, kind: "messaging", snapshot: snapshot({ importance: "Urgent" }) },
      { type: "updated", ...KEY, kind: "messaging", snapshot: snapshot() },
    ]);
    expect(visibleInvitations(inbox)[0]?.importance).toBe("Urgent");
  });

  it("does not name the caller of a meeting after whoever is in it", () => {
    const unnamed = { name: "", uri: "sip:ada@example.test", network: "Unknown", anonymous: false } as const;
    const inbox = run([
      {
        type: "started",
        ...KEY,
        kind: "onlineMeeting",
        snapshot: snapshot({ kind: "onlineMeeting", from: unnamed }),
      },
      {
        type: "participantNamed",
        generation: 1,
        conversation: CONVERSATION,
        participant: "/p/1",
        name: "Somebody Else",
      },
    ]);
    expect(visibleInvitations(inbox)[0]?.from.name).toBe("");
  });

  it("shows the last ended ones, remembers more against replays, and forgets the oldest", () => {
    const events = Array.from({ length: ENDED_REMEMBERED + 10 }, (_, number): InboxEvent[] => {
      const key = { generation: 1, href: `${INVITATION}/${number}`, kind: "messaging" } as const;
      return [
        { type: "started", ...key, snapshot: snapshot() },
        { type: "completed", ...key, snapshot: null, status: "Failure", reason: null },
      ];
    }).flat();
    const inbox = run(events);
    expect(inbox.ended.size).toBe(ENDED_REMEMBERED);
    expect(visibleInvitations(seen(inbox))).toHaveLength(ENDED_SHOWN);
    const replayed = run(events.slice(-40), inbox);
    expect(replayed).toBe(inbox);
  });
});
