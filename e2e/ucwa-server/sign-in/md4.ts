/** MD4 (RFC 1320): what NTLM makes of a password. OpenSSL 3 no longer has it. */
export function md4(content: Uint8Array): Uint8Array {
  const padded = Buffer.alloc(((content.length + 8) >> 6) * 64 + 64);
  padded.set(content);
  padded[content.length] = 0x80;
  padded.writeUInt32LE((content.length * 8) >>> 0, padded.length - 8);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.length; at += 64) {
    const [startA, startB, startC, startD] = [a, b, c, d];
    for (let step = 0; step < 48; step += 1) {
      const round = rounds[step >> 4];
      if (!round) break;
      const word = padded.readUInt32LE(at + 4 * (round.order[step & 15] ?? 0));
      const sum = (a + round.mix(b, c, d) + word + round.constant) >>> 0;
      const turn = round.turns[step & 3] ?? 0;
      [a, b, c, d] = [d, ((sum << turn) | (sum >>> (32 - turn))) >>> 0, b, c];
    }
    a = (a + startA) >>> 0;
    b = (b + startB) >>> 0;
    c = (c + startC) >>> 0;
    d = (d + startD) >>> 0;
  }
  const digest = Buffer.alloc(16);
  for (const [index, word] of [a, b, c, d].entries()) digest.writeUInt32LE(word, 4 * index);
  return digest;
}

interface Round {
  readonly mix: (x: number, y: number, z: number) => number;
  readonly constant: number;
  readonly turns: readonly number[];
  readonly order: readonly number[];
}

const rounds: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    turns: [3, 7, 11, 19],
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    turns: [3, 5, 9, 13],
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    turns: [3, 9, 11, 15],
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
];
