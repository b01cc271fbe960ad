import fc from "fast-check";
import { expect, it } from "vitest";

import { handOverAddress } from "./hand-over.ts";

it.each([
  ["sip:ada@contoso.example", "sip:ada@contoso.example"],
  ["SIP:Ada.Winter+x@Contoso.example;gruu;opaque=app:x", "sip:ada.winter+x@contoso.example"],
  ["sip:ada@contoso.example?subject=x", "sip:ada@contoso.example"],
])("%s is handed over as %s", (uri, address) => {
  expect(handOverAddress(uri)).toBe(address);
});

it.each([
  "",
  "ada@contoso.example",
  "tel:+14255550100",
  "https://contoso.example",
  "sip:ada@contoso",
  "sip:ada@",
  "sip:a b@contoso.example",
  "sip:ada%0a@contoso.example",
  "sip:ada&calc@contoso.example",
  "sip:ada@contoso.example:5061",
  "sip:ada@-contoso.example",
  "sip:ada@evil.example@contoso.example",
  `sip:${"a".repeat(300)}@contoso.example`,
])("%j is handed over to nobody", (uri) => {
  expect(handOverAddress(uri)).toBeNull();
});

it("hands over plain addresses alone, whatever a server calls somebody", () => {
  const pieces = fc.oneof(
    fc.constantFrom("sip:", "ada", "@", ".example", ";", "?", "`", "$(", "\n", "%"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      expect(handOverAddress(parts.join("")) ?? "sip:a@b.c").toMatch(/^sip:[\w.+-]+@[a-z\d.-]+$/);
    }),
    { numRuns: 2_000 },
  );
});
