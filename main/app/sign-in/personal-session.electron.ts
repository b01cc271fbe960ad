import type { Session } from "electron";

import type { ClientCertificates } from "../../desktop/client-certificates.ts";
import { isSecureUrlWithoutUser } from "../../platform/secure-url.ts";
import { createNetFetch, type NetSessions } from "../../platform/fetch/net-fetch.electron.ts";
import type { Fetch, FederationPages } from "../../platform/ports.ts";
import { proxyCredentials } from "../../platform/fetch/proxy-credentials.ts";
import {
  FederationWindow,
  type FederationWindowParts,
} from "../../surfaces/window/federation-window.electron.ts";
import type { PersonalNetwork } from "./sign-in.ts";

/** With an empty list Chromium on Windows shows the session to every host of the intranet. */
const NOBODY = "nobody.invalid";

export interface PersonalSessionParts extends Omit<FederationWindowParts, "session" | "unauthorized"> {
  readonly certificates: ClientCertificates;
  /** Tells what a proxy wants to know. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Network extends NetSessions {
  readonly fetch: Fetch;
}

/**
 * The Electron session that HTTP and the federation page share, and all that it knows of the person: cookies, and who
 * may be shown the Windows session. Beside it, the one for requests that must not arrive twice. Both live in memory,
 * and are emptied between two accounts.
 */
export class PersonalSession implements PersonalNetwork, FederationPages {
  readonly fetch: Fetch = (url, init) => this.#network().fetch(url, init);
  readonly #open: () => NetSessions;
  readonly #parts: PersonalSessionParts;
  #opened: Network | null = null;
  readonly #windows = new Set<FederationWindow>();
  #unauthorized: FederationWindowParts["unauthorized"] = async () => false;

  /** `open` gives sessions in memory, locked down. It is asked once, for what is sent first: they take a start's time. */
  constructor(open: () => NetSessions, parts: PersonalSessionParts) {
    this.#open = open;
    this.#parts = parts;
  }

  /** Host and port of the page that waits for the person; null when there is none. */
  get pageHost(): string | null {
    return this.#newest()?.host ?? null;
  }

  showPage(): void {
    this.#newest()?.show();
  }

  open(url: string, on: Parameters<FederationPages["open"]>[1]): { close(): void } {
    if (!isSecureUrlWithoutUser(url)) {
      this.#parts.logger.warn("federation.refused", { protocol: URL.parse(url)?.protocol ?? "" });
      // Not from within this call: the caller does not know of the page yet.
      queueMicrotask(() => on.closed());
      return { close: () => undefined };
    }
    const forget = (): void => {
      this.#windows.delete(window);
      this.#parts.changed();
    };
    const window = new FederationWindow(
      url,
      { ...this.#parts, session: this.#network().session, unauthorized: this.#unauthorized },
      {
        loaded: () => on.loaded(),
        closed: () => {
          forget();
          on.closed();
        },
      },
    );
    this.#windows.add(window);
    this.#parts.changed();
    return {
      close: () => {
        window.close();
        forget();
      },
    };
  }

  begin({ isOwn, unauthorized }: Parameters<PersonalNetwork["begin"]>[0]): void {
    this.#parts.certificates.begin(isOwn);
    this.#unauthorized = unauthorized;
  }

  showWindowsSession(patterns: string): void {
    this.#network().session.allowNTLMCredentialsForDomains(patterns);
  }

  async forget(): Promise<void> {
    for (const window of this.#windows) window.close();
    this.#windows.clear();
    this.#parts.changed();
    this.#opened?.session.allowNTLMCredentialsForDomains(NOBODY);
    this.#parts.certificates.forget();
    // A connection that has shown a ticket goes on being the person's.
    await Promise.all(
      this.#sessions.flatMap((session) => [
        session.clearStorageData(),
        session.clearAuthCache(),
        session.closeAllConnections(),
      ]),
    );
  }

  /** Sockets that slept may look alive for minutes. */
  async dropConnections(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.closeAllConnections()));
  }

  get #sessions(): readonly Session[] {
    return this.#opened === null ? [] : [this.#opened.session, this.#opened.once];
  }

  #network(): Network {
    if (this.#opened !== null) return this.#opened;
    const sessions = this.#open();
    for (const one of [sessions.session, sessions.once]) one.allowNTLMCredentialsForDomains(NOBODY);
    const fetch = createNetFetch(sessions, (proxy) => proxyCredentials(this.#parts.env, proxy));
    this.#opened = { ...sessions, fetch };
    return this.#opened;
  }

  #newest(): FederationWindow | undefined {
    return [...this.#windows].at(-1);
  }
}
