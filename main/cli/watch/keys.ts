import type { Keystroke } from "./keystrokes.ts";

/** What a person asked for with one key. */
export type Key =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: (typeof COMMANDS)[keyof typeof COMMANDS] | "write" | "interrupt" | "stop" };

const COMMANDS = {
  a: "accept",
  d: "decline",
  x: "cancel",
  c: "call",
  s: "sendAgain",
  l: "leave",
  r: "tryNow",
  q: "quit",
} as const;

/**
 * The keys in what a terminal sent at once. Only a single key, or a number with its answer, counts: a text pasted into
 * the wrong window must not answer anybody.
 */
export function pressed(strokes: readonly Keystroke[]): Key[] {
  const [first, second, ...others] = strokes;
  if (first === undefined || others.length > 0) return [];
  if (first.kind !== "text") return second === undefined ? controlKey(first) : [];
  const text = first.text.toLowerCase();
  if (second !== undefined)
    return second.kind === "enter" && /^[1-9]$/.test(text) ? [numberKey(text), { kind: "write" }] : [];
  if (!/^(?:[a-z]|[1-9][a-z]?)$/.test(text)) return [];
  return Array.from(text).flatMap((character): Key[] => {
    if (/[1-9]/.test(character)) return [numberKey(character)];
    return isCommand(character) ? [{ kind: COMMANDS[character] }] : [];
  });
}

function numberKey(digit: string): Key {
  return { kind: "number", number: Number(digit) };
}

function isCommand(character: string): character is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, character);
}

function controlKey({ kind }: Keystroke): Key[] {
  if (kind === "enter") return [{ kind: "write" }];
  if (kind === "endOfText") return [{ kind: "quit" }];
  return kind === "interrupt" || kind === "stop" ? [{ kind }] : [];
}

/**
 * Which key number stands for which invitation, call or conversation. A number stays with what it stands for until that
 * is over, so that nobody's answer goes to another one because the list has moved under the finger.
 */
export class KeyNumbers {
  readonly #byId = new Map<string, number>();
  #selected: string | null = null;

  get byId(): ReadonlyMap<string, number> {
    return this.#byId;
  }

  /** The id that was chosen by its number and is not over. */
  get selected(): string | null {
    return this.#selected;
  }

  /** `ringing` are the ids that have no end yet, oldest first; where the numbers do not suffice, they come before `others`. */
  update(ringing: readonly string[], others: readonly string[] = []): void {
    for (const id of this.#byId.keys())
      if (!ringing.includes(id) && !others.includes(id)) this.#byId.delete(id);
    for (const id of [...ringing, ...others]) {
      if (this.#byId.has(id)) continue;
      const taken = new Set(this.#byId.values());
      const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((number) => !taken.has(number));
      const number = free ?? (ringing.includes(id) ? this.#taken(others) : undefined);
      if (number !== undefined) this.#byId.set(id, number);
    }
    if (this.#selected !== null && !this.#byId.has(this.#selected)) this.#selected = null;
  }

  /** False when the number stands for nothing. */
  select(number: number): boolean {
    for (const [id, own] of this.#byId) {
      if (own !== number) continue;
      this.#selected = id;
      return true;
    }
    return false;
  }

  /** The number of the last of those that have one, which loses it. */
  #taken(others: readonly string[]): number | undefined {
    const id = others.findLast((other) => this.#byId.has(other));
    const number = id === undefined ? undefined : this.#byId.get(id);
    if (id !== undefined) this.#byId.delete(id);
    return number;
  }
}
