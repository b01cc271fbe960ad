import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readChallenges, tokenOffer } from "./challenge.ts";

const BEARER = `Bearer trusted_issuers="00000002-0000@example.com,other", client_id="00000004-0000"`;
const OAUTH = `MsRtcOAuth href="https://web.example/WebTicket/oauthtoken",grant_type="urn:microsoft.rtc:windows,urn:microsoft.rtc:anonmeeting,password"`;
const OFFER = {
  href: "https://web.example/WebTicket/oauthtoken",
  grants: ["urn:microsoft.rtc:windows", "urn:microsoft.rtc:anonmeeting", "password"],
};

describe("the challenge of a server", () => {
  it(
    "is read from two lines or one, in either order",
    { tags: ["challenge-bearer", "challenge-two-lines", "challenge-commas"] },
    () => {
      const lines = new Headers([BEARER, OAUTH].map((line) => ["WWW-Authenticate", line]));
      expect(tokenOffer(readChallenges(lines.get("WWW-Authenticate") ?? ""))).toEqual(OFFER);
      expect(tokenOffer(readChallenges(`${OAUTH}, ${BEARER}`))).toEqual(OFFER);
    },
  );

  it(
    "is read with an unquoted href and any case of names",
    { tags: ["challenge-unquoted", "challenge-case"] },
    () => {
      const header = `MSRTCOAUTH HREF=https://web.example/WebTicket/oauthtoken,Grant_Type="password"`;
      expect(tokenOffer(readChallenges(header))).toEqual({ href: OFFER.href, grants: ["password"] });
    },
  );

  it("is read with an unquoted list of grants, which ends where the next parameter or challenge begins", () => {
    const list = "urn:microsoft.rtc:windows, password";
    for (const rest of ["", `, href=${OFFER.href}`, ", Negotiate", `, ${BEARER}`]) {
      const header = `MsRtcOAuth href=${OFFER.href},grant_type=${list}${rest}`;
      const offer = { href: OFFER.href, grants: ["urn:microsoft.rtc:windows", "password"] };
      expect(tokenOffer(readChallenges(header))).toEqual(offer);
    }
    expect(readChallenges(`MsRtcOAuth grant_type=${list}, Negotiate`).map(({ scheme }) => scheme)).toEqual([
      "msrtcoauth",
      "negotiate",
    ]);
  });

  it(
    "is found beside Negotiate and NTLM, with and without their opaque value",
    { tags: ["challenge-others"] },
    () => {
      const header = `Negotiate YIIAbc, NTLM TlRMTVNTUAAB==, Kerberos, ${OAUTH}, Basic realm="a, b"`;
      expect(readChallenges(header).map(({ scheme }) => scheme)).toEqual([
        "negotiate",
        "ntlm",
        "kerberos",
        "msrtcoauth",
        "basic",
      ]);
      expect(tokenOffer(readChallenges(header))).toEqual(OFFER);
    },
  );

  it("is read with one grant without quotation marks, and takes no more of them for another parameter", () => {
    expect(tokenOffer(readChallenges("MsRtcOAuth href=/t, grant_type=password"))).toEqual({
      href: "/t",
      grants: ["password"],
    });
    expect(readChallenges("MsRtcOAuth href=/t, password").map(({ scheme }) => scheme)).toEqual([
      "msrtcoauth",
      "password",
    ]);
    expect(tokenOffer(readChallenges("MsRtcOAuth href=/t, password"))).toEqual({ href: "/t", grants: [] });
  });

  it("is read where nothing separates its parameters, and where more separates its grants than has to", () => {
    expect(tokenOffer(readChallenges('MsRtcOAuth href="/t"grant_type=", password,,x "'))).toEqual({
      href: "/t",
      grants: ["password", "x"],
    });
  });

  it("is no offer when it names no address", () => {
    expect(tokenOffer(readChallenges(`MsRtcOAuth grant_type="password"`))).toBeNull();
    expect(tokenOffer(readChallenges(BEARER))).toBeNull();
    expect(tokenOffer(readChallenges(""))).toBeNull();
  });

  it("never hangs or throws, whatever the header", () => {
    fc.assert(fc.property(fc.string(), (header) => void tokenOffer(readChallenges(header))));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'a=",; \\/:') }),
        (header) => void readChallenges(header),
      ),
    );
  });
});
