import { proofsFor, sideOf } from "./proof.ts";
import type { Proof, Side } from "./proof.ts";
import type { Rule, Section } from "./rule.ts";

/** The table in Markdown: a line for each rule, in the order of the sections, with its proofs or the reason for none. */
export function drawTable(sections: readonly Section[], proofs: readonly Proof[]): string {
  const count = sections.reduce((sum, { rules }) => sum + rules.length, 0);
  const chapters = sections.map(({ title, rules }) =>
    [
      `## ${title}`,
      "",
      "| rule | reference | client test | server test |",
      "|---|---|---|---|",
      ...rules.map((rule) => drawRule(rule, proofs)),
      "",
    ].join("\n"),
  );
  return [
    "# The rules of the protocol, and the tests that hold them",
    "",
    `Made from \`e2e/rules\` and from the tests that passed. ${count} rules. A test names the rules that it proves by ` +
      "its tags. The client is Doorbell (`main`, and against the server " +
      "`e2e/protocol`), the server is `e2e/ucwa-server`. In the column “reference”, `capture` is recorded traffic and " +
      "`INFERRED` what no public source states.",
    "",
    ...chapters,
  ].join("\n");
}

/**
 * What is wrong with rules and tests, each in a sentence: an id that stands twice, a rule without a test and without a
 * reason, a reason that a test refutes, a rule with more than one test on a side, a tag in a test of neither side.
 */
export function findFaults(sections: readonly Section[], proofs: readonly Proof[]): string[] {
  const rules = sections.flatMap((section) => section.rules);
  const twice = rules.filter(({ id }, index) => rules.findIndex((rule) => rule.id === id) !== index);
  const stray = proofs.filter(({ file }) => sideOf(file) === null);
  return [
    ...twice.map(({ id }) => `Two rules are called “${id}”.`),
    ...stray.map(
      ({ rule, file, name }) => `${file} is a test of neither side, but “${name}” has the tag “${rule}”.`,
    ),
    ...rules.flatMap((rule) => [
      ...faultOf(rule, "client", rule.noClient, proofs),
      ...faultOf(rule, "server", rule.noServer, proofs),
    ]),
  ];
}

function faultOf(
  { id }: Rule,
  side: Side,
  reason: string | undefined,
  proofs: readonly Proof[],
): readonly string[] {
  const found = proofsFor(id, side, proofs);
  const [proof] = found;
  if (proof && reason !== undefined)
    return [
      `The rule “${id}” gives a reason for having no ${side} test, but “${proof.name}” in ${proof.file} is one.`,
    ];
  if (!proof && reason === undefined) return [`The rule “${id}” has neither a ${side} test nor a reason.`];
  if (found.length > 1) {
    const places = found.map(({ name, file }) => `“${name}” in ${file}`).join(", ");
    return [`The rule “${id}” has ${found.length} ${side} tests where it is to have one: ${places}.`];
  }
  return [];
}

function drawRule(rule: Rule, proofs: readonly Proof[]): string {
  const cell = (side: Side, reason: string | undefined) => {
    const found = proofsFor(rule.id, side, proofs).map(drawProof);
    return found.length > 0 ? found.join("<br>") : `*${plain(reason ?? "none yet")}*`;
  };
  const cells = [
    `<a id="${rule.id}"></a>${plain(rule.rule)}`,
    plain(rule.page),
    cell("client", rule.noClient),
    cell("server", rule.noServer),
  ];
  return `| ${cells.join(" | ")} |`;
}

function drawProof({ file, name, cases }: Proof): string {
  const more = cases === 1 ? "" : ` (${cases} cases)`;
  return `${plain(name)}${more} (${plain(file)})`;
}

/** Text in a cell: nothing in it ends the cell or means something to Markdown, but for code between backticks. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll("|", "&#124;")
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\`*_<>[\]]/g, String.raw`\$&`)))
    .join("");
}
