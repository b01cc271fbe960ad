import type { Applications } from "./applications.ts";
import type { Context } from "./context.ts";
import { Call } from "./invitation-lifecycle.ts";
import { Invitation } from "./invitation.ts";
import type { InvitationContent } from "./invitation-content.ts";

/** All calls, ringing and over; the last hundred are kept. */
export class Calls {
  readonly #context: Context;
  readonly #applications: Applications;
  readonly #calls = new Map<string, Call>();
  readonly #callOf = new WeakMap<Invitation, Call>();

  constructor(context: Context, applications: Applications) {
    this.#context = context;
    this.#applications = applications;
  }

  /** Oldest first. */
  get list(): readonly Call[] {
    return [...this.#calls.values()];
  }

  find(id: string): Call | undefined {
    return this.#calls.get(id);
  }

  /** How many applications an invitation to this user would ring at. */
  reachable(userUri: string): number {
    return this.#ringable(userUri).length;
  }

  /** Rings at every application that has made the user available for messaging. `null` when there is none. */
  start(content: InvitationContent, ringMs: number): Call | null {
    const ringable = this.#ringable(content.to.uri);
    if (ringable.length === 0) return null;
    const call = new Call(this.#context, content, ringMs, () => {
      this.#applications.missedBy(content.to.uri).missedConversations += 1;
    });
    const copies = ringable.map(({ application, communication, invitations }) => {
      const copy = new Invitation(application, communication, content, {
        accepted: (by) => call.accepted(by),
        declined: (by, reason) => call.declined(by, reason),
        left: () => call.left(),
      });
      invitations.add(copy);
      this.#callOf.set(copy, call);
      return copy;
    });
    this.#calls.set(call.id, call);
    for (const [id, oldest] of this.#calls) {
      if (this.#calls.size <= 100) break;
      if (oldest.endedAt === null) break;
      this.#calls.delete(id);
      for (const copy of oldest.copies)
        this.#applications.find(copy.application.id)?.invitations.delete(copy);
    }
    call.ring(copies);
    this.#context.changed();
    return call;
  }

  /** An application has gone, or has forgotten its conversations. */
  lost(invitation: Invitation): void {
    this.#callOf.get(invitation)?.lose(invitation);
  }

  #ringable(userUri: string): Applications["list"] {
    return this.#applications.list.filter(
      ({ application }) =>
        application.user.uri === userUri &&
        application.availability?.supportedModalities.includes("Messaging") === true,
    );
  }
}
