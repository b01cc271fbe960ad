import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { HistoryEntry } from "../invitations/history/history.ts";
import { ended, invitation } from "../testing/invitations.ts";
import { Publisher } from "./publisher.ts";
import { callViews, historyViews, invitationView, ringing, sessionView } from "./views.ts";

const ENDED: HistoryEntry = {
  id: "h1",
  kind: "messaging",
  direction: "incoming",
  name: "Ada Winter",
  uri: "sip:ada@example.test",
  anonymous: false,
  external: false,
  subject: "",
  end: "missed",
  detail: "",
  presented: "",
  quietUntil: null,
  receivedAt: 1,
  endedAt: 2,
};

describe("the person's own calls, as the panel is told of them", () => {
  const callee = { name: "Ola Berg", uri: "sip:ola@example.test" };
  const calling = { direction: "outgoing", state: "inviting", callee, canCancel: true } as const;

  it("are those under way, and the last one when it came to nothing and was not closed", () => {
    const first = invitation({ ...calling, id: "o1" });
    const answered = ended("accepted", 5_000, { ...calling, id: "o2", state: "accepted" });
    const missed = ended("missed", 5_000, { ...calling, id: "o3", state: "missed", canCancel: false });
    const shown = (all: Parameters<typeof callViews>[0], closed: readonly string[] = []) =>
      callViews(all, new Set(closed)).map(({ id, words }) => `${id} ${words}`);
    expect(shown([invitation(), first, answered])).toEqual(["o1 Ringing…"]);
    expect(shown([first, missed])).toEqual(["o1 Ringing…", "o3 No answer"]);
    expect(shown([missed, answered])).toEqual([]);
    expect(shown([first, missed], ["o3"])).toEqual(["o1 Ringing…"]);
  });

  it("tell whom they call, for how long, and why one could not be taken back", () => {
    const problem = "The call couldn't be cancelled. Try again.";
    expect(callViews([invitation({ ...calling, answerProblem: problem })], new Set())).toEqual([
      {
        id: "i1",
        callee: {
          name: "Ola Berg",
          address: "ola@example.test",
          anonymous: false,
          external: false,
          photo: null,
        },
        subject: "Budget",
        words: "Ringing…",
        canCancel: true,
        problem,
        since: 1_000,
        endedAt: null,
      },
    ]);
  });
});

describe("what a window is told", () => {
  it("is who rings, about what, and the first line of the message", () => {
    expect(invitationView(invitation({ importance: "Urgent" }), true)).toEqual({
      id: "i1",
      kind: "messaging",
      caller: {
        name: "Ada Winter",
        address: "ada@example.test",
        anonymous: false,
        external: false,
        photo: null,
      },
      request: "invites you to a conversation",
      route: [],
      subject: "Budget",
      firstLine: "Have you a minute?",
      meeting: "",
      urgent: true,
      canAccept: true,
      canDecline: true,
      announced: true,
      answering: null,
      problem: "",
      silence: "",
      receivedAt: 1_000,
    });
  });

  it("leaves out what is over and what the person sent", () => {
    const all = [
      invitation(),
      ended("missed", 1, { id: "i2" }),
      invitation({ id: "i3", direction: "outgoing" }),
    ];
    expect(ringing(all).map(({ id }) => id)).toEqual(["i1"]);
  });

  it("never tells the address of somebody who does not want to be known", () => {
    const from = { name: "", uri: "sip:secret@example.test", network: "Federated", anonymous: true } as const;
    expect(invitationView(invitation({ from }), true).caller.address).toBe("");
    const [past] = historyViews({ entries: [{ ...ENDED, anonymous: true }], unseen: 0 });
    expect(past?.caller.address).toBe("");
  });

  it("is where the photo of the caller is, and never that of somebody who does not want to be known", () => {
    const photoOf = (uri: string) => `photos/${uri.length}`;
    const photo = (anonymous: boolean) =>
      invitationView(invitation({ from: { ...invitation().from, anonymous } }), true, photoOf).caller.photo;
    expect([photo(false), photo(true)]).toEqual(["photos/20", null]);
    const past = (anonymous: boolean) =>
      historyViews({ entries: [{ ...ENDED, anonymous }], unseen: 0 }, photoOf)[0]?.caller.photo;
    expect([past(false), past(true)]).toEqual(["photos/20", null]);
  });

  it("is short and on one line, whatever the caller sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (text) => {
        const from = { ...invitation().from, name: text };
        const view = invitationView(
          invitation({ from, subject: text, message: { text, format: "plain" } }),
          true,
        );
        for (const line of [view.caller.name, view.subject, view.firstLine]) {
          expect(line.length).toBeLessThanOrEqual(400);
          expect(line.isWellFormed()).toBe(true);
          expect(line).not.toMatch(/[\n\r\u2028\u202e]/);
        }
      }),
    );
  });

  it("names the server that the person may approve", () => {
    const attention = { name: "attention", reason: "untrustedServer", detail: "Who?" } as const;
    expect(sessionView({ ...attention, origin: "https://a.example" }, false)).toMatchObject({
      origin: "https://a.example",
    });
    expect(sessionView(attention, false)).toMatchObject({ origin: null });
  });
});

describe("the publisher", () => {
  it("pushes one numbered state for a burst of changes, and none without a difference", async () => {
    let value = 1;
    const pushed: unknown[] = [];
    const publisher = new Publisher(
      () => ({ value }),
      (state) => void pushed.push(state),
    );
    publisher.changed();
    value = 2;
    publisher.changed();
    await Promise.resolve();
    publisher.changed();
    await Promise.resolve();
    expect(pushed).toEqual([{ value: 2, revision: 1 }]);
  });

  it("waits for as long as it is told to, and pushes the newest then", () => {
    let value = 1;
    const pushed: unknown[] = [];
    const due: (() => void)[] = [];
    const publisher = new Publisher(
      () => ({ value }),
      (state) => void pushed.push(state),
      (run) => void due.push(run),
    );
    publisher.changed();
    value = 2;
    publisher.changed();
    expect([due.length, pushed]).toEqual([1, []]);
    for (const run of due.splice(0)) run();
    expect(pushed).toEqual([{ value: 2, revision: 1 }]);
    value = 3;
    publisher.changed();
    for (const run of due.splice(0)) run();
    expect(pushed).toEqual([
      { value: 2, revision: 1 },
      { value: 3, revision: 2 },
    ]);
  });

  it("pushes at once what cannot wait, and not a second time", () => {
    const pushed: unknown[] = [];
    const due: (() => void)[] = [];
    const publisher = new Publisher(
      () => ({ value: 1 }),
      (state) => void pushed.push(state),
      (run) => void due.push(run),
    );
    publisher.flush();
    expect(pushed).toEqual([]);
    publisher.changed();
    publisher.flush();
    expect(pushed).toEqual([{ value: 1, revision: 1 }]);
    for (const run of due.splice(0)) run();
    expect(pushed).toHaveLength(1);
  });

  it("pushes what somebody has read meanwhile to all the others, too", async () => {
    let value = 1;
    const pushed: unknown[] = [];
    const publisher = new Publisher(
      () => ({ value }),
      (state) => void pushed.push(state),
    );
    expect(publisher.read()).toEqual({ value: 1, revision: 1 });
    value = 2;
    publisher.changed();
    expect(publisher.read()).toEqual({ value: 2, revision: 2 });
    await Promise.resolve();
    expect(pushed).toEqual([{ value: 2, revision: 2 }]);
  });
});
