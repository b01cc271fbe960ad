import { describe, expect, it } from "vitest";
import {
  asList,
  embeddedOf,
  linkOf,
  listOf,
  numberOf,
  ownHref,
  readLink,
  readReason,
  readResource,
  textOf,
} from "./read-resource.ts";
import type { Resource } from "./resource.ts";

const BASE = "https://pool.contoso.example/ucwa/oauth/v1/applications/104";

function read(value: unknown): Resource {
  const resource = readResource(value, BASE);
  if (!resource) throw new Error("no resource");
  return resource;
}

const withProperty = (value: unknown): Resource => read({ value });

describe("a link", () => {
  const hrefs = (links: unknown) =>
    read({ _links: links })
      .links.get("x")
      ?.map(({ href }) => href);

  it("is read from an object, from a list of objects and from a bare text, for any rel", () => {
    const href = "https://pool.contoso.example/a";
    expect(hrefs({ x: { href: "/a" } })).toEqual([href]);
    expect(hrefs({ x: [{ href: "/a" }, { href: "/b" }] })).toEqual([href, "https://pool.contoso.example/b"]);
    expect(hrefs({ x: "/a" })).toEqual([href]);
    expect(hrefs({ x: ["/a"] })).toEqual([href]);
  });

  it("keeps the case of its path, and what its query says", { tags: ["query-untouched"] }, () => {
    const href = "https://pool.contoso.example/People/SaraD@Contoso?Key=aB%2fC==&x=a+b";
    expect(linkOf(read({ _links: { x: { href } } }), "x")?.href).toBe(href);
  });

  it("is absolute wherever it was relative to the document", () => {
    expect(hrefs({ x: [{ href: "b" }, { href: "?c=1" }, { href: "//fe.contoso.example/d" }] })).toEqual([
      "https://pool.contoso.example/ucwa/oauth/v1/applications/b",
      `${BASE}?c=1`,
      "https://fe.contoso.example/d",
    ]);
  });

  it("is left out when it leads nowhere, and a rel without any is none", () => {
    for (const x of [
      null,
      3,
      {},
      [],
      "",
      " ",
      { href: "" },
      { href: 5 },
      { href: "https://[" },
      { href: "ftp://x/" },
    ]) {
      expect(read({ _links: { x } }).links.get("x"), JSON.stringify(x)).toBeUndefined();
    }
    expect(hrefs({ x: [null, { href: "/a" }, { href: "mailto:x@y" }] })).toHaveLength(1);
  });

  const revisions: readonly (readonly [unknown, number, ...rules: string[]])[] = [
    [undefined, 1, "revision-absent"],
    ["2", 2, "applications-revision"],
    [2, 2, "applications-revision"],
    ["2.5", 2.5],
    [" 3 ", 3],
    ["", 1],
    ["two", 1],
    [null, 1],
    [0, 1],
    [-1, 1],
    [{}, 1],
    ["Infinity", 1],
  ];
  for (const [revision, number, ...tags] of revisions) {
    it(
      `has, of ${JSON.stringify(revision)}, the revision ${number} as a number that can be compared`,
      { tags },
      () => {
        expect(readLink({ href: "/a", revision }, BASE)?.revision).toBe(number);
      },
    );
  }

  it("has a title or none", () => {
    expect(readLink({ href: "/a", title: "" }, BASE)?.title).toBe("");
    expect(readLink({ href: "/a", title: 3 }, BASE)?.title).toBeNull();
  });

  it("may be requested only where it is of the document's own origin", () => {
    const resource = read({
      _links: {
        x: [{ href: "https://evil.example/a" }, { href: "/a" }],
        y: { href: "http://pool.contoso.example/a" },
        z: { href: "data:,x" },
      },
    });
    expect(ownHref(resource, "x")).toBe("https://pool.contoso.example/a");
    expect(ownHref(resource, "y")).toBeNull();
    expect(ownHref(resource, "z")).toBeNull();
    expect(linkOf(resource, "z")?.href).toBe("data:,x");
  });
});

describe("a resource", () => {
  it(
    "holds one link or resource, or a list, under any rel, which may not be its own",
    { tags: ["object-or-list"] },
    () => {
      const one = { rel: "participant", name: "Sara" };
      const resource = read({
        _links: { from: { href: "/p/1" }, to: [{ href: "/p/2" }, { href: "/p/3" }] },
        _embedded: { from: one, acceptedByParticipant: [one, { name: "Tosh" }], odd: [3, null], none: null },
      });
      expect(embeddedOf(resource, "from")).toMatchObject({
        rel: "participant",
        properties: { name: "Sara" },
      });
      expect(resource.embedded.get("acceptedByParticipant")).toHaveLength(2);
      expect([...resource.embedded.keys()]).toEqual(["from", "acceptedByParticipant"]);
      expect([...resource.links.keys()]).toEqual(["from", "to"]);
      expect(resource.links.get("to")).toHaveLength(2);
    },
  );

  it("is read six levels deep and no further", () => {
    const nested = (depth: number): unknown => (depth === 0 ? {} : { _embedded: { x: nested(depth - 1) } });
    let at: Resource | null = read(nested(50));
    let levels = 0;
    while ((at = at && embeddedOf(at, "x"))) levels++;
    expect(levels).toBe(6);
  });

  it("keeps the properties it does not know, as they were sent", () => {
    const properties = {
      "56de7bbf-guid": "please pass this in a PUT request",
      etag: "1",
      nested: { a: [1] },
    };
    expect(read({ rel: "communication", ...properties, _links: {} }).properties).toMatchObject(properties);
  });

  it("has no rel where it names none, or one that is no text", () => {
    for (const value of [{}, { rel: 3 }, { rel: null }, { rel: ["me"] }]) expect(read(value).rel).toBe("");
  });

  it("is nothing when it is no object", () => {
    for (const value of [null, undefined, 3, "x", [], [{}]]) expect(readResource(value, BASE)).toBeNull();
  });
});

describe("a property", () => {
  it("is a number, also as a text, and nothing else is", () => {
    for (const number of [0, -1.5, "0", " -1.5 "]) expect(numberOf(number)).toBe(Number(number));
    for (const odd of [null, undefined, true, [], ["1"], {}, "", " ", "x", "Infinity", Number.NaN])
      expect(numberOf(odd)).toBeNull();
  });

  it("is a list where it is one, of one where it is not, and empty where there is nothing", () => {
    expect([asList([1, null]), asList(0), asList(null), asList(undefined)]).toEqual([[1, null], [0], [], []]);
  });

  it("is a list of texts, of one too", () => {
    expect(listOf(withProperty(["Messaging", 3, "Audio"]), "value")).toEqual(["Messaging", "Audio"]);
    expect(listOf(withProperty("Messaging"), "value")).toEqual(["Messaging"]);
    expect(listOf(withProperty(null), "value")).toEqual([]);
  });

  it("is a text, also as a number, for XML has nothing else", () => {
    expect(textOf(withProperty(42), "value")).toBe("42");
    expect(textOf(withProperty(""), "value")).toBe("");
    for (const odd of [null, true, {}, ["x"]]) expect(textOf(withProperty(odd), "value")).toBeNull();
  });
});

describe("an error", () => {
  it(
    "is its code, and perhaps a subcode and a message; nothing hangs on the rest",
    { tags: ["error-body", "error-debug-info"] },
    () => {
      const said = { code: "Conflict", subcode: "AlreadyExists", message: "Already there." };
      expect(readReason({ ...said, debugInfo: { errorReportId: "7" }, parameters: [], newest: 1 })).toEqual(
        said,
      );
      expect(readReason({ code: "Gone", debugInfo: null })).toEqual({
        code: "Gone",
        subcode: null,
        message: null,
      });
      expect(readReason({ debugInfo: { code: "Gone" } })).toBeNull();
    },
  );
});
