import { describe, expect, it } from "vitest";

import { CONVERSATION, INVITATION, snapshot } from "../testing/invitation-events.ts";
import { MOST_CONVERSATIONS } from "./conversations.ts";
import { reduceInbox } from "./machine/inbox.ts";
import { EMPTY_INBOX, visibleInvitations } from "./machine/inbox-state.ts";
import type { Inbox } from "./machine/inbox-state.ts";
import type { InboxEvent } from "./machine/inbox-event.ts";

const T0 = 1_000_000;
const KEY = { generation: 1, href: INVITATION };
const STARTED: InboxEvent = { type: "started", ...KEY, kind: "messaging", snapshot: snapshot() };

const ENDED: InboxEvent = {
  ...STARTED,
  type: "completed",
  status: "Failure",
  reason: null,
};

function run(events: readonly InboxEvent[], inbox: Inbox = EMPTY_INBOX): Inbox {
  return events.reduce((next, event) => reduceInbox(next, event, T0), inbox);
}

describe("a conversation", () => {
  it("changes nothing when it says what it said before", () => {
    const of = { generation: 1, href: CONVERSATION };
    const said: InboxEvent[] = [
      { type: "conversationChanged", ...of, state: "Incoming" },
      {
        type: "participantNamed",
        generation: 1,
        conversation: CONVERSATION,
        participant: "/p/1",
        name: "Ada",
      },
    ];
    const from = { name: "", uri: "", network: "Unknown", anonymous: true } as const;
    for (const before of [[], [STARTED], [{ ...STARTED, snapshot: snapshot({ from }) }]]) {
      const inbox = run([...before, ...said]);
      for (const event of said) expect(run([event], inbox)).toBe(inbox);
    }
    const unnamed = run([{ ...STARTED, snapshot: snapshot({ from }) }]);
    expect(run([{ type: "timeUp", ...KEY }], unnamed)).toBe(unnamed);
  });

  it("of an earlier session is not one of the new session", () => {
    const talking = {
      type: "conversationChanged",
      generation: 1,
      href: CONVERSATION,
      state: "Connected",
    } as const;
    const inbox = run([talking, STARTED, { type: "sessionReplaced" }, STARTED]);
    expect(visibleInvitations(inbox)).toMatchObject([
      { id: "i1", state: "withdrawn", conversation: "c1", inKnownConversation: true },
      { id: "i2", state: "ringing", conversation: "c2", inKnownConversation: false },
    ]);
  });

  it("that the user is in is still known after an event that does not say so", () => {
    const of = { type: "conversationChanged", generation: 1, href: CONVERSATION } as const;
    const inbox = run([{ ...of, state: "Connected" }, { ...of, state: null }, STARTED]);
    expect(visibleInvitations(inbox)[0]?.inKnownConversation).toBe(true);
  });

  it("that is never told to be over is forgotten in the end, but not while something rings in it", () => {
    const others = Array.from({ length: MOST_CONVERSATIONS + 6 }, (_, number): InboxEvent => {
      const href = `${CONVERSATION}/${number}`;
      return { type: "conversationChanged", generation: 1, href, state: "Connected" };
    });
    const ringing = run([...others.slice(0, 3), STARTED, ...others.slice(3, -1)]);
    expect([...ringing.conversations.keys()][0]).toBe(`1 ${CONVERSATION}`);
    const over = run([ENDED, ...others.slice(-1)], ringing);
    expect(over.conversations.size).toBe(MOST_CONVERSATIONS);
    expect([...over.conversations.keys()]).not.toContain(`1 ${CONVERSATION}`);
  });

  it("names a caller after the only other one in it, and never after one of several", () => {
    const unnamed = { name: "", uri: "sip:ada@example.test", network: "Unknown", anonymous: false } as const;
    const named = { type: "participantNamed", generation: 1, conversation: CONVERSATION } as const;
    const ada = { ...named, participant: "/p/1", name: "Ada" };
    const started = {
      type: "started",
      ...KEY,
      kind: "messaging",
      snapshot: snapshot({ from: unnamed, links: { from: null } }),
    } as const;
    expect(visibleInvitations(run([ada, started]))[0]?.from.name).toBe("Ada");
    expect(visibleInvitations(run([started, ada]))[0]?.from.name).toBe("Ada");
    const eve = { ...named, participant: "/p/2", name: "Eve" };
    expect(visibleInvitations(run([ada, eve, started]))[0]?.from.name).toBe("");
  });

  it("names a caller after the participant that the invitation names, whoever else was there first", () => {
    const from = `${CONVERSATION}/participants/ada@example.test`;
    const named = { type: "participantNamed", generation: 1, conversation: CONVERSATION } as const;
    const eve = { ...named, participant: "/p/2", name: "Eve" };
    const ada = { ...named, participant: from, name: "Ada" };
    const bare = snapshot({ from: null, links: { from, caller: null } });
    const started = { type: "started", ...KEY, kind: "messaging", snapshot: bare } as const;
    for (const events of [
      [started, eve, ada],
      [eve, ada, started],
      [eve, started, ada],
    ])
      expect(visibleInvitations(run(events))[0]?.from.name).toBe("Ada");
  });

  it("is told apart by one id, that of the first, and there is none without a link", () => {
    const moved = snapshot({ links: { conversation: `${CONVERSATION}2` } });
    const inbox = run([
      STARTED,
      { type: "updated", ...KEY, kind: "messaging", snapshot: moved },
      { ...STARTED, href: `${INVITATION}1`, snapshot: snapshot({ links: { conversation: null } }) },
    ]);
    expect(visibleInvitations(inbox).map(({ conversation }) => conversation)).toEqual(["c1", null]);
  });

  it("ends only what is in it still", () => {
    const moved = snapshot({ links: { conversation: `${CONVERSATION}2` } });
    const inbox = run([
      STARTED,
      { type: "updated", ...KEY, kind: "messaging", snapshot: moved },
      { type: "conversationDeleted", generation: 1, href: CONVERSATION },
    ]);
    expect(visibleInvitations(inbox)[0]).toMatchObject({ state: "ringing", canAccept: true });
    const left = run([{ type: "conversationDeleted", generation: 1, href: `${CONVERSATION}2` }], inbox);
    expect(visibleInvitations(left)[0]?.canAccept).toBe(false);
  });
});
