import { texts } from "../../locales/texts.ts";
import { readSipAddress } from "../platform/sip-address.ts";
import { withParameters } from "../ucwa/http/urls.ts";
import { isTrue, ownHref, textOf } from "../ucwa/resources/read-resource.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import type { FailedLookup, SessionPort } from "../ucwa/session-port.ts";
import { wrong } from "./call-request.ts";
import type { FoundPerson, PeopleSearch } from "./calling.ts";

/** In UTF-16 code units. Reference: search. */
export const LONGEST_QUERY = 256;
/** More than a list of suggestions shows. The server takes up to 100. */
const MOST_FOUND = 20;
/** Where the answer only links to people, so many are asked for, one after the other: look-ups of what rings come first. */
const MOST_ASKED = 8;

/** Asks the server for people by name, address or number. Reference: search. */
export async function searchPeople(session: SessionPort | null, query: string): Promise<PeopleSearch> {
  const { search } = texts.conversations;
  const wanted = query.trim();
  if (wanted === "") return { ok: true, people: [], moreAvailable: false };
  if (wanted.length > LONGEST_QUERY) return wrong("invalid", search.long);
  const offers = session?.offers ?? null;
  if (session === null || offers === null) return wrong("notOnline", search.offline);
  const { generation } = offers;
  const href = offers.search ?? (await searchOf(session, generation, offers.people));
  if (href === null) return wrong("notAllowed", search.notAllowed);
  const url = withParameters(href, { query: wanted.toWellFormed(), limit: MOST_FOUND });
  const answer = await session.read(generation, url);
  if (answer.outcome !== "found") return failed(answer);
  const { resource } = answer;
  return {
    ok: true,
    people: await peopleOf(session, generation, resource),
    moreAvailable: isTrue(resource, "moreResultsAvailable"),
  };
}

/** For an application that only links to its people. */
async function searchOf(
  session: SessionPort,
  generation: number,
  people: string | null,
): Promise<string | null> {
  if (people === null) return null;
  const answer = await session.read(generation, people);
  return answer.outcome === "found" ? ownHref(answer.resource, "search") : null;
}

async function peopleOf(
  session: SessionPort,
  generation: number,
  resource: Resource,
): Promise<readonly FoundPerson[]> {
  const embedded = resource.embedded.get("contact") ?? [];
  const found = embedded.slice(0, MOST_FOUND).map(personOf);
  const linked = embedded.length > 0 ? [] : (resource.links.get("contact") ?? []);
  for (const { href, sameOrigin } of linked.slice(0, MOST_ASKED)) {
    const answer = sameOrigin ? await session.read(generation, href) : null;
    if (answer?.outcome === "found") found.push(personOf(answer.resource));
  }
  const byUri = new Map(found.flatMap((person) => (person ? [[person.uri, person] as const] : [])));
  return [...byUri.values()];
}

/** Null for somebody who cannot be written to, such as a telephone. */
function personOf(contact: Resource): FoundPerson | null {
  const line = (name: string): string => safeLine(textOf(contact, name) ?? "");
  const address = readSipAddress(line("uri"));
  if (!address.ok) return null;
  const uri = `sip:${address.value.address}`;
  return { name: line("name"), uri, title: line("title"), department: line("department") };
}

function failed(answer: FailedLookup): PeopleSearch {
  const { search } = texts.conversations;
  switch (answer.outcome) {
    case "gone":
    case "superseded":
      return wrong("gone", search.lost);
    case "refused":
      return answer.status === 403
        ? wrong("notAllowed", search.notAllowed)
        : wrong("refused", search.refused);
    case "unreachable":
      return wrong("unreachable", search.unanswered);
  }
}
