/** Whether a host name, as `URL.hostname` gives it, is this very machine; a name that only begins like one is not. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
