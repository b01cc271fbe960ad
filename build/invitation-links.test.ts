import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Of the page messagingInvitation: its links, and the two properties that are links on the wire. */
const LINKS = [
  "self",
  "accept",
  "acceptedByContact",
  "acceptedByParticipant",
  "cancel",
  "conversation",
  "decline",
  "derivedMessaging",
  "from",
  "messaging",
  "onBehalfOf",
  "to",
  "message",
  "customContent",
];

const rows = readFileSync(join(root, "docs/messaging-invitation.md"), "utf8")
  .split("\n")
  .map((line) => /^\| `(\w+)` \| (.+) \| `(.+?)`: (.+) \|$/.exec(line))
  .filter((row) => row !== null);

it("the page of the links tells what each is used for", () => {
  expect(rows.map(([, link]) => link)).toEqual(LINKS);
});

it.each(rows.map(([, link = "", , file = "", test = ""]) => [link, file, test] as const))(
  "the link %s is seen by a test of %s",
  (_link, file, test) => {
    expect(existsSync(join(root, file)), file).toBe(true);
    expect(readFileSync(join(root, file), "utf8")).toContain(`"${test}"`);
  },
);
