import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { linkAmong, readPersonLink } from "./person-link.ts";

const OLA = { to: "ola@contoso.example", subject: "", message: "" };

describe("a link to a person", () => {
  it.each([
    ["doorbell:ola@contoso.example", OLA],
    ["DOORBELL://Ola@Contoso.example/", OLA],
    ["doorbell:sip:ola@contoso.example", OLA],
    ["sip:ola@contoso.example", OLA],
    ["sip:ola%40contoso.example", OLA],
    ["im:ola@contoso.example", OLA],
    ["im:<sip:ola@contoso.example>", OLA],
    ["im:%3Csip:ola@contoso.example%3E", OLA],
    [
      "doorbell:ola@contoso.example?subject=Q3%20%26%20Q4&message=Have+you%0Aa+minute%3F&call=now",
      { ...OLA, subject: "Q3 & Q4", message: "Have you\na minute?" },
    ],
  ])("is read from %s", (text, link) => {
    expect(readPersonLink(text)).toEqual(link);
  });

  it.each([
    "",
    "doorbell:",
    "doorbell:ola",
    "doorbell:%zz@contoso.example",
    "doorbell:ola@contoso.example;gruu;opaque=app:conf",
    "im:<sip:ola@contoso.example><sip:kim@contoso.example>",
    "tel:+4712345678",
    "callto:ola@contoso.example",
    "https://contoso.example/doorbell:ola@contoso.example",
    "--user-data-dir=doorbell:ola@contoso.example",
    "ola@contoso.example",
    ` doorbell:ola@contoso.example`,
    `doorbell:ola@contoso.example?message=${"x".repeat(2_000)}`,
  ])("is none in %j", (text) => {
    expect(readPersonLink(text)).toBeNull();
  });

  it("is cut at the length of a subject, and never breaks", () => {
    expect(readPersonLink(`doorbell:ola@contoso.example?subject=${"x".repeat(400)}`)?.subject).toHaveLength(
      250,
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (rest) => {
        const link = readPersonLink(`doorbell:ola@contoso.example?${rest}`);
        expect(Object.keys(link ?? OLA)).toEqual(["to", "subject", "message"]);
      }),
    );
  });

  it("is found among what a start was told", () => {
    expect(linkAmong(["--hidden", "sip:ola@contoso.example", "sip:kim@contoso.example"], true)).toEqual(OLA);
    expect(linkAmong(["--hidden", "/opt/doorbell/sip:"], true)).toBeNull();
  });

  it("by which other programs name people is none where it is not wanted", () => {
    expect(linkAmong(["sip:kim@contoso.example", "doorbell:ola@contoso.example"], false)).toEqual(OLA);
    expect(linkAmong(["im:ola@contoso.example"], false)).toBeNull();
  });
});
