import { invalidParameter, ok, problem } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { contactResource, mountContact } from "./people.ts";
import type { Person } from "./person.ts";
import type { Context } from "../context.ts";
import { late } from "./late.ts";

/** Makes the search for users of this server answer. Reference: search */
export function mountSearch(application: Application): void {
  const href = `${application.base}/people/search`;
  application.mount("/people/search", {
    name: "search",
    mayAdd: ["query", "limit"],
    GET: ({ url }) => {
      const query = url.searchParams.get("query") ?? "";
      const given = url.searchParams.get("limit") ?? "50";
      const limit = /^\d{1,3}$/.test(given) ? Number(given) : 0;
      if (query === "" || query.length > 256)
        return invalidParameter("query", "a text of 1 to 256 characters");
      if (limit < 1 || limit > 100) return invalidParameter("limit", "1 to 100");
      const { context } = application;
      if (context.switches.search === "failing")
        return problem(504, "ExchangeServiceFailure", "The search could not be made in time.");
      const found = peopleFor(query, context);
      const shown = found.slice(0, limit);
      for (const person of shown) mountContact(application, person);
      const answer = ok({
        rel: "search",
        properties: { moreResultsAvailable: found.length > shown.length },
        links: { self: { href } },
        embedded: { contact: shown.map((person) => contactResource(application, person)) },
      });
      return context.switches.search === "slow" ? late(context, answer) : answer;
    },
  });
}

function peopleFor(query: string, { directory, switches, users }: Context): Person[] {
  if (switches.search === "none") return [];
  const found = [...users, ...directory.list]
    .filter((user) => isMeant(query, user))
    .map(({ name, uri, phoneNumber }): Person => {
      return {
        name,
        uri,
        phoneNumber,
        sourceNetwork: directory.find(uri)?.sourceNetwork ?? "SameEnterprise",
      };
    });
  return switches.search === "many" ? [...found, ...crowd] : found;
}

/** Whom a query finds that is not precise enough. */
const crowd = Array.from({ length: 250 }, (_, index): Person => {
  const number = String(index + 1).padStart(3, "0");
  const uri = `sip:colleague${number}@doorbell.example`;
  return { name: `Colleague ${number}`, uri, sourceNetwork: "SameEnterprise" };
});

/** By name, email (the same as the address here), URI or phone number, or a part of one. */
function isMeant(
  query: string,
  { name, uri, phoneNumber }: Pick<Person, "name" | "uri" | "phoneNumber">,
): boolean {
  const words = query.trim().toLowerCase();
  if ([name, uri].some((text) => text.toLowerCase().includes(words))) return true;
  // However a number is punctuated, its digits name it; three are no accident.
  const digits = /^(?:tel:)?[+\d\s().-]+$/.test(words) ? words.replaceAll(/\D/g, "") : "";
  return (
    digits.length >= 3 && phoneNumber !== undefined && phoneNumber.replaceAll(/\D/g, "").includes(digits)
  );
}
