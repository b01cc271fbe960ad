import { texts } from "../../../locales/texts.ts";
import type { Cancel, Clock, Logger } from "../../platform/ports.ts";
import { lossOf, NO_ME, reasonOf, readMe, refusedWith } from "./application.ts";
import type { Me } from "./application.ts";
import { HttpFailure, retryAfterMs } from "../http/http.ts";
import type { HttpAnswer, HttpRequest } from "../http/http.ts";
import { SessionProblem, unexpected } from "../session-problem.ts";
import { readResource } from "../resources/read-resource.ts";
import { representationOf } from "../resources/representation.ts";
import type { AuthorizedRequests } from "../auth/authorized-requests.ts";

/** Below the four minutes after which availability degrades. Reference: reportMyActivity. */
export const ACTIVITY_INTERVAL_MS = 210_000;
/** A timer that is later than this slept with the machine. */
const SLEPT_MS = 30_000;

/**
 * Makes the user available and keeps the application alive by reporting activity while somebody is there.
 * Reference: makeMeAvailable, reportMyActivity, me.
 */
export class Activity {
  readonly #requests: AuthorizedRequests;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #present: () => boolean;
  readonly #doubt: () => void;
  readonly #unanswered: () => void;
  readonly #stop: AbortSignal;
  #me: Me;
  #cancel: Cancel = () => undefined;
  /** Ends `keepReporting`. */
  #over: () => void = () => undefined;

  constructor(deps: {
    requests: AuthorizedRequests;
    clock: Clock;
    logger: Logger;
    me: Me;
    /** Whether somebody is at the machine; activity is never pretended. */
    present: () => boolean;
    /**
     * Called when a timer shows that the machine has slept, or an answer speaks of a lost application: the event
     * channel has to find out.
     */
    doubt: () => void;
    /** Called when a report got no answer: the event channel may be as deaf, and not know it. */
    unanswered: () => void;
    stop: AbortSignal;
  }) {
    this.#requests = deps.requests;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    this.#me = deps.me;
    this.#present = deps.present;
    this.#doubt = deps.doubt;
    this.#unanswered = deps.unanswered;
    this.#stop = deps.stop;
    this.#stop.addEventListener("abort", () => this.#end(), { once: true });
  }

  /**
   * One try; returns when the user is available by what the server said: the request was carried out now (204) or before,
   * or `me` lets activity be reported. That there is no link is no sign of it: `me` may not be ready yet (409); nor is
   * another 200, which may be somebody else's page. Only messaging is claimed: Doorbell can serve nothing else. Throws
   * `SessionProblem` or `HttpFailure`.
   */
  async makeAvailable(): Promise<void> {
    if (this.#me.makeMeAvailable === null && this.#me.reportMyActivity === null) await this.#readMe();
    const href = this.#me.makeMeAvailable;
    if (href === null) {
      if (this.#me.reportMyActivity !== null) return;
      throw SessionProblem.retry("makeMeAvailable", texts.server.session.notReady);
    }
    const answer = await this.#post(href, {
      supportedModalities: ["Messaging"],
      supportedMessageFormats: ["Plain", "Html"],
    });
    // An existing application has been made available before.
    if (answer.status === 204 || reasonOf(answer)?.subcode === "AlreadyExists") {
      this.#me = { ...this.#me, makeMeAvailable: null };
      return;
    }
    // The answer to an earlier try may have been lost.
    await this.#readMe();
    const done = this.#me.makeMeAvailable === null && this.#me.reportMyActivity !== null;
    if (!done) throw refusal(answer, this.#clock.now());
  }

  /** The server says that `me` has changed: what was known of it is read again before the next try. */
  meChanged(): void {
    this.#me = { ...NO_ME, self: this.#me.self };
  }

  /** Reports from now on; resolves when the server says that the user is no longer available, or when stopped. */
  keepReporting(): Promise<void> {
    return new Promise((resolve) => {
      this.#over = resolve;
      if (this.#stop.aborted) resolve();
      else this.#schedule();
    });
  }

  #end(): void {
    this.#cancel();
    this.#over();
  }

  #schedule(): void {
    const due = this.#clock.now() + ACTIVITY_INTERVAL_MS;
    this.#cancel = this.#clock.after(ACTIVITY_INTERVAL_MS, () => {
      this.#schedule();
      if (this.#clock.now() - due > SLEPT_MS) this.#doubt();
      if (this.#present()) void this.#report();
    });
  }

  /** What fails here is tried again at the next turn; the event channel finds out whether the application lives. */
  async #report(): Promise<void> {
    try {
      if (this.#me.reportMyActivity === null) await this.#readMe();
      if (this.#me.reportMyActivity === null) {
        if (this.#me.makeMeAvailable !== null) this.#end();
        return;
      }
      const answer = await this.#post(this.#me.reportMyActivity);
      if (answer.status < 300) return;
      this.#logger.warn("activity refused", { status: answer.status });
      this.#me = { ...this.#me, reportMyActivity: null };
      if (reasonOf(answer)?.subcode === "MakeMeAvailableRequired") {
        this.meChanged();
        this.#end();
      }
    } catch (error) {
      if (!(error instanceof HttpFailure || error instanceof SessionProblem)) throw error;
      if (error instanceof HttpFailure && error.kind !== "aborted") this.#unanswered();
      this.#logger.info("activity not reported", {
        code: error instanceof HttpFailure ? error.kind : error.code,
      });
    }
  }

  async #readMe(): Promise<void> {
    if (this.#me.self === null) return;
    const answer = await this.#send({ method: "GET", url: this.#me.self });
    const resource = answer.status === 200 ? readResource(representationOf(answer), answer.url) : null;
    if (resource) this.#me = { ...readMe(resource), self: this.#me.self };
  }

  #post(url: string, body?: Readonly<Record<string, unknown>>): Promise<HttpAnswer> {
    const json = { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    return this.#send({ method: "POST", url, repeatable: true, ...(body ? json : {}) });
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await this.#requests.send({ ...request, signal: this.#stop });
    if (lossOf(answer)) this.#doubt();
    return answer;
  }
}

function refusal(answer: HttpAnswer, now: number): SessionProblem {
  const reason = reasonOf(answer);
  const said = refusedWith(unexpected(answer, "makeMeAvailable"), reason);
  const { host } = new URL(answer.url);
  if (answer.status === 403 && reason) {
    const sentence = texts.server.session.notCalled(host);
    return SessionProblem.stop("mobileNotAllowed", { ...said, sentence });
  }
  const code = answer.status === 400 && reason ? "refused" : "makeMeAvailable";
  return SessionProblem.retry(code, said, retryAfterMs(answer, now));
}
