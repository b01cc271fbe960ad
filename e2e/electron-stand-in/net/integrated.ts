/** The Windows session that this run pretends to have: the ticket that it would show, in base64; null when there is none. */
const TICKET = process.env["DOORBELL_STAND_IN_TICKET"] ?? null;

/**
 * What answers a challenge without anybody being asked: a ticket of the person's session, where the program has allowed
 * that. Chromium does the same for Negotiate and NTLM; here it is one round of Negotiate.
 */
export function integratedAnswer(url: URL, allowed: string | null, challenges: string): string | null {
  const isAsked = /(?:^|,)\s*negotiate\s*(?:,|$)/i.test(challenges);
  if (TICKET === null || allowed === null || !isAsked) return null;
  const patterns = allowed.split(",").map((pattern) => pattern.trim().toLowerCase());
  return patterns.some((pattern) => pattern !== "" && matches(pattern, url.hostname))
    ? `Negotiate ${TICKET}`
    : null;
}

/** docs/api/session.md: `*example.com` is every host that ends so, and `*` every host. */
function matches(pattern: string, host: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`).test(host);
}
