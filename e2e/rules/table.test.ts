import { describe, expect, it } from "vitest";
import { proofsOf, sideOf } from "./proof.ts";
import type { PassedTest, Proof } from "./proof.ts";
import type { Rule, Section } from "./rule.ts";
import { sections, tags } from "./rules.ts";
import { drawTable, findFaults } from "./table.ts";

const CLIENT = "main/ucwa/a.test.ts";
const SERVER = "e2e/ucwa-server/b.test.ts";

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  page: "RootURL",
  rule: `Of ${id}.`,
  ...more,
});
const section = (...rules: Rule[]): readonly Section[] => [{ title: "Discovery", rules }];
const proof = (id: string, file: string, more: Partial<Proof> = {}): Proof => ({
  rule: id,
  file,
  name: `proves ${id}`,
  cases: 1,
  ...more,
});
const test = (file: string, name: string, place: string, ...named: string[]): PassedTest => ({
  file,
  name,
  place,
  tags: named,
});

describe("what tests prove", () => {
  it("is the client's under main and where both meet, the server's beside the server, and else nobody's", () => {
    expect(sideOf("main/ucwa/a.test.ts")).toBe("client");
    expect(sideOf("e2e/protocol/a.test.ts")).toBe("client");
    expect(sideOf("e2e/ucwa-server/a.test.ts")).toBe("server");
    expect(sideOf("e2e/ucwa-server-of-others/a.test.ts")).toBeNull();
    expect(sideOf("renderer/a.test.ts")).toBeNull();
  });

  it("counts the cases of one place as one proof, and keeps tests of one name apart", () => {
    const tests = [
      test(SERVER, "row 1", "7:1", "a"),
      test(SERVER, "row 2", "7:1", "a", "a", "b"),
      test(CLIENT, "same", "1:1", "a"),
      test(CLIENT, "same", "2:1", "a"),
      test(CLIENT, "untagged", "3:1"),
    ];
    expect(proofsOf(tests)).toEqual([
      proof("a", SERVER, { name: "row …", cases: 2 }),
      proof("b", SERVER, { name: "row 2" }),
      proof("a", CLIENT, { name: "same" }),
      proof("a", CLIENT, { name: "same" }),
    ]);
  });

  it("names several cases by what their names have in common", () => {
    const nameOf = (...names: string[]) =>
      proofsOf(names.map((name) => test(CLIENT, name, "1:1", "a"))).map(({ name }) => name);
    expect(nameOf("a › is 401 at once", "a › is 403 at once", "a › is a bare 410 at once")).toEqual([
      "a › is … at once",
    ]);
    expect(nameOf("a › x", "a › x y", "a › y")).toEqual(["a › …"]);
    expect(nameOf("a › x x", "a › x")).toEqual(["a › x …"]);
    expect(nameOf("a › same", "a › same")).toEqual(["a › same"]);
  });

  it("does not hang on the order in which files have run", () => {
    const tests = [test(CLIENT, "one", "1:1", "a"), test(CLIENT, "two", "2:1", "a")];
    const other = test(SERVER, "three", "1:1", "a");
    expect(proofsOf([other, ...tests])).toEqual(proofsOf([...tests, other]));
  });
});

describe("the table", () => {
  it("has a line for each rule, with the tests of both sides, the number of cases, and reasons", () => {
    const rules = section(rule("a"), rule("b", { noServer: "Nobody asks." }));
    const proofs = [
      proof("a", CLIENT),
      proof("a", SERVER, { cases: 3 }),
      proof("b", CLIENT),
      proof("b", "main/c.test.ts"),
    ];
    const table = drawTable(rules, proofs);
    expect(table.split("\n").filter((line) => line.startsWith("|"))).toEqual([
      "| rule | reference | client test | server test |",
      "|---|---|---|---|",
      '| <a id="a"></a>Of a. | RootURL | proves a (main/ucwa/a.test.ts) | proves a (3 cases) (e2e/ucwa-server/b.test.ts) |',
      '| <a id="b"></a>Of b. | RootURL | proves b (main/ucwa/a.test.ts)<br>proves b (main/c.test.ts) | *Nobody asks.* |',
    ]);
    expect(table).toContain("## Discovery\n");
    expect(table).toContain(" 2 rules.");
  });

  it("lets no text break out of its cell", () => {
    const line = drawTable(section(rule("a")), [proof("a", CLIENT, { name: "a | b\n<i>*c*</i> [d](e)" })])
      .split("\n")
      .find((one) => one.includes("Of a."));
    const code = drawTable(section(rule("a", { rule: "Of a `b_c|d` and `." })), []);
    expect(code).toContain("Of a `b_c&#124;d` and \\`. |");
    expect(line).toContain(String.raw`a &#124; b \<i\>\*c\*\</i\> \[d\](e) (main/ucwa/a.test.ts)`);
  });
});

describe("a fault", () => {
  it("is a rule that has neither a test nor a reason, on either side", () => {
    expect(findFaults(section(rule("a")), [proof("a", CLIENT)])).toEqual([
      "The rule “a” has neither a server test nor a reason.",
    ]);
    expect(findFaults(section(rule("a", { noServer: "So." })), [])).toEqual([
      "The rule “a” has neither a client test nor a reason.",
    ]);
  });

  it("is a reason that a test refutes", () => {
    const rules = section(rule("a", { noServer: "So." }));
    expect(findFaults(rules, [proof("a", CLIENT), proof("a", SERVER)])).toEqual([
      `The rule “a” gives a reason for having no server test, but “proves a” in ${SERVER} is one.`,
    ]);
  });

  it("is a rule with several tests on one side, but not with several rows of one", () => {
    const two = [proof("a", CLIENT), proof("a", "main/c.test.ts", { name: "proves it again" })];
    expect(findFaults(section(rule("a")), [...two, proof("a", SERVER, { cases: 3 })])).toEqual([
      `The rule “a” has 2 client tests where it is to have one: “proves a” in ${CLIENT}, “proves it again” in main/c.test.ts.`,
    ]);
    const servers = [proof("b", SERVER), proof("b", SERVER)];
    expect(findFaults(section(rule("b", { noClient: "So." })), servers)).toEqual([
      expect.stringContaining("The rule “b” has 2 server tests"),
    ]);
  });

  it("is a tag in a test of neither side, and an id that stands twice", () => {
    const rules = section(rule("a", { noClient: "So.", noServer: "So." }), rule("a", { noClient: "So." }));
    const faults = findFaults(rules, [proof("a", "renderer/x.test.ts")]);
    expect(faults[0]).toBe("Two rules are called “a”.");
    expect(faults[1]).toBe("renderer/x.test.ts is a test of neither side, but “proves a” has the tag “a”.");
  });

  it("is not in rules that are all proven or explained", () => {
    const rules = section(rule("a"), rule("b", { noClient: "So.", noServer: "So." }));
    expect(findFaults(rules, [proof("a", CLIENT), proof("a", SERVER)])).toEqual([]);
  });
});

describe("the rules", () => {
  it("have ids that are short and speak, one sentence each, and a page", () => {
    const all = sections.flatMap(({ rules }) => rules);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, rule: sentence, page, noClient, noServer } of all) {
      expect(id).toMatch(/^[a-z\d]+(-[a-z\d]+)*$/);
      expect(id.length, id).toBeLessThanOrEqual(36);
      for (const text of [sentence, noClient, noServer]) if (text !== undefined) expect(text).toMatch(/\.$/);
      expect(page, id).not.toBe("");
    }
    expect(tags.map(({ name }) => name)).toEqual(all.map(({ id }) => id));
  });
});
