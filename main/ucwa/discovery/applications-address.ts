import type { Discovery } from "./discovery.ts";
import { HttpFailure } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";
import type { ProblemCode } from "../session-problem.ts";
import type { Trust } from "../auth/trust.ts";
import { isSecureUrl } from "../../platform/secure-url.ts";
import { resolveHref } from "../http/urls.ts";

/** After so many doubtful tries in a row, the next one searches too. */
const DOUBTS = 2;

/** No answer came, whatever the reason. */
const NO_ANSWER: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "unreachable",
  "unknownHost",
  "certificate",
  "timeout",
  "interrupted",
  "tooLarge",
]);
/** 403 or 502 of the applications or the events: bare, for a fresh token, or for a user who may have none there. */
const MOVED: ReadonlySet<ProblemCode> = new Set<ProblemCode>(["moved", "tokenRefused", "forbidden"]);

/**
 * Where applications are created: where an earlier run ended, or where discovery ends. All that puts the address in
 * question stands here:
 *
 * | what                                                                  | then                             |
 * | --------------------------------------------------------------------- | -------------------------------- |
 * | 403 or 502 of `applications` or of the event channel                  | forgotten, by its keeper too     |
 * | sign-out                                                              | forgotten; the keeper knows      |
 * | no connection, 404, an answer that is not UCWA's, and it lasts        | searched for beside it           |
 * | anything else that UCWA says: 400, 401, 408, 409, 410, 429, 500, 503… | nothing                          |
 *
 * The reference knows the first two, and a connection error that survives many retries. To search is not to forget:
 * an address that only rests (no network yet, a server that restarts) is tried first each time, and one that is dead
 * keeps nobody off. It is replaced once an application has been created elsewhere. Reference: RootURL.
 */
export class ApplicationsAddress {
  readonly #discovery: Discovery;
  readonly #told: (applications: string | null) => void;
  #known: string | null;
  /** What the keeper has last been told. */
  #kept: string | null;
  #doubts = 0;

  constructor(deps: {
    discovery: Discovery;
    trust: Trust;
    /** From an earlier run of the same account and server. */
    known: string | null;
    /** Called with an address when an application has been created there, with null when it is to be forgotten. */
    discovered: (applications: string | null) => void;
  }) {
    this.#discovery = deps.discovery;
    this.#told = deps.discovered;
    this.#kept = deps.known;
    const known = deps.known === null ? null : resolveHref(deps.known, deps.known);
    this.#known = known !== null && isSecureUrl(known) ? known : null;
    // It was approved when it was found.
    if (this.#known !== null) deps.trust.start(this.#known);
  }

  get isKnown(): boolean {
    return this.#known !== null;
  }

  /**
   * Creates where the application belongs. `onUser` is called when a search goes on to where a sign-in is asked for.
   * Rejects with what `create` or the search rejects with.
   */
  async reach<T>(
    create: (applications: string) => Promise<T>,
    signal: AbortSignal,
    onUser: () => void,
  ): Promise<T> {
    const known = this.#known;
    if (known === null) return this.#create(await this.#discovery.find(signal, onUser), create);
    try {
      return await this.#create(known, create);
    } catch (error) {
      if (signal.aborted || this.#doubts < DOUBTS || !isDoubtful(error)) throw error;
      const found = await this.#search(signal, onUser);
      if (found === null) throw error;
      this.#doubts = 0;
      if (found === known) throw error;
      return this.#create(found, create);
    }
  }

  /** What went wrong, here or in the life of the application. */
  note(problem: SessionProblem): void {
    const { action } = problem.advice;
    if (MOVED.has(problem.code) && action !== "retry") this.#forget();
    else if (isDoubtful(problem)) this.#doubts = action === "rediscover" ? DOUBTS : this.#doubts + 1;
    // What only the person can mend says nothing of where the application belongs.
    else if (action !== "stop") this.#doubts = 0;
  }

  /** Sign-out, which is told to nobody: a program that ends signs out too, and its keeper has to remember. */
  clear(): void {
    this.#known = null;
    this.#kept = null;
    this.#doubts = 0;
  }

  async #create<T>(applications: string, create: (applications: string) => Promise<T>): Promise<T> {
    // The first address that is found stays, whatever its server says; a later one has to prove itself.
    this.#known ??= applications;
    const created = await create(applications);
    this.#known = applications;
    this.#doubts = 0;
    this.#tell(applications);
    return created;
  }

  /** Null when the search finds nothing either, which says that the network is down rather than the address dead. */
  async #search(signal: AbortSignal, onUser: () => void): Promise<string | null> {
    try {
      return await this.#discovery.find(signal, onUser);
    } catch (error) {
      if (error instanceof SessionProblem && error.advice.action === "stop") throw error;
      return null;
    }
  }

  #forget(): void {
    this.#known = null;
    this.#doubts = 0;
    this.#tell(null);
  }

  #tell(applications: string | null): void {
    if (applications === this.#kept) return;
    this.#kept = applications;
    this.#told(applications);
  }
}

/** Whether a failure may come of an address that nobody answers at any more, or somebody else. */
function isDoubtful(error: unknown): boolean {
  if (error instanceof HttpFailure) return NO_ANSWER.has(error.kind);
  if (!(error instanceof SessionProblem)) return false;
  return error.code === "unexpected" || error.code === "tokenEndpoint" || NO_ANSWER.has(error.code);
}
