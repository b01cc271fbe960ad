import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { integratedHosts } from "./integrated-hosts.ts";

describe("the hosts that may be shown the Windows session", () => {
  it("are those of the sign-in domain, over https", () => {
    const { patterns, allows } = integratedHosts("contoso.example", null);
    expect(patterns).toBe("contoso.example,*.contoso.example");
    expect(allows("https://contoso.example/WebTicket")).toBe(true);
    expect(allows("https://pool.emea.contoso.example:4443/")).toBe(true);
  });

  it.each([
    "http://pool.contoso.example/",
    "https://evilcontoso.example/",
    "https://contoso.example.evil.example/",
    "https://contoso.example@evil.example/",
    "https://evil.example/contoso.example",
    "https://127.0.0.1/",
    "http://localhost/",
    "ftp://contoso.example/",
    "contoso.example",
    "",
  ])("are not %j", (url) => {
    expect(integratedHosts("contoso.example", null).allows(url)).toBe(false);
  });

  it("hold this machine when the person has given a server on it, and no other server", () => {
    const local = integratedHosts("contoso.example", "http://127.0.0.1:5080/");
    expect(local.patterns).toBe("contoso.example,*.contoso.example,127.0.0.1");
    expect(local.allows("http://127.0.0.1:5081/oauth")).toBe(true);
    const far = integratedHosts("contoso.example", "https://lync.partner.example/");
    expect(far.patterns).toBe("contoso.example,*.contoso.example");
    expect(far.allows("https://lync.partner.example/")).toBe(false);
  });

  it("spell an international domain as addresses do", () => {
    const { patterns, allows } = integratedHosts("bücher.example", null);
    expect(patterns).toBe("xn--bcher-kva.example,*.xn--bcher-kva.example");
    expect(allows("https://lync.bücher.example/")).toBe(true);
  });

  it("never hold a host outside of the domain, whatever it is called", () => {
    const { allows } = integratedHosts("contoso.example", null);
    const labels = fc.constantFrom("contoso", "example", "evil", "evilcontoso", "pool", "com");
    fc.assert(
      fc.property(fc.array(labels, { minLength: 1, maxLength: 5 }), (parts) => {
        const host = parts.join(".");
        const inside = host === "contoso.example" || host.endsWith(".contoso.example");
        expect(allows(`https://${host}/`)).toBe(inside);
      }),
    );
  });
});
