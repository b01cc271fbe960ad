import { createHmac, timingSafeEqual } from "node:crypto";
import { createMD4 } from "hash-wasm";

// What NTLM makes of a password; OpenSSL 3 no longer has it.
const md4 = await createMD4();
const signature = Buffer.from("NTLMSSP\0", "latin1");
// Unicode, NTLM, and a target information block in the challenge.
const flags = 0x0000_0001 | 0x0000_0200 | 0x0080_0000;

/** The number of an NTLM message: 1 asks, 2 challenges, 3 answers; `null` when it is none. */
export function ntlmMessage(message: Buffer): number | null {
  if (message.length < 12 || !message.subarray(0, 8).equals(signature)) return null;
  return message.readUInt32LE(8);
}

/** The second message, for this challenge of eight bytes. */
export function ntlmChallenge(challenge: Uint8Array): Buffer {
  const name = Buffer.from("DOORBELL", "utf16le");
  const information = Buffer.concat([pair(2, name), pair(1, name), pair(0, Buffer.alloc(0))]);
  const head = Buffer.alloc(48);
  signature.copy(head);
  head.writeUInt32LE(2, 8);
  field(head, 12, name.length, 48);
  head.writeUInt32LE(flags, 20);
  Buffer.from(challenge).copy(head, 24);
  field(head, 40, information.length, 48 + name.length);
  return Buffer.concat([head, name, information]);
}

/** Who the third message says it is: `null` when it cannot be read. */
export function ntlmUser(message: Buffer): string | null {
  return text(message, 36);
}

/** Whether the third message proves that its sender knows the password, by NTLM version 2. */
export function ntlmProves(message: Buffer, challenge: Uint8Array, password: string): boolean {
  const user = text(message, 36);
  const domain = text(message, 28);
  const response = read(message, 20);
  if (user === null || domain === null || response === null || response.length <= 24) return false;
  const key = hmac(
    md4.init().update(Buffer.from(password, "utf16le")).digest("binary"),
    Buffer.from(user.toUpperCase() + domain, "utf16le"),
  );
  const proof = hmac(key, Buffer.concat([challenge, response.subarray(16)]));
  return timingSafeEqual(proof, response.subarray(0, 16));
}

function hmac(key: Uint8Array, content: Uint8Array): Buffer {
  return createHmac("md5", key).update(content).digest();
}

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

function field(head: Buffer, at: number, length: number, offset: number): void {
  head.writeUInt16LE(length, at);
  head.writeUInt16LE(length, at + 2);
  head.writeUInt32LE(offset, at + 4);
}

function read(message: Buffer, at: number): Buffer | null {
  if (message.length < at + 8) return null;
  const length = message.readUInt16LE(at);
  const offset = message.readUInt32LE(at + 4);
  return offset + length <= message.length ? message.subarray(offset, offset + length) : null;
}

function text(message: Buffer, at: number): string | null {
  return read(message, at)?.toString("utf16le") ?? null;
}
