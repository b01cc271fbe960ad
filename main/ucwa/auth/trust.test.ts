import { describe, expect, it } from "vitest";
import { Trust } from "./trust.ts";

const ROOT = "https://lyncdiscover.contoso.example/";

function trust(approved: readonly string[] = [], start = ROOT): Trust {
  const rule = new Trust("contoso.example", approved);
  rule.start(start);
  return rule;
}

describe("the trust rule", () => {
  it(
    "lets a trusted origin approve over https any https origin, and that one for the next",
    { tags: ["trust-https"] },
    () => {
      const rule = trust();
      expect(rule.approve(ROOT, "https://pool.hoster.example/user")).toBe("trusted");
      expect(rule.approve("https://pool.hoster.example/user", "https://fe.hoster.example/apps")).toBe(
        "trusted",
      );
    },
  );

  it("does not let an origin approve that nobody has approved", () => {
    expect(trust().approve("https://stranger.example/", "https://evil.example/")).toBe("ask");
  });

  it("believes plain http only about the sign-in domain", { tags: ["trust-sign-in-domain"] }, () => {
    const rule = trust([], "http://lyncdiscover.contoso.example/");
    const from = "http://lyncdiscover.contoso.example/";
    expect(rule.approve(from, "https://web.contoso.example/root")).toBe("trusted");
    expect(rule.approve(from, "https://contoso.example/root")).toBe("trusted");
    expect(rule.approve(from, "https://web.contoso.example.evil.example/root")).toBe("ask");
    expect(rule.approve(from, "https://evilcontoso.example/root")).toBe("ask");
  });

  it("takes the person's word for an origin, port included", { tags: ["trust-approved"] }, () => {
    const from = "http://lyncdiscover.contoso.example/";
    const rule = trust(["https://pool.hoster.example"], from);
    expect(rule.approve(from, "https://pool.hoster.example/root")).toBe("trusted");
    expect(rule.approve(from, "https://pool.hoster.example:8443/root")).toBe("ask");
  });

  it(
    "lets a credential travel in the clear on this machine alone, and nobody elsewhere send it here",
    { tags: ["credentials-https"] },
    () => {
      const rule = trust([], "http://127.0.0.1:4000/");
      expect(rule.approve("http://127.0.0.1:4000/", "http://127.0.0.1:4001/apps")).toBe("trusted");
      expect(rule.approve("http://127.0.0.1:4001/apps", "http://[::1]:4002/")).toBe("trusted");
      expect(trust().approve(ROOT, "http://127.0.0.1:4001/apps")).toBe("refused");
      expect(trust().approve(ROOT, "http://localhost.evil.example/")).toBe("refused");
      const approved = trust(["http://web.contoso.example"]);
      expect(approved.approve(ROOT, "http://web.contoso.example/user")).toBe("refused");
    },
  );

  it("counts scheme, host and port: another port of a trusted host is a stranger to be approved", () => {
    const rule = trust();
    expect(rule.approve(ROOT, "https://pool.hoster.example/")).toBe("trusted");
    expect(rule.knows("https://pool.hoster.example:443/x")).toBe(true);
    expect(rule.knows("https://pool.hoster.example:8443/x")).toBe(false);
    expect(rule.knows("http://pool.hoster.example/x")).toBe(false);
    expect(rule.approve("https://pool.hoster.example:8443/", "https://evil.example/")).toBe("ask");
    expect(rule.approve("https://pool.hoster.example/", "https://fe.hoster.example/")).toBe("trusted");
  });

  it("keeps its word about an origin that is named again by one that may not approve", () => {
    const rule = trust();
    expect(rule.approve(ROOT, "https://pool.hoster.example/")).toBe("trusted");
    expect(rule.approve("http://lyncdiscover.contoso.example/", "https://pool.hoster.example/")).toBe(
      "trusted",
    );
  });

  it("remembers whom it has approved, and not whom it has asked about or refused", () => {
    const rule = trust([], "http://lyncdiscover.contoso.example/");
    const from = "http://lyncdiscover.contoso.example/";
    for (const target of ["https://pool.hoster.example/", "http://web.contoso.example/"]) {
      expect(rule.approve(from, target)).not.toBe("trusted");
      expect(rule.knows(target)).toBe(false);
    }
    expect(rule.approve(from, "https://web.contoso.example/")).toBe("trusted");
    expect(rule.knows("https://web.contoso.example/")).toBe(true);
    expect(rule.approve("https://web.contoso.example/", "https://pool.hoster.example/")).toBe("trusted");
  });

  it.each([
    "https://evilcontoso.example/",
    "https://contoso.example.evil.example/",
    "https://contoso.example@evil.example/",
    "https://contoso.example:x@evil.example/",
    "https://evil.example/contoso.example",
    "https://evil.example/?contoso.example",
    "https://evil.example#.contoso.example",
    "https://web.contoso.examples/",
    "https://contoso/",
    "https://xn--contoso-9za.example/",
    "https://c\u043Entoso.example/",
  ])("does not take %s for the sign-in domain", (target) => {
    const from = "http://lyncdiscover.contoso.example/";
    expect(trust([], from).approve(from, target)).toBe("ask");
  });

  it.each([
    ["contoso.example", "https://WEB.Contoso.EXAMPLE/"],
    ["Contoso.Example", "https://web.contoso.example/"],
    ["contoso.example", "https://web.contoso.example./"],
    ["contoso.example.", "https://web.contoso.example/"],
    ["contoso.example", "https://user@web.contoso.example:8443/"],
    ["b\u00FCcher.example", "https://web.xn--bcher-kva.example/"],
    ["xn--bcher-kva.example", "https://web.b\u00FCcher.example/"],
  ])("knows the sign-in domain %s in %s", (domain, target) => {
    expect(new Trust(domain, []).approve("http://lyncdiscover.contoso.example/", target)).toBe("trusted");
  });

  it("believes a trusted origin on plain http about nobody outside the sign-in domain", () => {
    const rule = trust([], "http://pool.hoster.example/");
    expect(rule.approve("http://pool.hoster.example/", "https://fe.hoster.example/")).toBe("ask");
  });

  it.each([
    "http://127.0.0.1:4001/",
    "http://localhost/",
    "http://[::1]:4001/",
    "http://127.1/",
    "http://0x7f.1/",
  ])("lets only this machine itself lead to %s", (target) => {
    expect(trust().approve(ROOT, target)).toBe("refused");
    expect(trust([target]).approve(ROOT, target)).toBe("refused");
    expect(trust([], "http://127.0.0.1:4000/").approve("http://127.0.0.1:4000/", target)).toBe("trusted");
  });

  it.each([
    "http://[::ffff:127.0.0.1]/",
    "http://localhost./",
    "http://127.0.0.1.evil.example/",
    "http://0.0.0.0/",
    "http://contoso.example/",
    "data:text/plain,x",
    "ws://web.contoso.example/",
  ])("refuses %s, even for this machine", (target) => {
    expect(trust([], "http://127.0.0.1:4000/").approve("http://127.0.0.1:4000/", target)).toBe("refused");
  });

  it("takes a protected address on this machine for one like any other", () => {
    expect(trust().approve(ROOT, "https://localhost:8443/")).toBe("trusted");
    expect(trust().approve("https://stranger.example/", "https://localhost:8443/")).toBe("ask");
  });

  it("passes over what stands among the approved and is no address", () => {
    expect(
      trust(["nonsense", "", "https://pool.hoster.example/x/y"], "http://x.contoso.example/").approve(
        "http://x.contoso.example/",
        "https://pool.hoster.example/",
      ),
    ).toBe("trusted");
  });
});
