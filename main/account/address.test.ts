import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress } from "./address.ts";

describe("A sign-in address", () => {
  it.each([
    ["anna@contoso.com", "anna@contoso.com", "contoso.com"],
    ["  SIP:Anna.Berg@Contoso.COM ", "anna.berg@contoso.com", "contoso.com"],
    ["sip: anna@contoso.com", "anna@contoso.com", "contoso.com"],
    ["o'neill+x@sub.contoso.co.uk", "o'neill+x@sub.contoso.co.uk", "sub.contoso.co.uk"],
    ["jörg@müller.example", "jörg@müller.example", "müller.example"],
    ["anna@localhost", "anna@localhost", "localhost"],
  ])("is read from %j", (typed, address, domain) => {
    expect(readAddress(typed)).toEqual({ ok: true, value: { address, domain } });
  });

  it.each([
    ["", /empty/],
    ["sip:", /empty/],
    ["anna", /name@example\.com/],
    ["anna@", /no domain name/],
    ["@contoso.com", /before the @/],
    ["anna@b@c", /name@example\.com/],
    ["an na@contoso.com", /before the @/],
    ["anna@con toso.com", /no domain name/],
    ["anna@contoso.com/evil", /no domain name/],
    ["anna@contoso.com:443", /no domain name/],
    ["anna@-contoso.com", /no domain name/],
    ["anna@contoso..com", /no domain name/],
    ["anna\u0000@contoso.com", /before the @/],
    [`${"a".repeat(300)}@contoso.com`, /at most 256/],
  ])("is refused for %j with a sentence", (typed, message) => {
    const reading = readAddress(typed);
    expect(reading.ok).toBe(false);
    expect(reading.ok ? "" : reading.message).toMatch(message);
  });

  it("is the same when it is read again", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const once = readAddress(typed);
        if (once.ok) expect(readAddress(once.value.address)).toEqual(once);
      }),
    );
    fc.assert(
      fc.property(fc.emailAddress(), (typed) => {
        const once = readAddress(`sip:${typed}`);
        if (once.ok) expect(readAddress(once.value.address)).toEqual(once);
      }),
    );
  });
});
