import { describe, expect, it } from "vitest";
import { readPackage } from "./events.ts";

const BASE = "https://fe.contoso.example/ucwa/oauth/v1/applications/104/events?ack=2";

function read(body: unknown) {
  const received = readPackage(body, BASE, 7);
  return received && { onward: received.onward, ...received.read() };
}

function hrefs(body: unknown): string[] {
  return read(body)?.events.map((event) => `${event.type} ${event.link.rel} ${event.link.href}`) ?? [];
}

describe("an answer of the event channel", () => {
  it("is delivered without a look at resources that nobody has asked for", () => {
    const unread = {
      link: { rel: "localParticipant", href: "p" },
      type: "added",
      get _embedded(): never {
        throw new Error("read");
      },
    };
    const told = read({ sender: [{ rel: "conversation", href: "c", events: [unread] }] });
    expect(told?.events.map(({ link }) => link.rel)).toEqual(["localParticipant"]);
    expect(() => told?.events[0]?.resource).toThrow("read");
  });

  it(
    "keeps the document's order when a sender stands in it several times",
    { tags: ["senders-in-order"] },
    () => {
      const event = (rel: string, href: string, type = "updated") => ({ link: { rel, href }, type });
      const body = {
        _links: { next: { href: "?ack=3" } },
        sender: [
          { rel: "conversation", href: "c", events: [event("messaging", "c/m")] },
          { rel: "communication", href: "x", events: [event("conversation", "c")] },
          { rel: "conversation", href: "c", events: [event("participant", "c/p", "added")] },
          { rel: "communication", href: "x", events: [event("messagingInvitation", "i", "completed")] },
        ],
      };
      expect(read(body)?.events.map(({ link }) => link.rel)).toEqual([
        "messaging",
        "conversation",
        "participant",
        "messagingInvitation",
      ]);
    },
  );

  it(
    "names one resource the same whether its href is relative, absolute or carries the default port",
    { tags: ["hrefs-relative-or-absolute"] },
    () => {
      const path = "/ucwa/oauth/v1/applications/104/communication/messagingInvitations/6408";
      const spellings = [path, `https://fe.contoso.example${path}`, `https://FE.contoso.example:443${path}`];
      const found = spellings.flatMap((href) =>
        hrefs({
          sender: [
            {
              rel: "communication",
              href: "/x",
              events: [{ link: { rel: "messagingInvitation", href }, type: "started" }],
            },
          ],
        }),
      );
      expect(new Set(found).size).toBe(1);
    },
  );

  it(
    "takes the identity from the event's link and not from the embedded self",
    { tags: ["event-status", "event-reason"] },
    () => {
      const body = {
        sender: {
          rel: "communication",
          href: "/x",
          events: {
            type: "completed",
            status: "Failure",
            reason: { code: "RemoteFailure", subcode: "Declined", message: "No." },
            link: { rel: "messagingInvitation", href: "/i/6408" },
            _embedded: {
              messagingInvitation: { rel: "messagingInvitation", _links: { self: { href: "/i/64088" } } },
            },
          },
        },
      };
      expect(read(body)?.events[0]).toMatchObject({
        generation: 7,
        link: { href: "https://fe.contoso.example/i/6408" },
        status: "Failure",
        reason: { code: "RemoteFailure", subcode: "Declined", message: "No." },
        resource: { rel: "messagingInvitation" },
      });
    },
  );

  it.each([
    ["an empty sender list", { _links: { next: { href: "/e?ack=3" } }, sender: [] }],
    ["no sender at all", { _links: { next: { href: "/e?ack=3" } } }],
    ["a null sender", { _links: { next: { href: "/e?ack=3" } }, sender: null }],
    ["link as a list of one", { _links: { next: [{ href: "/e?ack=3" }] }, sender: [null, {}] }],
  ])("is a heartbeat with %s", { tags: ["heartbeat-forms"] }, (_, body) => {
    expect(read(body)).toEqual({
      onward: { by: "next", href: "https://fe.contoso.example/e?ack=3" },
      events: [],
      unreadable: 0,
    });
  });

  it("steps over events it cannot read and counts them", () => {
    const good = { link: { rel: "me", href: "/me" }, type: "updated" };
    const bad = [
      null,
      5,
      {},
      { link: { rel: "x" }, type: "added" },
      { ...good, type: "imploded" },
      { ...good, link: 3 },
    ];
    const found = read({ sender: [{ rel: "me", href: "/me", events: [...bad, good] }] });
    expect(found?.unreadable).toBe(bad.length);
    expect(found?.events).toHaveLength(1);
  });

  it("goes on by its one link, and by resync or resume before next", { tags: ["one-way-on"] }, () => {
    const link = (name: string) => ({ [name]: { href: `/e?${name}` } });
    expect(read({ _links: { ...link("next"), ...link("resume") } })?.onward).toMatchObject({ by: "resume" });
    expect(read({ _links: link("resync") })?.onward).toMatchObject({ by: "resync" });
    expect(read({ _links: link("next") })?.onward).toMatchObject({ by: "next" });
  });

  it("follows no link to another origin: the bearer would go there", () => {
    expect(read({ _links: { next: { href: "https://evil.example/events?ack=3" } } })?.onward).toEqual({
      by: "nothing",
    });
    expect(read({ _links: { next: { href: "http://fe.contoso.example/events" } } })?.onward).toEqual({
      by: "nothing",
    });
  });

  it("follows the first of several links that leads to its own origin", () => {
    const next = [null, { href: "https://evil.example/e" }, { href: "/e?ack=3" }];
    expect(read({ _links: { next } })?.onward).toEqual({
      by: "next",
      href: "https://fe.contoso.example/e?ack=3",
    });
  });

  it("is read in spite of a sender that does not say who it is", () => {
    const events = [{ link: { rel: "me", href: "/me" }, type: "updated" }];
    for (const sender of [{ events }, { rel: 3, href: "/x", events }, { rel: "me", events }])
      expect(read({ sender })?.events).toMatchObject([{ sender: { rel: "", href: BASE, title: null } }]);
  });

  it("means the same in any case of its words, as XML may write them", () => {
    const entry = { link: { rel: "me", href: "/me" }, type: "Completed", status: "success" };
    expect(read({ sender: { rel: "me", href: "/me", events: entry } })?.events).toMatchObject([
      { type: "completed", status: "Success" },
    ]);
  });

  it("says of an event only what can be read: no status, reason, context or resource otherwise", () => {
    const entry = { link: { rel: "me", href: "/me" }, type: "updated", status: 3, reason: 3, in: 3 };
    for (const _embedded of [undefined, 3, {}, { a: {}, b: {} }, { me: 3 }])
      expect(
        read({ sender: { rel: "me", href: "/me", events: { ...entry, _embedded } } })?.events,
      ).toMatchObject([{ status: null, reason: null, in: null, resource: null }]);
  });

  it(
    "embeds the resource under the rel of its link, in a list too, or else as the only one there is",
    { tags: ["embedded-by-rel"] },
    () => {
      const one = { rel: "participant" };
      const other = { rel: "contact" };
      for (const _embedded of [
        { from: one, a: other },
        { from: [one, other] },
        { a: one },
        { from: null, a: 1 },
      ]) {
        const entry = { link: { rel: "from", href: "/p" }, type: "added", _embedded };
        const found = read({ sender: { rel: "x", href: "/x", events: entry } })?.events[0]?.resource?.rel;
        expect(found).toBe("a" in _embedded && _embedded.a === 1 ? undefined : "participant");
      }
    },
  );

  it("holds two thousand events about invitations and no more, and every other", () => {
    const about = (rel: string) => ({ link: { rel, href: "/i" }, type: "updated" });
    const events = [...Array<object>(2_003).fill(about("messagingInvitation")), about("me")];
    const received = read({ sender: { rel: "communication", href: "/c", events } });
    expect(received?.events).toHaveLength(2_001);
    expect(received?.events.at(-1)?.link.rel).toBe("me");
    expect(received?.unreadable).toBe(3);
  });

  it("is nothing when it is no event package", () => {
    for (const body of [null, [], "x", {}, { code: "NotFound" }]) expect(read(body)).toBeNull();
  });
});

describe("an event", () => {
  const event = (href: string, type: string, rel: string) => ({ link: { rel, href }, type });
  const eventsOf = (body: object) => read(body)?.events ?? [];

  it("may name what it happened in", { tags: ["event-in"] }, () => {
    const typing = {
      ...event("/p/1", "added", "participant"),
      in: { rel: "typingParticipants", href: "/c/1/typing", title: "Typing" },
    };
    const [first, second] = eventsOf({
      sender: { rel: "communication", href: "/c", events: [typing, event("/p/1", "added", "participant")] },
    });
    expect(first?.in).toEqual({
      rel: "typingParticipants",
      href: "https://fe.contoso.example/c/1/typing",
      title: "Typing",
    });
    expect(second?.in).toBeNull();
  });

  it(
    "is read in its order whatever the order of the properties around it",
    { tags: ["event-types", "property-order"] },
    () => {
      const types = ["added", "updated", "deleted", "started", "completed"];
      const events = types.map((type) => ({ type, link: { href: "/i/1", rel: "messagingInvitation" } }));
      const turned = events.map((one) => Object.fromEntries(Object.entries(one).toReversed()));
      const mixed = events.map((one, index) => (index % 2 === 0 ? one : turned[index]));
      const body = { sender: [{ events: mixed, href: "/c", rel: "communication" }], _links: {} };
      expect(eventsOf(body).map(({ type }) => type)).toEqual(types);
      expect(eventsOf(body)[0]?.sender.rel).toBe("communication");
    },
  );
});
