import { describe, expect, it } from "vitest";
import { readPackage } from "./events.ts";

const BASE = "https://fe.contoso.example/ucwa/oauth/v1/applications/104/events?ack=2";

function read(body: unknown) {
  return readPackage(body, BASE, 7);
}

function hrefs(body: unknown): string[] {
  return read(body)?.events.map((event) => `${event.type} ${event.link.rel} ${event.link.href}`) ?? [];
}

describe("an answer of the event channel", () => {
  it("keeps the document's order when a sender stands in it several times", () => {
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
  });

  it("names one resource the same whether its href is relative, absolute or carries the default port", () => {
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
  });

  it("takes the identity from the event's link and not from the embedded self", () => {
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
  });

  it.each([
    ["an empty sender list", { _links: { next: { href: "/e?ack=3" } }, sender: [] }],
    ["no sender at all", { _links: { next: { href: "/e?ack=3" } } }],
    ["a null sender", { _links: { next: { href: "/e?ack=3" } }, sender: null }],
    ["link as a list of one", { _links: { next: [{ href: "/e?ack=3" }] }, sender: [null, {}] }],
  ])("is a heartbeat with %s", (_, body) => {
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

  it("prefers resync and resume over next", () => {
    const link = (name: string) => ({ [name]: { href: `/e?${name}` } });
    expect(read({ _links: { ...link("next"), ...link("resume") } })?.onward).toMatchObject({ by: "resume" });
    expect(read({ _links: link("resync") })?.onward).toMatchObject({ by: "resync" });
  });

  it("follows no link to another origin: the bearer would go there", () => {
    expect(read({ _links: { next: { href: "https://evil.example/events?ack=3" } } })?.onward).toEqual({
      by: "nothing",
    });
    expect(read({ _links: { next: { href: "http://fe.contoso.example/events" } } })?.onward).toEqual({
      by: "nothing",
    });
  });

  it("is nothing when it is no event package", () => {
    for (const body of [null, [], "x", {}, { code: "NotFound" }]) expect(read(body)).toBeNull();
  });
});
