import { expect, it } from "vitest";
import { ntlmChallenge, ntlmMessage, ntlmProves, ntlmUser } from "./ntlm.ts";

/** The worked example of the open specification of NTLM (MS-NLMP 4.2.4). */
const challenge = Buffer.from("0123456789abcdef", "hex");
const proof = "68cd0ab851e51c96aabc927bebef6a1c";
const names = "02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000";

function third(proven = proof): Buffer {
  const blob = `0101000000000000${"00".repeat(8)}${"aa".repeat(8)}00000000${names}`;
  const parts = [Buffer.from(proven + blob, "hex"), text("Domain"), text("User")];
  const head = Buffer.alloc(64);
  head.write("NTLMSSP\0", "latin1");
  head.writeUInt32LE(3, 8);
  let offset = 64;
  for (const [index, part] of parts.entries()) {
    head.writeUInt16LE(part.length, 20 + 8 * index);
    head.writeUInt32LE(offset, 24 + 8 * index);
    offset += part.length;
  }
  return Buffer.concat([head, ...parts]);
}

function text(value: string): Buffer {
  return Buffer.from(value, "utf16le");
}

it("the worked example of the specification proves the password, and no other", () => {
  expect([ntlmMessage(third()), ntlmUser(third())]).toEqual([3, "User"]);
  expect(ntlmProves(third(), challenge, "Password")).toBe(true);
  expect(ntlmProves(third(), challenge, "password")).toBe(false);
  expect(ntlmProves(third(), Buffer.alloc(8), "Password")).toBe(false);
  expect(ntlmProves(third("00".repeat(16)), challenge, "Password")).toBe(false);
});

it("a message that is cut anywhere proves nothing and breaks nothing", () => {
  for (let length = 0; length < third().length; length += 1)
    expect(ntlmProves(third().subarray(0, length), challenge, "Password")).toBe(false);
});

it("the second message carries the challenge and the names of the server", () => {
  const second = ntlmChallenge(challenge);
  expect(ntlmMessage(second)).toBe(2);
  expect(second.subarray(24, 32)).toEqual(challenge);
  const at = second.readUInt32LE(44);
  expect(at + second.readUInt16LE(40)).toBe(second.length);
});
