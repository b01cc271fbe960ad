/** What a person asked for with one key. */
export type Key =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "accept" | "decline" | "tryNow" | "quit" | "interrupt" | "stop" };

const KEYS: Readonly<Record<string, Key>> = {
  a: { kind: "accept" },
  d: { kind: "decline" },
  r: { kind: "tryNow" },
  q: { kind: "quit" },
  "\u0003": { kind: "interrupt" },
  "\u0004": { kind: "quit" },
  "\u001A": { kind: "stop" },
};

/**
 * The keys in what a terminal sent at once. Only a single key, or a number with its answer, counts: an arrow key is
 * sent as letters too, and a text pasted into the wrong window must not answer anybody.
 */
export function pressed(chunk: string): Key[] {
  const text = chunk.toLowerCase();
  if (text.length !== 1 && !/^[1-9][ad]$/.test(text)) return [];
  return Array.from(text).flatMap((character) => {
    if (/[1-9]/.test(character)) return [{ kind: "number" as const, number: Number(character) }];
    const key = Object.hasOwn(KEYS, character) ? KEYS[character] : undefined;
    return key === undefined ? [] : [key];
  });
}

/**
 * Which key number stands for which ringing invitation. A number stays with its invitation until that is over, so that
 * nobody's answer goes to another one because the list has moved under the finger.
 */
export class KeyNumbers {
  readonly #byId = new Map<string, number>();
  #selected: string | null = null;

  get byId(): ReadonlyMap<string, number> {
    return this.#byId;
  }

  /** The id that was chosen by its number and still rings. */
  get selected(): string | null {
    return this.#selected;
  }

  /** `ringing` are the ids that have no end yet, oldest first. */
  update(ringing: readonly string[]): void {
    for (const id of this.#byId.keys()) if (!ringing.includes(id)) this.#byId.delete(id);
    if (this.#selected !== null && !this.#byId.has(this.#selected)) this.#selected = null;
    for (const id of ringing) {
      if (this.#byId.has(id)) continue;
      const taken = new Set(this.#byId.values());
      const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((number) => !taken.has(number));
      if (free !== undefined) this.#byId.set(id, free);
    }
  }

  /** False when the number stands for nobody. */
  select(number: number): boolean {
    for (const [id, own] of this.#byId) {
      if (own !== number) continue;
      this.#selected = id;
      return true;
    }
    return false;
  }
}
