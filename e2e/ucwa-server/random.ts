import { createHash, randomBytes } from "node:crypto";

/** Where ids, tokens and the communication resource's odd property name come from. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** Unpredictable: for the program. */
export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** The same sequence for the same seed: for tests. */
export function seededRandom(seed: string): Random {
  let block = 0;
  return {
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let filled = 0; filled < count; filled += 32) {
        const part = createHash("sha256").update(`${seed}:${block++}`).digest();
        bytes.set(part.subarray(0, count - filled), filled);
      }
      return bytes;
    },
  };
}

/** Lower-case hexadecimal of so many bytes. */
export function hex(random: Random, bytes: number): string {
  return Buffer.from(random.bytes(bytes)).toString("hex");
}

/** Base64 of so many bytes. */
export function base64(random: Random, bytes: number): string {
  return Buffer.from(random.bytes(bytes)).toString("base64");
}

/** A decimal id of `length` digits that does not start with 0. */
export function digits(random: Random, length: number): string {
  return Array.from(random.bytes(length), (byte, index) => (index === 0 ? 1 + (byte % 9) : byte % 10)).join(
    "",
  );
}

/** A random GUID in its usual spelling. */
export function guid(random: Random): string {
  const text = hex(random, 16);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
}
