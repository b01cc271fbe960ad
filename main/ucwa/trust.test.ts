import { describe, expect, it } from "vitest";
import { Trust } from "./trust.ts";

const ROOT = "https://lyncdiscover.contoso.example/";

function trust(approved: readonly string[] = [], start = ROOT): Trust {
  const rule = new Trust("contoso.example", approved);
  rule.start(start);
  return rule;
}

describe("the trust rule", () => {
  it("lets a trusted origin vouch over https for any https origin, and that one for the next", () => {
    const rule = trust();
    expect(rule.vouch(ROOT, "https://pool.hoster.example/user")).toBe("trusted");
    expect(rule.vouch("https://pool.hoster.example/user", "https://fe.hoster.example/apps")).toBe("trusted");
  });

  it("does not let an origin vouch that nobody has vouched for", () => {
    expect(trust().vouch("https://stranger.example/", "https://evil.example/")).toBe("ask");
  });

  it("believes plain http only about the sign-in domain", () => {
    const rule = trust([], "http://lyncdiscover.contoso.example/");
    const from = "http://lyncdiscover.contoso.example/";
    expect(rule.vouch(from, "https://web.contoso.example/root")).toBe("trusted");
    expect(rule.vouch(from, "https://contoso.example/root")).toBe("trusted");
    expect(rule.vouch(from, "https://web.contoso.example.evil.example/root")).toBe("ask");
    expect(rule.vouch(from, "https://evilcontoso.example/root")).toBe("ask");
  });

  it("takes the person's word for an origin, port included", () => {
    const from = "http://lyncdiscover.contoso.example/";
    const rule = trust(["https://pool.hoster.example"], from);
    expect(rule.vouch(from, "https://pool.hoster.example/root")).toBe("trusted");
    expect(rule.vouch(from, "https://pool.hoster.example:8443/root")).toBe("ask");
  });

  it("refuses every address where a credential would travel in the clear", () => {
    expect(trust(["http://web.contoso.example"]).vouch(ROOT, "http://web.contoso.example/user")).toBe(
      "refused",
    );
  });

  it("lets loopback vouch for loopback, and nobody elsewhere send us to this machine unprotected", () => {
    const rule = trust([], "http://127.0.0.1:4000/");
    expect(rule.vouch("http://127.0.0.1:4000/", "http://127.0.0.1:4001/apps")).toBe("trusted");
    expect(rule.vouch("http://127.0.0.1:4001/apps", "http://[::1]:4002/")).toBe("trusted");
    expect(trust().vouch(ROOT, "http://127.0.0.1:4001/apps")).toBe("refused");
    expect(trust().vouch(ROOT, "http://localhost.evil.example/")).toBe("refused");
  });
});
