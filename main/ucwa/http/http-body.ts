/** An event package with hundreds of invitations stays far below; a decompressed bomb does not. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The bytes of one answer, in one buffer: millions of chunks of a byte each would cost many times their length. */
export class Body {
  readonly #most: number;
  #bytes: Uint8Array = NOTHING;
  #length = 0;

  constructor(mostBytes = MAX_BODY_BYTES) {
    this.#most = mostBytes;
  }

  /** In bytes. */
  get length(): number {
    return this.#length;
  }

  /** False when there is no room for the chunk. */
  add(chunk: Uint8Array): boolean {
    const length = this.#length + chunk.byteLength;
    if (length > this.#most) return false;
    // Most answers are one chunk, which is not copied.
    if (this.#length === 0) this.#bytes = chunk;
    else {
      if (length > this.#bytes.byteLength) this.#grow(length);
      this.#bytes.set(chunk, this.#length);
    }
    this.#length = length;
    return true;
  }

  /** JSON is UTF-8 whatever is declared; what is no UTF-8 becomes replacement characters, a byte order mark goes. */
  text(): string {
    return UTF_8.decode(this.#bytes.subarray(0, this.#length));
  }

  /** A copy: a chunk may be a small part of a large buffer, which whoever keeps it would keep. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, Math.min(2 * this.#bytes.byteLength, this.#most)));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

const NOTHING = new Uint8Array();
/** Made once: that is dear. */
const UTF_8 = new TextDecoder();
