/** The transports that can be connected to, each with its keys; the library takes the first of them for a way. */
const TRANSPORTS: Readonly<Record<string, readonly string[]>> = {
  unix: ["path", "abstract"],
  tcp: ["host", "port"],
};

/**
 * The addresses of a bus in the order in which they are to be tried, as the library reads one: without escapes, and
 * without the keys that say nothing of the way. Left out is what it could not connect to, and a value that holds one of
 * its own marks. Reference: D-Bus Specification, Server Addresses.
 */
export function busAddresses(list: string): string[] {
  return list.split(";").flatMap((address) => {
    const [transport = "", ...rest] = address.split(":");
    if (!Object.hasOwn(TRANSPORTS, transport)) return [];
    const pairs = rest
      .join(":")
      .split(",")
      .map((pair) => [pair.split("=")[0] ?? "", unescaped(pair.slice(pair.indexOf("=") + 1))] as const)
      .filter(([key]) => TRANSPORTS[transport]?.includes(key));
    if (pairs.length === 0 || pairs.some(([, value]) => value === null || /[:,=;]/.test(value))) return [];
    return [`${transport}:${pairs.map(([key, value]) => `${key}=${value}`).join(",")}`];
  });
}

/** Null where a per cent sign is followed by anything but two hexadecimal digits, or the bytes are no UTF-8. */
function unescaped(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
