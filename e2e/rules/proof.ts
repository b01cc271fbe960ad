/** Who is held to a rule by a test. */
export type Side = "client" | "server";

/** A passed test, or several cases of one, that names a rule by its tag. */
export interface Proof {
  readonly rule: string;
  /** From the top of the repository, with `/`. */
  readonly file: string;
  /** With the names of the suites around it; of several cases, what their names have in common. */
  readonly name: string;
  /** How many cases stand in the same place: the rows of an `it.each`. */
  readonly cases: number;
}

/** A passed test as the runner reports it. */
export interface PassedTest {
  readonly file: string;
  readonly name: string;
  /** Where it stands in its file: the cases of an `it.each` stand in one place. */
  readonly place: string;
  readonly tags: readonly string[];
}

/**
 * Whose test it is, by its folder. Where client and server meet (`e2e/protocol`), the client is held against the
 * server's list of breaches, so a test there is the client's. Null: nobody's, and a tag there is a mistake.
 */
export function sideOf(file: string): Side | null {
  if (file.startsWith("e2e/ucwa-server/")) return "server";
  if (file.startsWith("main/") || file.startsWith("e2e/protocol/")) return "client";
  return null;
}

/** What tests prove: one proof for each rule and place, by file and in the order of the file. */
export function proofsOf(tests: readonly PassedTest[]): Proof[] {
  const proofs = new Map<string, Proof>();
  for (const { file, name, place, tags } of tests.toSorted((a, b) => compareText(a.file, b.file))) {
    for (const rule of new Set(tags)) {
      const key = JSON.stringify([rule, file, place]);
      const known = proofs.get(key);
      const names = known ? inCommon(known.name, name) : name;
      proofs.set(key, { rule, file, name: names, cases: (known?.cases ?? 0) + 1 });
    }
  }
  return [...proofs.values()];
}

/** Those of one rule on one side. */
export function proofsFor(id: string, side: Side, proofs: readonly Proof[]): readonly Proof[] {
  return proofs.filter(({ rule, file }) => rule === id && sideOf(file) === side);
}

/** What two names have in common, by words: `a red house`, `a blue house` → `a … house`. */
function inCommon(one: string, other: string): string {
  if (one === other) return one;
  const [a, b] = [one.split(" "), other.split(" ")];
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head] && a[head] !== GAP) head += 1;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail) && a.at(-1 - tail) !== GAP) tail += 1;
  return [...a.slice(0, head), GAP, ...a.slice(a.length - tail)].join(" ");
}

const GAP = "…";

/** By code unit, so that the table is the same in every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
