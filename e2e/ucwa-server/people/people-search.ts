import { invalidParameter, ok } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { contactResource, mountContact } from "./people.ts";
import type { Person } from "./people.ts";
import type { User } from "../sign-in/users.ts";

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
        .filter((user) => isMeant(query, user))
        .map(({ name, uri, phoneNumber }): Person => {
          return { name, uri, phoneNumber, sourceNetwork: "SameEnterprise" };
        });
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

/** By name, email (the same as the address here), URI or phone number, or a part of one. */
function isMeant(query: string, { name, uri, phoneNumber }: User): boolean {
  const words = query.trim().toLowerCase();
  if ([name, uri].some((text) => text.toLowerCase().includes(words))) return true;
  // However a number is punctuated, its digits name it; three are no accident.
  const digits = /^(?:tel:)?[+\d\s().-]+$/.test(words) ? words.replaceAll(/\D/g, "") : "";
  return (
    digits.length >= 3 && phoneNumber !== undefined && phoneNumber.replaceAll(/\D/g, "").includes(digits)
  );
}
