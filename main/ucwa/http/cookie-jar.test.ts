import { describe, expect, it } from "vitest";

import { CookieJar } from "./cookie-jar.ts";

const POOL = "https://pool.contoso.example";
const APPLICATION = `${POOL}/ucwa/oauth/v1/applications/7`;
const NOW = Date.UTC(2026, 0, 5, 9);

function jarWith(lines: readonly string[], url = `${POOL}/ucwa/oauth/v1/applications`): CookieJar {
  const jar = new CookieJar();
  jar.keep(url, new Headers(lines.map((line) => ["Set-Cookie", line])), NOW);
  return jar;
}

describe("a cookie", () => {
  it.each([
    ["of the whole host", "LB=fe1; Path=/; Secure; HttpOnly", APPLICATION, "LB=fe1"],
    ["with signs in its value", "LB=a=b==; path=/", APPLICATION, "LB=a=b=="],
    ["of the folder that set it, without a path", "LB=fe1", APPLICATION, "LB=fe1"],
    ["of another folder", "cwt=1; path=/ucwa/oauth/v1/applications/7/photos", APPLICATION, null],
    [
      "of that folder",
      "cwt=1; path=/ucwa/oauth/v1/applications/7/photos",
      `${APPLICATION}/photos/1`,
      "cwt=1",
    ],
    ["of a folder whose name only begins alike", "x=1; path=/ucwa/oauth/v1/app", APPLICATION, null],
    ["for another host", "LB=fe1; Path=/", "https://web.contoso.example/", null],
    [
      "for a host that it names",
      "LB=fe1; Path=/; Domain=contoso.example",
      "https://web.contoso.example/",
      null,
    ],
    ["for another port", "LB=fe1; Path=/", "https://pool.contoso.example:4443/", null],
    ["whose time has passed", "LB=fe1; Path=/; Max-Age=0", APPLICATION, null],
    ["whose date has passed", "LB=fe1; Path=/; Expires=Sun, 04 Jan 2026 09:00:00 GMT", APPLICATION, null],
    [
      "whose age goes before its date",
      "LB=1; Path=/; Max-Age=60; Expires=Sun, 04 Jan 2026 09:00:00 GMT",
      APPLICATION,
      "LB=1",
    ],
    ["without a name", "=fe1; Path=/", APPLICATION, null],
    ["that is none", "LB", APPLICATION, null],
    ["with another line in it", "LB=a\tb; Path=/", APPLICATION, null],
    ["that is too long", `LB=${"x".repeat(4_094)}; Path=/`, APPLICATION, null],
  ])("%s", (_, line, url, sent) => {
    expect(jarWith([line]).headerFor(url, NOW)).toBe(sent);
  });

  it("goes to nobody in the clear when it is to be kept from that", () => {
    expect(jarWith(["LB=1; Secure"], "http://127.0.0.1/a").headerFor("http://127.0.0.1/a", NOW)).toBeNull();
    expect(jarWith(["LB=1"], "http://127.0.0.1/a").headerFor("http://127.0.0.1/a", NOW)).toBe("LB=1");
  });

  it("is sent until its time has come, replaced by one of its name, and taken back", () => {
    const jar = jarWith(["LB=fe1; Path=/; Max-Age=60", "id=7; Path=/ucwa"]);
    expect(jar.headerFor(APPLICATION, NOW)).toBe("id=7; LB=fe1");
    expect(jar.headerFor(APPLICATION, NOW + 60_000)).toBe("id=7");
    jar.keep(POOL, new Headers([["Set-Cookie", "LB=fe2; Path=/"]]), NOW);
    expect(jar.headerFor(POOL, NOW)).toBe("LB=fe2");
    jar.keep(POOL, new Headers([["Set-Cookie", "LB=; Path=/; Max-Age=0"]]), NOW);
    expect(jar.headerFor(POOL, NOW)).toBeNull();
    jar.clear();
    expect(jar.headerFor(APPLICATION, NOW)).toBeNull();
  });

  it("is one of twenty at most", () => {
    const jar = jarWith(Array.from({ length: 30 }, (_, number) => `c${number}=1; Path=/`));
    expect(jar.headerFor(POOL, NOW)?.split("; ")).toHaveLength(20);
    expect(jar.headerFor(POOL, NOW)).toMatch(/^c10=1/);
  });
});
