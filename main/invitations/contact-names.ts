import type { Logger } from "../platform/ports.ts";
import { readPerson } from "../ucwa/resources/read-invitation.ts";
import { textOf } from "../ucwa/resources/read-resource.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import type { SessionPort } from "../ucwa/session-port.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import type { InboxStore } from "./inbox-store.ts";
import { changedInvitations } from "./machine/inbox-state.ts";
import { unknownCallee, unknownCaller, unnamedContacts } from "./machine/invitation-details.ts";

export interface ContactNamesDeps {
  readonly store: InboxStore;
  readonly session: () => SessionPort | null;
  readonly logger: Logger;
}

/** Of people who may call again. The oldest go. */
const MOST_NAMES = 100;

/**
 * Names the people that a live invitation only links to: the caller, on whose behalf it came, who forwarded it, for
 * whom a delegate is rung; of an outgoing one whom it invites. One GET for each; the invitation rings meanwhile without the name, and for good
 * when the server does not tell it (403 without permission). The caller is asked for as the participant that the
 * invitation links to, too, which tells name, address and network. Reference: contact, from, to, onBehalfOf, delegator.
 */
export class ContactNames {
  readonly #deps: ContactNamesDeps;
  readonly #names = new Map<string, string>();
  /** By invitation that is alive: another one may have more luck. */
  readonly #asked = new Map<string, Set<string>>();

  constructor(deps: ContactNamesDeps) {
    this.#deps = deps;
    deps.store.subscribe(() => this.#work());
  }

  /** The hrefs of a session that is over name nobody. */
  forget(): void {
    this.#names.clear();
    this.#asked.clear();
  }

  #work(): void {
    const { store } = this.#deps;
    this.#forgetEnded();
    for (const entry of changedInvitations(store.inbox)) {
      const { generation } = entry;
      const callee = unknownCallee(entry);
      if (callee !== null) void this.#askCallee(entry.id, generation, callee);
      if (entry.details.direction !== "incoming") continue;
      for (const href of unnamedContacts(entry)) {
        const name = this.#names.get(keyOf(generation, href));
        if (name !== undefined) store.dispatch({ type: "contactNamed", generation, href, name });
        else void this.#ask(entry.id, generation, href);
      }
      const caller = unknownCaller(entry);
      if (caller !== null) void this.#askCaller(entry.id, generation, caller);
    }
  }

  #forgetEnded(): void {
    const { live } = this.#deps.store.inbox;
    if (this.#asked.size <= live.size) return;
    const alive = new Set([...live.values()].map(({ id }) => id));
    for (const id of this.#asked.keys()) if (!alive.has(id)) this.#asked.delete(id);
  }

  async #ask(id: string, generation: number, href: string): Promise<void> {
    const resource = await this.#read(id, generation, href);
    const name = safeLine((resource && textOf(resource, "name")) ?? "");
    if (name === "") return;
    this.#names.set(keyOf(generation, href), name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > MOST_NAMES && oldest !== undefined) this.#names.delete(oldest);
    this.#deps.store.dispatch({ type: "contactNamed", generation, href, name });
  }

  async #askCaller(id: string, generation: number, href: string): Promise<void> {
    const resource = await this.#read(id, generation, href);
    const person = resource && readPerson(resource, null);
    if (person) this.#deps.store.dispatch({ type: "callerFound", generation, href, person });
  }

  async #askCallee(id: string, generation: number, href: string): Promise<void> {
    const resource = await this.#read(id, generation, href);
    const person = resource && readPerson(resource, null);
    if (person) this.#deps.store.dispatch({ type: "calleeFound", generation, href, person });
  }

  /** Once for each invitation; null when the server does not tell. */
  async #read(id: string, generation: number, href: string): Promise<Resource | null> {
    const { logger } = this.#deps;
    const session = this.#deps.session();
    const asked = this.#asked.get(id) ?? new Set();
    if (!session || asked.has(href)) return null;
    this.#asked.set(id, asked.add(href));
    try {
      const answer = await session.read(generation, href);
      logger.debug("contact read", { id, outcome: answer.outcome });
      return answer.outcome === "found" && this.#deps.session() === session ? answer.resource : null;
    } catch {
      logger.error("reading a contact failed unexpectedly", { id });
      return null;
    }
  }
}

function keyOf(generation: number, href: string): string {
  return `${generation} ${href}`;
}
