/**
 * Whether a host, as `URL.hostname` spells it, belongs to the person's organisation: it is the sign-in domain, lies in
 * it, or is that of the server that the person has given.
 */
export function ownHosts(domain: string, server: string | null): (hostname: string) => boolean {
  // As a URL spells it: international names as xn--.
  const own = URL.parse(`https://${domain}`)?.hostname ?? "";
  const given = URL.parse(server ?? "")?.hostname ?? "";
  return (hostname) =>
    hostname !== "" &&
    (hostname === given || (own !== "" && (hostname === own || hostname.endsWith(`.${own}`))));
}
