import type { CdpSession } from "./cdp.ts";
import type { Protocol as Cdp } from "./devtools-protocol.ts";
import { toProgram } from "./origin-map.ts";

type Paused = Cdp.Fetch.requestPausedPayload;

/** Who decides about what a page asks for. */
export interface RequestRules {
  /** Whether a frame may leave its document for this address; not asked about what the program itself has loaded. */
  mayNavigate(url: string, kind: "navigation" | "redirect", isMainFrame: boolean): boolean;
  /** Whether the request is cancelled by the session's webRequest. */
  isCancelled(url: string, request: Paused): Promise<boolean>;
  /** The answer of a scheme's handler; null when the address is none of ours. */
  answer(url: string, request: GlobalRequest): Promise<GlobalResponse> | null;
}

/** Every request of one page passes here, before it leaves the browser. */
export class PageRequests {
  readonly #session: CdpSession;
  readonly #rules: RequestRules;
  readonly #mainFrame: string;
  /** The address that the program itself asked for; the next document with it needs no permission. */
  #expected: string | null = null;

  constructor(session: CdpSession, mainFrame: string, rules: RequestRules) {
    this.#session = session;
    this.#mainFrame = mainFrame;
    this.#rules = rules;
    session.on("Fetch.requestPaused", (paused) => void this.#decide(paused));
  }

  async enable(): Promise<void> {
    await this.#session.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] });
  }

  expect(url: string): void {
    this.#expected = withoutFragment(url);
  }

  async #decide(paused: Paused): Promise<void> {
    const url = toProgram(paused.request.url);
    try {
      if (!this.#mayGo(paused, url)) return await this.#fail(paused, "Aborted");
      if (await this.#rules.isCancelled(url, paused)) return await this.#fail(paused, "BlockedByClient");
      // Chromium asks for it by itself, which Electron's windows do not.
      if (paused.resourceType === "Other" && new URL(url).pathname === "/favicon.ico")
        return await this.#fail(paused, "Aborted");
      const answer = this.#rules.answer(url, requestOf(url, paused));
      if (answer !== null) await this.#fulfill(paused, await answer);
      else if (new URL(url).hostname.endsWith(".invalid")) await this.#fail(paused, "NameNotResolved");
      else await this.#session.send("Fetch.continueRequest", { requestId: paused.requestId });
    } catch (error) {
      if (!(error instanceof Error && error.name === "CdpError")) console.error(error);
      this.#session.tell("Fetch.failRequest", { requestId: paused.requestId, errorReason: "Failed" });
    }
  }

  #mayGo(paused: Paused, url: string): boolean {
    if (paused.resourceType !== "Document") return true;
    const isMainFrame = paused.frameId === this.#mainFrame;
    if (paused.redirectedRequestId !== undefined)
      return this.#rules.mayNavigate(url, "redirect", isMainFrame);
    if (!isMainFrame) return this.#rules.mayNavigate(url, "navigation", false);
    const expected = this.#expected === withoutFragment(paused.request.url);
    this.#expected = null;
    return expected || this.#rules.mayNavigate(url, "navigation", true);
  }

  async #fulfill(paused: Paused, response: GlobalResponse): Promise<void> {
    if (response.type === "error") return await this.#fail(paused, "Failed");
    const body = Buffer.from(await response.arrayBuffer()).toString("base64");
    await this.#session.send("Fetch.fulfillRequest", {
      requestId: paused.requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body,
    });
  }

  async #fail(paused: Paused, errorReason: Cdp.Network.ErrorReason): Promise<void> {
    await this.#session.send("Fetch.failRequest", { requestId: paused.requestId, errorReason });
  }
}

function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? url;
}

function requestOf(url: string, { request }: Paused): GlobalRequest {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    const known = name.toLowerCase();
    headers.set(name, known === "origin" || known === "referer" ? toProgram(value) : value);
  }
  const body = request.method === "GET" || request.method === "HEAD" ? null : (request.postData ?? null);
  return new Request(url, { method: request.method, headers, body });
}
