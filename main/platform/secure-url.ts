/** Whether a credential may travel there: https, or this very machine. False for what is no URL. */
export function isSecureUrl(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === "https:" || (protocol === "http:" && isLoopback(url));
}

/** Whether it may be shown or kept, too: a name before the host is there to be taken for the host. */
export function isSecureUrlWithoutUser(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.username === "" && parsed.password === "" && isSecureUrl(url);
}

/** Whether a URL leads to this very machine; false for what is no URL. */
export function isLoopback(url: string): boolean {
  return isLoopbackHost(URL.parse(url)?.hostname ?? "");
}

function isLoopbackHost(hostname: string): boolean {
  // A name that only begins like one is not.
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
