import fc from "fast-check";
import { proofsFor } from "./proof.ts";
import type { Proof, Side } from "./proof.ts";
import type { Rule, Section } from "./rule.ts";

/** How many rules to draw, and by which seed: the same two draw the same rules again. */
export interface Draw {
  readonly count: number;
  readonly seed: number;
}

/** Some of the rules by chance, each at most once, in their order; all of them where that many are not there. */
export function drawRules(sections: readonly Section[], { count, seed }: Draw): readonly Rule[] {
  const rules = sections.flatMap((section) => section.rules);
  const wanted = Math.min(count, rules.length);
  const choice = fc.subarray(rules, { minLength: wanted, maxLength: wanted });
  return fc.sample(choice, { seed, numRuns: 1 })[0] ?? [];
}

/** The drawn rules for whoever breaks each of them by hand: the sentence, and of each side the test that is to fail. */
export function tellDraw(sections: readonly Section[], proofs: readonly Proof[], draw: Draw): string {
  const drawn = drawRules(sections, draw).map((rule, index) =>
    [
      `${index + 1}. ${rule.id}: ${rule.rule}`,
      `   client: ${holderOf(rule.id, "client", rule.noClient, proofs)}`,
      `   server: ${holderOf(rule.id, "server", rule.noServer, proofs)}`,
      "",
    ].join("\n"),
  );
  return [`Seed ${draw.seed}.`, "", ...drawn].join("\n");
}

/** The test that holds a rule on one side, or the reason why none does. */
function holderOf(id: string, side: Side, reason: string | undefined, proofs: readonly Proof[]): string {
  const found = proofsFor(id, side, proofs).map(({ name, cases, file }) =>
    cases === 1 ? `${name} (${file})` : `${name} (${cases} cases) (${file})`,
  );
  return found.join("; ") || (reason ?? "none yet");
}
