type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;

/** Requests of pages can be cancelled; everything else of `webRequest` is not here. */
export class WebRequest {
  #listener: BeforeRequest | null = null;
  #patterns: readonly RegExp[] = [];

  onBeforeRequest(
    filterOrListener: Electron.WebRequestFilter | BeforeRequest | null,
    listener?: BeforeRequest | null,
  ): void {
    const filter =
      typeof filterOrListener === "object" && filterOrListener !== null ? filterOrListener : null;
    const given = typeof filterOrListener === "function" ? filterOrListener : (listener ?? null);
    this.#listener = given;
    this.#patterns = (filter?.urls ?? ["<all_urls>"]).map(patternOf);
  }

  /** For the stand-in: asks the listener, and whether it cancelled. */
  async isCancelled(url: string, method: string, resourceType: string): Promise<boolean> {
    const listener = this.#listener;
    if (listener === null || !this.#patterns.some((pattern) => pattern.test(url))) return false;
    const details = { url, method, resourceType } as unknown as Electron.OnBeforeRequestListenerDetails;
    const response = await new Promise<Electron.CallbackResponse>((resolve) => listener(details, resolve));
    return response.cancel === true;
  }
}

/** A match pattern of the extension platform, such as `*://*.example.org/*`. */
function patternOf(pattern: string): RegExp {
  if (pattern === "<all_urls>") return /^/;
  const [, scheme = "*", host = "*", path = "/*"] = /^([^:]+):\/\/([^/]*)(\/.*)?$/.exec(pattern) ?? [];
  const quoted = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const hostPart = host === "*" ? "[^/]*" : quoted(host).replace(/^\*\\\./, String.raw`(?:[^/]*\.)?`);
  return new RegExp(
    `^${scheme === "*" ? "(?:https?|wss?)" : quoted(scheme)}://${hostPart}${quoted(path).replaceAll("*", ".*")}$`,
  );
}
