import { isLoopback } from "../../platform/secure-url.ts";

/** Who may be shown the Windows session of this computer. */
export interface IntegratedHosts {
  /** The same hosts in Electron's form, for `allowNTLMCredentialsForDomains`. */
  readonly patterns: string;
  /** The sign-in domain and, if it is one, this machine. */
  readonly names: readonly string[];
  /** Over https, or on this very machine. */
  readonly allows: (url: string) => boolean;
}

/**
 * The hosts of the sign-in domain, and this machine when the person has given a server on it. A server of another
 * domain may be trusted with a token, but a Windows session opens more doors than this one.
 * Reference: AuthenticationInUCWA (urn:microsoft.rtc:windows).
 */
export function integratedHosts(domain: string, server: string | null): IntegratedHosts {
  // As a URL spells it: international names as xn--.
  const own = URL.parse(`https://${domain}`)?.hostname ?? "";
  const loopback = server === null ? null : loopbackHostOf(server);
  const names = [own, loopback].filter((name): name is string => name !== null && name !== "");
  return {
    names,
    patterns: names.flatMap((name) => (name === own ? [own, `*.${own}`] : [name])).join(","),
    allows: (url) => {
      const { protocol, hostname } = URL.parse(url) ?? { protocol: "", hostname: "" };
      if (hostname === loopback) return protocol === "https:" || protocol === "http:";
      return protocol === "https:" && own !== "" && (hostname === own || hostname.endsWith(`.${own}`));
    },
  };
}

function loopbackHostOf(server: string): string | null {
  return isLoopback(server) ? new URL(server).hostname : null;
}
