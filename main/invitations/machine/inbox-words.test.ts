import { describe, expect, it } from "vitest";
import type { InvitationLinks } from "../../ucwa/resources/wire-invitation.ts";
import { CONVERSATION, INVITATION, snapshot } from "../../testing/invitation-events.ts";
import type { Entry } from "./entry.ts";
import type { InboxEvent } from "./inbox-event.ts";
import { EMPTY_INBOX, ENDED_SHOWN, findByKey, seen } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import { KEY, run, STARTED, T0 } from "./testing/run-inbox.ts";

const HERE = `${CONVERSATION}/here`;
const ELSEWHERE = `${CONVERSATION}/elsewhere`;
const ADA = { name: "Ada Winter", uri: "", network: "Unknown", anonymous: false } as const;
const UNNAMED = { from: null, to: null } as const;

/** Three that are alive: what a word is about, the same in another link, the same in another session. */
const WHOM = [
  { generation: 1, href: INVITATION, link: HERE },
  { generation: 1, href: `${INVITATION}1`, link: ELSEWHERE },
  { generation: 2, href: INVITATION, link: HERE },
] as const;

function three(links: (href: string) => Partial<InvitationLinks>, direction: "Incoming" | "Outgoing"): Inbox {
  return run(
    WHOM.map(({ generation, href, link }) => ({
      ...STARTED,
      generation,
      href,
      snapshot: snapshot({
        ...UNNAMED,
        direction,
        links: { conversation: null, messaging: null, ...links(link) },
      }),
    })),
  );
}

/** What this word makes of each of the three. */
function after<Seen>(inbox: Inbox, word: InboxEvent, look: (entry: Entry) => Seen): readonly (Seen | null)[] {
  const next = run([word], inbox);
  return WHOM.map((key) => {
    const entry = findByKey(next, key);
    return entry && look(entry);
  });
}

describe("a word that names no invitation concerns those of its session that lead to what it names", () => {
  it("who a caller is", () => {
    const word = { type: "callerFound", generation: 1, href: HERE, person: ADA } as const;
    const inbox = three((from) => ({ from }), "Incoming");
    expect(after(inbox, word, ({ details }) => details.from.name)).toEqual(["Ada Winter", "", ""]);
  });

  it("who is called", () => {
    const word = { type: "calleeFound", generation: 1, href: HERE, person: ADA } as const;
    const inbox = three((to) => ({ to }), "Outgoing");
    expect(after(inbox, word, ({ details }) => details.callee?.name)).toEqual([
      "Ada Winter",
      undefined,
      undefined,
    ]);
  });

  it("where its messaging is, before or after it is heard of", () => {
    const word = {
      type: "messagingLocated",
      generation: 1,
      messaging: HERE,
      conversation: CONVERSATION,
    } as const;
    const inbox = three((messaging) => ({ messaging }), "Incoming");
    expect(after(inbox, word, ({ movedTo }) => movedTo)).toEqual([CONVERSATION, null, null]);
    expect(run([word, word], inbox).conversations.size).toBe(1);
    const before = run(
      WHOM.map(({ generation, href, link: messaging }) => ({
        ...STARTED,
        generation,
        href,
        snapshot: snapshot({ links: { conversation: null, messaging } }),
      })),
      run([word]),
    );
    expect(WHOM.map((key) => findByKey(before, key)?.movedTo)).toEqual([CONVERSATION, null, null]);
  });

  it("that events may have been lost", () => {
    const word = { type: "channelInterrupted", generation: 1 } as const;
    const asked = after(
      three(() => ({}), "Incoming"),
      word,
      ({ lookUps }) => lookUps.dueAt === T0,
    );
    expect(asked).toEqual([true, true, false]);
  });
});

describe("the inbox keeps no more than it needs", () => {
  const deleted = { type: "conversationDeleted", generation: 1, href: CONVERSATION } as const;
  const talking = {
    type: "conversationChanged",
    generation: 1,
    href: CONVERSATION,
    state: "Connected",
  } as const;

  it("of a conversation that was deleted nothing, and of one that was not known nothing changes", () => {
    expect(run([deleted])).toBe(EMPTY_INBOX);
    expect(run([talking, deleted]).conversations.size).toBe(0);
    const anew = run([talking, deleted, STARTED]);
    expect(findByKey(anew, KEY)?.shown).toMatchObject({ state: "ringing", inKnownConversation: false });
  });

  it("of calls of the person's the last twenty", () => {
    const callee = { name: "Eve", uri: "" };
    const calls = Array.from({ length: 25 }, (_, index): InboxEvent => {
      const call = {
        operationId: `o${index}`,
        callee,
        subject: "",
        message: null,
        importance: "Normal",
      } as const;
      return { type: "callSent", call };
    });
    expect([...run(calls).callsSent.keys()]).toEqual(
      Array.from({ length: 20 }, (_, index) => `o${index + 5}`),
    );
  });

  it("of what has ended as much as is shown, once surfaces were told", () => {
    const lives = Array.from({ length: ENDED_SHOWN + 1 }, (_, index): readonly InboxEvent[] => {
      const key = { generation: 1, href: `${INVITATION}${index}` };
      const completed = { type: "completed", ...key, kind: "messaging", status: null, reason: null } as const;
      return [
        { ...STARTED, ...key },
        { ...completed, snapshot: null },
      ];
    });
    const told = seen(run(lives.slice(0, -1).flat()));
    expect(told.endedShown).toHaveLength(ENDED_SHOWN);
    expect(run(lives.at(-1) ?? [], told).endedShown).toHaveLength(ENDED_SHOWN);
  });
});
