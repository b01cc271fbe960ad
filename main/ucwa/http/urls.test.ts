import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostName, isOfOrigin, originOf, resolveHref, withParameters } from "./urls.ts";

describe("urls", () => {
  it("resolves relative, absolute and odd hrefs, and nothing but http and https", () => {
    const base = "https://fe.example/ucwa/app/1";
    expect(resolveHref("/a b?c=d e", base)).toBe("https://fe.example/a%20b?c=d%20e");
    expect(resolveHref("HTTPS://FE.example:443/x#frag", base)).toBe("https://fe.example/x");
    expect(resolveHref("https://user:secret@fe.example/x", base)).toBe("https://fe.example/x");
    expect(resolveHref("/x#", base)).toBe("https://fe.example/x");
    expect(resolveHref("", `${base}#frag`)).toBe(base);
    expect(resolveHref("https://:secret@fe.example/x", base)).toBe("https://fe.example/x");
    expect(resolveHref("http://fe.example:80/x", base)).toBe("http://fe.example/x");
    expect(resolveHref(`/${"x".repeat(8_191)}`, base)).toHaveLength("https://fe.example/".length + 8_191);
    expect(resolveHref(`/${"x".repeat(8_192)}`, base)).toBeNull();
    expect(resolveHref("javascript:alert(1)", base)).toBeNull();
    expect(resolveHref("file:///etc/passwd", base)).toBeNull();
    expect(resolveHref("https://[", base)).toBeNull();
  });

  it("resolves every href as a URL parser does, also those that it needs none for", () => {
    const parts = [
      "/",
      "/",
      ".",
      "..",
      "?",
      "a",
      "B9",
      "-_~",
      "@x",
      ":1",
      "%2e",
      "%41",
      "'",
      '"',
      " ",
      "\\",
      "é",
      "#",
      "=&",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { maxLength: 8 }),
        fc.constantFrom("", "?ack=1"),
        (some, query) => {
          const href = some.join("");
          const base = `https://fe.example:8443/ucwa/app/1${query}`;
          const url = URL.parse(href, base);
          const parsed =
            url === null ? null : Object.assign(url, { username: "", password: "", hash: "" }).href;
          expect(resolveHref(href, base)).toBe(parsed?.startsWith("http") ? parsed : null);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it(
    "adds parameters without touching what the server gave",
    { tags: ["events-parameters-added", "ack-untouched"] },
    () => {
      expect(withParameters("https://fe.example/e?ack=1%2c0&key=a+b/c==", { timeout: 180, low: 60 })).toBe(
        "https://fe.example/e?ack=1%2c0&key=a+b/c==&timeout=180&low=60",
      );
      expect(withParameters("https://fe.example/e", { timeout: 180 })).toBe(
        "https://fe.example/e?timeout=180",
      );
      expect(withParameters("https://fe.example/e?", { timeout: 180 })).toBe(
        "https://fe.example/e?timeout=180",
      );
      expect(
        withParameters("https://fe.example/e?timeout=900&a?b=1&low=15&slow=2", { timeout: 180, low: 60 }),
      ).toBe("https://fe.example/e?a?b=1&slow=2&timeout=180&low=60");
    },
  );

  it("is of an origin by its scheme, its whole host and its port, and by nothing less", () => {
    const origin = "https://pool.example";
    expect(isOfOrigin("https://pool.example/x", origin)).toBe(true);
    for (const url of [
      "https://pool.example.evil.example/x",
      "https://pool.example:8443/x",
      "https://pool.example@evil.example/x",
      "https://evil.example/pool.example/x",
      "https://loop.example/x",
      "http://pool.example/x",
    ])
      expect(isOfOrigin(url, origin), url).toBe(false);
    expect(
      ["https://A.example:443/x", "https://a.example:8443/", "https://A.example:443/x"].map(originOf),
    ).toEqual(["https://a.example", "https://a.example:8443", "https://a.example"]);
  });

  it("names a host in lower case, in ASCII and without its last dot, and leaves alone what is no host", () => {
    expect(hostName("Contoso.Example.")).toBe("contoso.example");
    expect(hostName("B\u00FCcher.example")).toBe("xn--bcher-kva.example");
    expect(hostName("")).toBe("");
    expect(hostName("a b")).toBe("a b");
  });
});
