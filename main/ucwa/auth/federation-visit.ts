import { texts } from "../../../locales/texts.ts";
import type { Cancel, Clock, FederationPages } from "../../platform/ports.ts";
import { HttpFailure } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";
import type { Token, TokenAnswer } from "./token.ts";

/** How long a person may take. */
export const VISIT_MS = 10 * 60_000;
/** After a request that failed while the page is open: no further page may come to repeat it. */
const TROUBLE_WAIT_MS = 5_000;

interface Visit {
  readonly pages: FederationPages;
  readonly clock: Clock;
  /** Whose sign-in it is, for sentences. */
  readonly host: string;
  /** The page, approved. */
  readonly url: string;
  /** One token request with the cookies of the page. */
  readonly ask: () => Promise<TokenAnswer>;
  /** Closes the page when everything is forgotten. */
  readonly signal: AbortSignal;
}

/**
 * Shows a federation page until there is a token. Rejects with `badCredentials` when the person closes it or takes
 * longer than `VISIT_MS`, with an `aborted` `HttpFailure` on the signal; the page is closed in each case.
 * Reference: AuthenticationInUCWA (passive authentication).
 */
export function visitPage(visit: Visit): Promise<Token> {
  return new Promise((resolve, reject) => {
    new PageVisit(visit, resolve, reject).begin();
  });
}

/**
 * ```
 *             loaded, closed, 5 s after trouble
 *   open ────────────────────────────────────────► asking ──► over (token)
 *     ▲                                              │  │
 *     └─────────── no token yet, still open ─────────┘  └───► over (closed by the person)
 *   any ──► over (ten minutes, signal)
 * ```
 * One request at a time: pages that come while one is under way make for one more, not for many. What may pass
 * (network, server, proxy) never closes the page.
 */
type State =
  | { readonly name: "open"; readonly cancelRetry: Cancel }
  | { readonly name: "asking"; again: boolean }
  | { readonly name: "over" };

class PageVisit {
  readonly #visit: Visit;
  readonly #resolve: (token: Token) => void;
  readonly #reject: (error: unknown) => void;
  #state: State = { name: "open", cancelRetry: () => undefined };
  #closed = false;
  #window: { close(): void } | null = null;
  #cancelLimit: Cancel = () => undefined;

  constructor(visit: Visit, resolve: (token: Token) => void, reject: (error: unknown) => void) {
    this.#visit = visit;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const { pages, clock, url, host, signal } = this.#visit;
    if (signal.aborted) return this.#onAbort();
    signal.addEventListener("abort", this.#onAbort);
    this.#cancelLimit = clock.after(VISIT_MS, () => this.#refuse(texts.server.signIn.pageTooLong(host)));
    this.#window = pages.open(url, {
      loaded: () => this.#askNow(),
      closed: () => {
        // The last page may have brought the cookie without having been announced: one more request tells.
        this.#closed = true;
        this.#askNow();
      },
    });
  }

  #askNow(): void {
    const state = this.#state;
    switch (state.name) {
      case "over":
        return;
      case "asking":
        state.again = true;
        return;
      case "open":
        state.cancelRetry();
        this.#state = { name: "asking", again: false };
        void this.#ask();
    }
  }

  async #ask(): Promise<void> {
    let trouble: boolean;
    try {
      const answer = await this.#visit.ask();
      if (this.#over()) return;
      if (answer.said === "token") {
        this.#end();
        this.#resolve(answer.token);
        return;
      }
      trouble = answer.said === "trouble" || answer.said === "unauthorized";
    } catch (error) {
      if (this.#over()) return;
      // A redirect to a stranger may be a captive portal's, and passes too.
      trouble = error instanceof HttpFailure || error instanceof SessionProblem;
      if (!trouble) {
        this.#end();
        this.#reject(error);
        return;
      }
    }
    this.#noTokenYet(trouble);
  }

  #noTokenYet(trouble: boolean): void {
    const again = this.#state.name === "asking" && this.#state.again;
    this.#state = { name: "open", cancelRetry: () => undefined };
    if (again) this.#askNow();
    else if (this.#closed) {
      this.#refuse(texts.server.signIn.pageClosed(this.#visit.host));
    } else if (trouble) {
      const cancelRetry = this.#visit.clock.after(TROUBLE_WAIT_MS, () => this.#askNow());
      this.#state = { name: "open", cancelRetry };
    }
  }

  #over(): boolean {
    return this.#state.name === "over";
  }

  #refuse(sentence: string): void {
    this.#end();
    this.#reject(SessionProblem.stop("badCredentials", sentence));
  }

  readonly #onAbort = (): void => {
    this.#end();
    this.#reject(new HttpFailure("aborted", "", this.#visit.host));
  };

  #end(): void {
    if (this.#state.name === "open") this.#state.cancelRetry();
    this.#state = { name: "over" };
    this.#cancelLimit();
    this.#visit.signal.removeEventListener("abort", this.#onAbort);
    this.#window?.close();
  }
}
