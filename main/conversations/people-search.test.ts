import { describe, expect, it } from "vitest";

import { APPLICATION, resource } from "../testing/invitation-events.ts";
import { refused, rig, unreachable } from "../testing/rig.ts";
import { offersOf } from "../testing/scripted-session.ts";
import { readResource } from "../ucwa/resources/read-resource.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import type { ResourceLookup } from "../ucwa/session-port.ts";

function found(what: Resource | null): Promise<ResourceLookup> {
  if (what === null) throw new Error("A resource is an object.");
  return Promise.resolve({ outcome: "found", resource: what });
}

function contact(name: string, uri: string, over: object = {}): object {
  return { rel: "contact", name, uri, ...over };
}

function answer(document: object): Promise<ResourceLookup> {
  return found(readResource(document, APPLICATION));
}

describe("a search for people", () => {
  it("asks the server's search for the words, and tells whom it embeds", async () => {
    const { doorbell, session } = rig();
    const people = [
      contact("Ola Berg", "sip:Ola@example.test", { title: "Engineer", department: "Bridges" }),
      contact("Ola Berg", "sip:ola@example.test"),
      contact("Reception", "tel:+4712345678"),
    ];
    session.onRead = () => answer({ moreResultsAvailable: true, _embedded: { contact: people } });
    expect(await doorbell.calling.search(" ola & co ")).toEqual({
      ok: true,
      people: [{ name: "Ola Berg", uri: "sip:ola@example.test", title: "", department: "" }],
      moreAvailable: true,
    });
    expect(session.asked).toEqual([`${offersOf(1).search}?query=ola%20%26%20co&limit=20`]);
  });

  it("reads whom the answer only links to, one after the other and not too many", async () => {
    const { doorbell, session } = rig();
    const links = Array.from({ length: 30 }, (_, index) => ({ href: `${APPLICATION}/people/${index}` }));
    let open = 0;
    session.onRead = async (href) => {
      if (href.includes("query="))
        return answer({ _links: { contact: [...links, { href: "https://evil.test/1" }] } });
      expect(++open).toBe(1);
      await Promise.resolve();
      open--;
      if (href.endsWith("/3")) return unreachable();
      return found(
        resource({ properties: { name: href, uri: `sip:${href.replace(/.*\//, "")}@example.test` } }),
      );
    };
    const answered = await doorbell.calling.search("ola");
    expect(answered.ok && answered.people.map(({ uri }) => uri)).toEqual(
      [0, 1, 2, 4, 5, 6, 7].map((index) => `sip:${index}@example.test`),
    );
    expect(session.asked).toHaveLength(9);
  });

  it("finds the search by the people that the application links to", async () => {
    const { doorbell, session } = rig();
    Object.defineProperty(session, "offers", { value: { ...offersOf(1), search: null } });
    session.onRead = (href) =>
      href === offersOf(1).people
        ? found(resource({ links: { search: `${APPLICATION}/odd/search?a=b` } }))
        : answer({});
    expect(await doorbell.calling.search("ola")).toEqual({ ok: true, people: [], moreAvailable: false });
    expect(session.asked.at(-1)).toBe(`${APPLICATION}/odd/search?a=b&query=ola&limit=20`);
  });

  it("asks nothing without a word, and nothing that is too long", async () => {
    const { doorbell, session } = rig();
    expect(await doorbell.calling.search("  ")).toEqual({ ok: true, people: [], moreAvailable: false });
    expect(await doorbell.calling.search("x".repeat(257))).toMatchObject({
      ok: false,
      error: { code: "invalid" },
    });
    expect(session.asked).toEqual([]);
  });

  it.each([
    ["refused for this user", refused(403), "notAllowed"],
    ["refused", refused(400), "refused"],
    ["not answered", unreachable, "unreachable"],
    ["lost with the session", () => Promise.resolve({ outcome: "superseded" } as const), "gone"],
    ["failing unexpectedly", () => Promise.reject(new Error("ola")), "unreachable"],
  ] as const)("says in words that it is %s", async (_, onRead, code) => {
    const { doorbell, session } = rig();
    session.onRead = onRead;
    expect(await doorbell.calling.search("ola")).toMatchObject({ ok: false, error: { code } });
  });

  it("says so where nobody may search, and while nobody is signed in", async () => {
    const { doorbell, session } = rig();
    Object.defineProperty(session, "offers", {
      value: { ...offersOf(1), search: null, people: null },
      writable: true,
    });
    expect(await doorbell.calling.search("ola")).toMatchObject({ ok: false, error: { code: "notAllowed" } });
    Object.defineProperty(session, "offers", { value: null });
    expect(await doorbell.calling.search("ola")).toMatchObject({ ok: false, error: { code: "notOnline" } });
  });

  it("that the server does not answer ends within the limit of a look-up", async () => {
    const { doorbell, clock } = rig();
    const answered = doorbell.calling.search("ola");
    await clock.advance(10_000);
    expect(await answered).toMatchObject({ ok: false, error: { code: "unreachable" } });
  });
});
