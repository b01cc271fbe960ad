import { describe, expect, it } from "vitest";

import { INVITATION, snapshot, UNANSWERABLE } from "../../testing/invitation-events.ts";
import type { InvitationSnapshot } from "../../ucwa/resources/wire-invitation.ts";
import { newEntry } from "./entry.ts";
import {
  hasAnswerLink,
  identifyCaller,
  learn,
  nameContact,
  nameFromRemotes,
  unknownCaller,
  unnamedContacts,
} from "./invitation-details.ts";

const T0 = 1_000_000;
const KEY = { generation: 1, href: INVITATION };
const CONTACT = "https://pool.example.test/people/eve";
const NOBODY = { name: "", uri: "", network: "Unknown", anonymous: false } as const;

const bare = newEntry(KEY, 1, "messaging", T0);
const bareOutgoing = newEntry(KEY, 1, "participant", T0);

/** What is known after these representations, each newer than the one before. */
function after(...said: readonly InvitationSnapshot[]) {
  return said.reduce((entry, next) => learn(entry, next, "newest"), bare);
}

const WORDS = {
  kind: "onlineMeeting",
  subject: "Budget",
  importance: "Urgent",
  threadId: "thread-1",
  operationId: "operation-1",
  to: "sip:ben@example.test",
  onBehalfOf: "Sales",
  delegator: "Ines Roth",
  forwardedBy: "Tom Lund",
  transferredBy: "Kim Ray",
  message: { text: "Have you a minute?", format: "plain" },
  otherMessageType: "image/png",
  privateLine: true,
  phoneNumber: "tel:+14255550100",
  meeting: { uri: "sip:ada@example.test;gruu", modalities: ["Messaging"], anonymousDisplayName: null },
} as const;

const FULL = snapshot({
  ...WORDS,
  acceptedBy: [{ name: "Eve", uri: "sip:eve@example.test", network: "SameEnterprise", anonymous: false }],
});

const EMPTY = snapshot({
  kind: "other",
  subject: "",
  threadId: null,
  message: null,
  from: null,
});

describe("an invitation that can be answered", () => {
  it.each([
    ["both links", {}, true],
    ["a link to accept only", { decline: null }, true],
    ["a link to decline only", { accept: null }, true],
    ["neither", UNANSWERABLE, false],
  ])("has %s: %o is %s", (_name, links, answerable) => {
    expect(hasAnswerLink(after(snapshot({ links })))).toBe(answerable);
  });

  it.each([{ decline: null }, { accept: null }])(
    "has lost its links when %o was all that was left",
    (links) => {
      const said = [
        snapshot({ links }),
        snapshot({ links: UNANSWERABLE }),
        snapshot({ links: UNANSWERABLE }),
      ];
      expect(after(...said).linksWithdrawn).toBe(true);
    },
  );
});

describe("a later representation", () => {
  it("is not of a private line, nor of another kind, unless one says so", () => {
    expect(after(snapshot()).details).toMatchObject({ privateLine: false, kind: "messaging" });
  });

  it("takes nothing away that an earlier one said", () => {
    expect(after(FULL).details).toMatchObject(WORDS);
    expect(after(FULL, EMPTY).details).toEqual(after(FULL).details);
  });

  it("says it anew, but does not calm an urgent call down", () => {
    const anew = snapshot({
      kind: "audioVideo",
      subject: "Plan",
      threadId: "thread-2",
      operationId: "operation-2",
      to: "sip:bea@example.test",
      onBehalfOf: "Support",
      delegator: "Ida Roth",
      forwardedBy: "Tim Lund",
      transferredBy: "Kit Ray",
      message: { text: "Now?", format: "plain" },
      otherMessageType: "text/rtf",
      acceptedBy: [{ name: "Max", uri: "sip:max@example.test", network: "Federated", anonymous: false }],
      from: { name: "Ada W.", uri: "sip:aw@example.test", network: "Federated", anonymous: false },
      phoneNumber: "tel:+14255550101",
      meeting: { uri: null, modalities: [], anonymousDisplayName: "Guest" },
    });
    const fresh = after(anew).details;
    expect(after(FULL, anew).details).toEqual({ ...fresh, importance: "Urgent", privateLine: true });
  });

  it("does not turn an incoming invitation into a call of our own", () => {
    expect(after(snapshot(), snapshot({ direction: "Outgoing" })).details.direction).toBe("incoming");
  });

  it("tells who took it in the user's place, by name and address", () => {
    expect(after(snapshot()).details.acceptedBy).toBeNull();
    expect(after(FULL).details.acceptedBy).toEqual({ name: "Eve", uri: "sip:eve@example.test" });
  });

  it("that is older than what is known fills gaps only", () => {
    const known = after(snapshot({ threadId: null }));
    const old = snapshot({ subject: "Old", threadId: "thread-0", state: "Failed", links: UNANSWERABLE });
    const learnt = learn(known, old, "older");
    expect(learnt).toEqual({ ...known, details: { ...known.details, threadId: "thread-0" } });
  });

  it("that is older is believed where nothing else was said", () => {
    const learnt = learn(bare, snapshot(), "older");
    expect(learnt).toMatchObject({ described: true, wireState: "Connecting" });
    expect(hasAnswerLink(learnt)).toBe(true);
  });
});

describe("the direction of an invitation", () => {
  const link = `${INVITATION}/x`;
  it.each([
    ["what it says, whatever its links", bare, "Outgoing", {}, "outgoing"],
    ["what it says, without any link", bareOutgoing, "Incoming", UNANSWERABLE, "incoming"],
    ["incoming with a link to accept", bareOutgoing, null, { decline: null }, "incoming"],
    ["incoming with a link to decline", bareOutgoing, null, { accept: null }, "incoming"],
    ["outgoing with a link to cancel", bare, null, { ...UNANSWERABLE, cancel: link }, "outgoing"],
    ["that of its kind otherwise: incoming", bare, null, UNANSWERABLE, "incoming"],
    ["that of its kind otherwise: outgoing", bareOutgoing, null, UNANSWERABLE, "outgoing"],
  ] as const)("is %s", (_name, entry, direction, links, expected) => {
    expect(learn(entry, snapshot({ direction, links }), "newest").details.direction).toBe(expected);
  });
});

describe("the caller", () => {
  const ada = snapshot().from ?? NOBODY;

  it("is still known when a later representation brings no more than a link", () => {
    expect(after(snapshot(), snapshot({ from: NOBODY })).details.from).toEqual(ada);
  });

  it("stays anonymous until an address says otherwise", () => {
    const hidden = { ...NOBODY, anonymous: true };
    expect(after(snapshot({ from: hidden }), snapshot({ from: NOBODY })).details.from.anonymous).toBe(true);
    expect(after(snapshot({ from: hidden }), snapshot({ from: ada })).details.from.anonymous).toBe(false);
    expect(after(snapshot({ from: ada }), snapshot({ from: hidden })).details.from.anonymous).toBe(true);
  });

  it("is named after a participant only if an incoming invitation has not named it", () => {
    const unnamed = { ...ada, name: "" };
    const eve = new Map([["/p/1", "Eve"]]);
    const links = { from: "/p/1" };
    for (const from of [null, "/p/1"])
      expect(nameFromRemotes(after(snapshot({ from: unnamed, links: { from } })), eve).details.from).toEqual({
        ...ada,
        name: "Eve",
      });
    expect(nameFromRemotes(after(snapshot({ links })), eve).details.from).toEqual(ada);
    const own = after(snapshot({ from: unnamed, direction: "Outgoing", links }));
    expect(nameFromRemotes(own, eve).details.from).toEqual(unnamed);
  });

  it("is not named after the only other one there is, where the invitation links to somebody else", () => {
    const at = "https://pool.example.test/conversations/1/participants";
    const nameOf = (from: string, href: string) =>
      nameFromRemotes(after(snapshot({ from: null, links: { from } })), new Map([[href, "Eve"]])).details.from
        .name;
    expect(nameOf(`${at}/ada@example.test`, `${at}/eve@example.test`)).toBe("");
    expect(nameOf(`${at}/831`, `${at}/832`)).toBe("");
    expect(nameOf("https://pool.example.test/all@1/831", "https://pool.example.test/all@1/832")).toBe("");
    expect(nameOf(`${at}/Eve@example.test`, `${at}/eve%40other.test`)).toBe("Eve");
  });

  it("that was only guessed gives way to every better word, which is not taken back", () => {
    const guessed = nameFromRemotes(
      after(snapshot({ from: null, links: { from: null } })),
      new Map([["/p/1", "Eve"]]),
    );
    expect([guessed.details.from.name, guessed.callerGuessed]).toEqual(["Eve", true]);
    for (const told of [
      learn(guessed, snapshot(), "newest"),
      learn(guessed, snapshot(), "older"),
      identifyCaller(guessed, ada),
      nameContact({ ...guessed, links: { ...guessed.links, caller: CONTACT } }, CONTACT, ada.name),
    ]) {
      expect([told.details.from.name, told.callerGuessed]).toEqual([ada.name, false]);
      expect(nameFromRemotes(told, new Map([["/p/1", "Eve"]]))).toBe(told);
    }
  });

  it("is asked for as the participant that the invitation links to, for as long as name or address is missing", () => {
    const links = { from: "/p/1" };
    expect(unknownCaller(after(snapshot({ links, from: null })))).toBe("/p/1");
    expect(unknownCaller(after(snapshot({ links, from: { ...ada, uri: "" } })))).toBe("/p/1");
    expect(unknownCaller(after(snapshot({ links })))).toBeNull();
    expect(unknownCaller(after(snapshot({ links, from: { ...NOBODY, anonymous: true } })))).toBeNull();
  });
});

describe("a contact that an invitation links to", () => {
  const links = { onBehalfOf: CONTACT, caller: CONTACT };

  it("gives its name to each role that nobody has named, and to no other", () => {
    const entry = after(snapshot({ links, from: NOBODY, delegator: "Ines Roth" }));
    const named = nameContact(entry, CONTACT, "Eve").details;
    expect(named).toMatchObject({ onBehalfOf: "Eve", delegator: "Ines Roth", forwardedBy: null });
    expect(named.from.name).toBe("Eve");
    expect(nameContact(entry, `${CONTACT}2`, "Max")).toBe(entry);
  });

  it("gives its name in place of an address, never of a name", () => {
    const byAddress = after(snapshot({ links, onBehalfOf: "sip:sales@example.test" }));
    expect(nameContact(byAddress, CONTACT, "Sales").details.onBehalfOf).toBe("Sales");
    const byName = after(snapshot({ links, onBehalfOf: "Sales" }));
    expect(nameContact(byName, CONTACT, "Eve")).toBe(byName);
  });

  it("keeps its name when a later representation brings the address", () => {
    const named = after(
      snapshot({ onBehalfOf: "Sales" }),
      snapshot({ onBehalfOf: "SIP:sales@example.test" }),
    );
    expect(named.details.onBehalfOf).toBe("Sales");
    const address = after(snapshot({ onBehalfOf: "sip:sales@example.test" }), snapshot());
    expect(address.details.onBehalfOf).toBe("sip:sales@example.test");
    const first = after(snapshot(), snapshot({ onBehalfOf: "tel:+14255550100" }));
    expect(first.details.onBehalfOf).toBe("tel:+14255550100");
  });

  it("is asked after while its role has no name, an anonymous caller never", () => {
    expect(unnamedContacts(after(snapshot({ links })))).toEqual([CONTACT]);
    expect(unnamedContacts(after(snapshot({ links, from: NOBODY })))).toEqual([CONTACT, CONTACT]);
    const hidden = { ...NOBODY, anonymous: true };
    expect(unnamedContacts(after(snapshot({ links, from: hidden, onBehalfOf: "Sales" })))).toEqual([]);
    expect(unnamedContacts(after(snapshot()))).toEqual([]);
  });
});
