import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const ATTRIBUTE = /\b(?:aria-label|title|placeholder|alt|label|hint)="(?<words>[^"]*\p{L}{2}[^"]*)"/gu;
/** Between tags, or between a tag and what is put in. A generic type has no closing tag behind it. */
const CONTENT = /(?<![=-])>\s*(?<words>[^<>{}=;()]*\p{L}{2}[^<>{}=;()]*?)\s*(?:<\/|\{)/gu;
/** The name of the program, and addresses that show what one looks like, are the same in every language. */
const ALIKE = /^(?:Doorbell|\S+(?:@|:\/\/)\S+)$/;

/** What a page says in words of its own. */
function wordsIn(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
  return [ATTRIBUTE, CONTENT]
    .flatMap((pattern) => [...code.matchAll(pattern)])
    .map(({ groups }) => groups?.["words"] ?? "")
    .filter((words) => !ALIKE.test(words));
}

it("finds words that stand in a page", () => {
  expect(wordsIn('<p class="x">Sign in</p>')).toEqual(["Sign in"]);
  expect(wordsIn('<button title="Close">{icon}</button>')).toEqual(["Close"]);
  expect(wordsIn("<p>\n  Hello {name}\n</p>")).toEqual(["Hello"]);
  expect(wordsIn("<p>{texts.open}</p>")).toEqual([]);
});

it.each(globSync("renderer/**/*.tsx", { cwd: root }))(
  "%s says nothing that is not in a file of texts",
  (path) => {
    expect(wordsIn(readFileSync(join(root, path), "utf8"))).toEqual([]);
  },
);
