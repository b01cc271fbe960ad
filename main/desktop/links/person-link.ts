import { readSipAddress } from "../../platform/sip-address.ts";

/** Whom a link names, and what to say to them: what a form is filled in with. */
export interface PersonLink {
  readonly to: string;
  readonly subject: string;
  readonly message: string;
}

/** In UTF-16 code units; longer ones name nobody. */
const LONGEST_LINK = 2_000;
const LONGEST_SUBJECT = 250;

/**
 * What the program is started with, or told, besides its own switches: the first that is a link to a person. `others`:
 * also one by which other programs name people, which a desktop may go on sending after they were wanted here.
 */
export function linkAmong(argv: readonly string[], others: boolean): PersonLink | null {
  for (const argument of argv) {
    const link = others || /^doorbell:/i.test(argument) ? readPersonLink(argument) : null;
    if (link) return link;
  }
  return null;
}

/**
 * Reads `doorbell:name@example.com?subject=…&message=…`, and the same with `sip:`, `im:` or `im:<sip:…>`. Any program
 * and any page may have made it, so it names one person and two texts; whatever else stands in it is left out, and one
 * that is not well formed is none at all.
 */
export function readPersonLink(text: string): PersonLink | null {
  const parts =
    text.length <= LONGEST_LINK ? /^(?:doorbell|sip|im):(?:\/\/)?([^?]+)(?:\?(.*))?$/is.exec(text) : null;
  if (!parts) return null;
  const [, person = "", query = ""] = parts;
  const to = decoded(person)
    ?.replace(/^<(.*)>$/s, "$1")
    .replace(/\/$/, "");
  const address = readSipAddress(to ?? "");
  if (!address.ok) return null;
  const said = new URLSearchParams(query);
  return {
    to: address.value.address,
    subject: (said.get("subject") ?? "").slice(0, LONGEST_SUBJECT).toWellFormed(),
    message: (said.get("message") ?? "").toWellFormed(),
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
