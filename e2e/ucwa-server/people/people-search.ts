import { invalidParameter, ok } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { contactResource, mountContact } from "./people.ts";
import type { Person } from "./people.ts";
import { addressOf } from "../sign-in/users.ts";

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
      const found = application.context.users
        .filter(({ name, uri }) => matches(query, name) || matches(query, addressOf(uri)))
        .map(({ name, uri }): Person => ({ name, uri, sourceNetwork: "SameEnterprise" }));
      const shown = found.slice(0, limit);
      for (const person of shown) mountContact(application, person);
      return ok({
        rel: "search",
        properties: { moreResultsAvailable: found.length > shown.length },
        links: { self: { href } },
        embedded: { contact: shown.map((person) => contactResource(application, person)) },
      });
    },
  });
}

function matches(query: string, text: string): boolean {
  return text.toLowerCase().includes(query.toLowerCase());
}
