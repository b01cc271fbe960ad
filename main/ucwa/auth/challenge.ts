/** One challenge of a `WWW-Authenticate` header; scheme and parameter names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The rest of a list of grants without quotation marks: no scheme is called like a grant. */
const MORE_GRANTS = /^(?:\s*,\s*(?:password|urn:[^\s,"=]+)(?=\s*(?:,|$)))+/i;

/**
 * Takes `WWW-Authenticate` apart, several lines folded into one value included. It is tokenised, never split at
 * commas: they occur inside quoted values, and the reference shows `href` unquoted too.
 * Reference: AuthenticationInUCWA; RFC 9110, 11.6.1.
 */
export function readChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let rest = header;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match;
  };
  while (rest !== "") {
    const before = rest.length;
    const parameter = take(/^([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/);
    if (parameter) {
      const name = (parameter[1] ?? "").toLowerCase();
      const quoted = parameter[2]?.replaceAll(/\\(.)/g, "$1");
      const value =
        quoted ?? `${parameter[3] ?? ""}${name === "grant_type" ? (take(MORE_GRANTS)?.[0] ?? "") : ""}`;
      challenges.at(-1)?.parameters.set(name, value);
    } else {
      const scheme = take(/^[\w!#$%&'*+.^`|~-]+/)?.[0];
      if (scheme) {
        challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
        // The single opaque value of Negotiate and NTLM is not ours to read.
        take(/^\s+[\w+/.~-]+=*(?=\s*(?:,|$))/);
      }
    }
    // What separates is stepped over, and so is what fits nowhere: the loop always ends.
    if (rest.length === before) rest = rest.slice(1);
  }
  return challenges;
}

/** Where a token is to be asked for and how, by the MsRtcOAuth challenge. */
export interface TokenOffer {
  readonly href: string;
  readonly grants: readonly string[];
}

/** The MsRtcOAuth offer among the challenges, or null. */
export function tokenOffer(challenges: readonly Challenge[]): TokenOffer | null {
  const challenge = challenges.find((one) => one.scheme === "msrtcoauth");
  const href = challenge?.parameters.get("href");
  if (!challenge || !href) return null;
  const grants = (challenge.parameters.get("grant_type") ?? "").split(",").map((grant) => grant.trim());
  return { href, grants: grants.filter((grant) => grant !== "") };
}
