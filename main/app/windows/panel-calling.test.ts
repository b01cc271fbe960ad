import { describe, expect, it } from "vitest";

import type { CallRequest, PeopleSearch } from "../../conversations/calling.ts";
import type { HistoryEntry } from "../../invitations/history/history.ts";
import { PanelCalling } from "./panel-calling.ts";

const OLA = { name: "Ola Berg", uri: "sip:ola@example.test", title: "Engineer", department: "Bridges" };

function rig(search: PeopleSearch) {
  const searched: string[] = [];
  const invited: CallRequest[] = [];
  let changes = 0;
  const entry = { name: "Ada Winter", uri: "sip:ada@example.test", anonymous: false } as HistoryEntry;
  const calling = new PanelCalling({
    calling: {
      invite: (request) =>
        Promise.resolve(invited.push(request)).then(() => ({ ok: true, invitation: "i1" })),
      cancel: () => Promise.reject(new Error("Nobody is called.")),
      search: (query) => Promise.resolve(searched.push(query)).then(() => search),
    },
    history: { content: { entries: [entry], unseen: 0 } },
    changed: () => void changes++,
  });
  return { calling, searched, invited, changes: () => changes };
}

describe("people to call", () => {
  it("are the recent ones where nothing is typed, and nobody is asked", async () => {
    const { calling, searched } = rig({ ok: true, people: [OLA], moreAvailable: false });
    const people = [{ name: "Ada Winter", address: "ada@example.test", about: "" }];
    expect(await calling.suggest(" ")).toEqual({ people, problem: "" });
    expect(searched).toEqual([]);
  });

  it("are whom the server finds, with what they do and where", async () => {
    const { calling } = rig({ ok: true, people: [OLA], moreAvailable: false });
    const people = [{ name: "Ola Berg", address: "ola@example.test", about: "Engineer, Bridges" }];
    expect(await calling.suggest("ola")).toEqual({ people, problem: "" });
  });

  it("are the recent ones that match where the search fails, which is said", async () => {
    const { calling } = rig({ ok: false, error: { code: "unreachable", message: "No answer." } });
    const told = await calling.suggest("winter");
    expect(told).toMatchObject({ people: [{ name: "Ada Winter" }], problem: "No answer." });
  });
});

it("whom the person calls has a name from the start, where a search or the history tells it", async () => {
  const { calling, invited } = rig({ ok: true, people: [OLA], moreAvailable: false });
  await calling.suggest("ola");
  for (const to of ["sip:ada@example.test", " OLA@example.test", "per@example.test", "nobody"])
    await calling.invite({ to, message: "" });
  expect(invited.map(({ name }) => name)).toEqual(["Ada Winter", "Ola Berg", "", ""]);
});

describe("the form that something else has asked for", () => {
  it("is filled in with clean texts, once for each time, until it is open", () => {
    const { calling, changes } = rig({ ok: true, people: [], moreAvailable: false });
    calling.fillIn({ to: "ola@example.test", subject: "Q3\u202E\n4", message: "Hello\u0000" });
    expect(calling.compose).toEqual({ number: 1, to: "ola@example.test", subject: "Q3 4", message: "Hello" });
    calling.fillIn({});
    calling.composing(1);
    expect(calling.compose).toEqual({ number: 2, to: "", subject: "", message: "" });
    calling.composing(2);
    expect(calling.compose).toBeNull();
    expect(changes()).toBe(3);
  });
});
