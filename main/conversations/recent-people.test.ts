import { describe, expect, it } from "vitest";

import type { HistoryEntry } from "../invitations/history/history.ts";
import type { FoundPerson } from "./calling.ts";
import { recentPeople, suggestPeople } from "./recent-people.ts";

function entry(over: Partial<HistoryEntry>): HistoryEntry {
  return {
    id: "1",
    kind: "messaging",
    direction: "incoming",
    name: "Ada Winter",
    uri: "sip:ada@example.test",
    anonymous: false,
    external: false,
    subject: "",
    end: "missed",
    detail: "",
    presented: "",
    quietUntil: null,
    receivedAt: 1,
    endedAt: 2,
    ...over,
  };
}

function person(name: string, uri: string, title = ""): FoundPerson {
  return { name, uri, title, department: "" };
}

const ADA = person("Ada Winter", "sip:ada@example.test");
const OLA = person("Ola Berg", "sip:ola@example.test");

describe("recent people", () => {
  it("are those of the history, the last first, each once, by a name that an older call may tell", () => {
    const history = [
      entry({ name: "", uri: "sip:Ola@example.test" }),
      entry({}),
      entry({ name: "Ola Berg", uri: "sip:ola@example.test" }),
      entry({ name: "Ada Summer" }),
    ];
    expect(recentPeople(history)).toEqual([OLA, ADA]);
  });

  it("are no telephones, no strangers and nobody who wants to be unknown", () => {
    const history = [entry({ uri: "tel:+4712345678" }), entry({ uri: "" }), entry({ anonymous: true })];
    expect(recentPeople(history)).toEqual([]);
  });
});

describe("suggestions", () => {
  const found = [person("Olaf Adams", "sip:olaf@example.test"), person("Ola Berg", OLA.uri, "Engineer")];

  it("are recent people that match, told as the server tells them, then the others who were found", () => {
    expect(suggestPeople(" OLA ", [ADA, OLA], found)).toEqual([found[1], found[0]]);
  });

  it("match by address too, and are all recent people where nothing is typed", () => {
    expect(suggestPeople("ada@", [ADA, OLA], [])).toEqual([ADA]);
    expect(suggestPeople("", [ADA, OLA], [])).toEqual([ADA, OLA]);
  });
});
