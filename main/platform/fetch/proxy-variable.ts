/**
 * The address in a variable such as HTTPS_PROXY, as a URL; null when it holds none. Without a scheme, as in
 * `proxy.example:3128`, it is `http`, which is what other programs take it for.
 */
export function proxyUrl(value: string | undefined): URL | null {
  if (value === undefined || value === "") return null;
  return URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
}
