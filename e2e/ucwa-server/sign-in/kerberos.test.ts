import { describe, expect, it } from "vitest";
import { carriesKerberosTicket } from "./kerberos.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const head = "60 8201ff 06062b0601050502 a08201ef 308201eb a00d300b 06092a864886f712010202";

describe("the credential of a Negotiate sign-in", () => {
  it("carries a Kerberos ticket when it is a request to a service", () => {
    expect(
      carriesKerberosTicket(hex(`${head} a28201d8 048201d4 60 8201d0 06092a864886f712010202 0100 6e 8201bf`)),
    ).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["text", "7469636b6574"],
    ["an offer without a ticket", head],
    ["NTLM", "4e544c4d53535000 01000000"],
    ["another mechanism", "60 10 06062b0601050502 a0 0c 300a 0608 2b0601040182370202 0a 01006e"],
    ["a ticket outside of SPNEGO", "60 8201d0 06092a864886f712010202 0100 6e 8201bf"],
  ])("carries none in %s", (_what, bytes) => {
    expect(carriesKerberosTicket(hex(bytes))).toBe(false);
  });
});
