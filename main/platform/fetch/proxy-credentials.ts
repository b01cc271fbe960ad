import { proxyUrl } from "./proxy-variable.ts";

/** A proxy as it is on the way, without a scheme. */
export interface ProxyAddress {
  readonly host: string;
  readonly port: number;
}

export interface ProxyCredentials {
  readonly username: string;
  readonly password: string;
}

const NAMES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] as const;
const PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/**
 * The user name and password that a variable of the environment gives for this very proxy, as in
 * `https_proxy=http://name:password@proxy.example:3128`; null where none does. Chromium takes the proxy from there, but
 * not what it wants to know. Nothing of it is kept.
 */
export function proxyCredentials(
  env: Readonly<Record<string, string | undefined>>,
  { host, port }: ProxyAddress,
): ProxyCredentials | null {
  for (const name of NAMES) {
    const url = proxyUrl(env[name]);
    if (url === null || url.username === "") continue;
    if (url.hostname.toLowerCase() !== host.toLowerCase() || portOf(url) !== port) continue;
    return { username: decoded(url.username), password: decoded(url.password) };
  }
  return null;
}

function portOf({ port, protocol }: URL): number | undefined {
  return port === "" ? PORTS[protocol] : Number(port);
}

/** A lone per cent sign is one that nobody has encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
