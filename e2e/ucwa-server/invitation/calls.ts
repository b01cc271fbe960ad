import type { Applications, Running } from "../application/applications.ts";
import type { Context } from "../context.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import { heardOutside } from "../conversation/conversation-message.ts";
import type { InvitationContent } from "./invitation-content.ts";
import { modalityOf, reaches } from "./invitation-kinds.ts";
import { Call } from "./invitation-lifecycle.ts";
import { Invitation } from "./served-invitation.ts";
import { OutgoingCalls } from "./outgoing-calls.ts";

/** All calls, ringing and over; the last hundred are kept, and as many that users have made themselves. */
export class Calls {
  readonly outgoing: OutgoingCalls;
  readonly #context: Context;
  readonly #applications: Applications;
  readonly #calls = new Map<string, Call>();

  constructor(context: Context, applications: Applications) {
    this.#context = context;
    this.#applications = applications;
    this.outgoing = new OutgoingCalls(context, (content, ringMs, into) =>
      into ? this.add(into, content, ringMs) : this.start(content, ringMs),
    );
  }

  /** Oldest first. */
  get list(): readonly Call[] {
    return [...this.#calls.values()];
  }

  find(id: string): Call | undefined {
    return this.#calls.get(id);
  }

  /** How many applications a messaging invitation to this user would ring at. */
  reachable(userUri: string): number {
    return this.#ringable(userUri, { kind: "messaging" }).length;
  }

  /** Rings wherever the user is available for this kind of invitation. `null` when that is nowhere. */
  start(content: InvitationContent, ringMs: number): Call | null {
    const ringable = this.#ringable(content.to.uri, content.details);
    if (ringable.length === 0) return null;
    return this.#begin(
      content,
      ringMs,
      ringable.map((running) => ({ running, existing: null })),
    );
  }

  /**
   * Adds a modality to a conversation. `null` when it is over, or has that modality already.
   * Reference: messagingInvitation
   */
  add(existing: Conversation, content: InvitationContent, ringMs: number): Call | null {
    const modality = modalityOf(content.details);
    const running = this.#applications.find(existing.application.id);
    const isFree =
      modality !== null &&
      existing.state !== "Disconnected" &&
      existing.modality(modality) === "Disconnected";
    return running && isFree ? this.#begin(content, ringMs, [{ running, existing }]) : null;
  }

  #begin(
    content: InvitationContent,
    ringMs: number,
    places: readonly { readonly running: Running; readonly existing: Conversation | null }[],
  ): Call {
    const call = new Call(this.#context, content, ringMs, (status) => {
      this.#applications.logsOf(content.to.uri).add(status, content, this.#context.clock.now());
    });
    const copies = places.map(({ running, existing }) => {
      const { application, communication, held } = running;
      const copy = new Invitation(
        application,
        communication,
        content,
        {
          accepted: (by) => call.accepted(by),
          declined: (by, reason) => call.declined(by, reason),
          left: (by) => call.left(by),
          lost: (by) => call.lose(by),
          heard: (text, format, settled) =>
            call.peer ? call.peer.hears(text, format, settled) : heardOutside(this.#context, settled),
          typed: () => call.peer?.types(true),
          stopped: () => call.peer?.conversation.remoteStops(),
          counterpart: () => call.peer?.conversation ?? null,
          addMessaging: (conversation, exchange) => this.outgoing.add(running, conversation, exchange),
        },
        existing,
      );
      held.add(copy);
      return copy;
    });
    this.#keep(call);
    call.ring(copies);
    this.#context.changed();
    return call;
  }

  #keep(call: Call): void {
    this.#calls.set(call.id, call);
    for (const [id, oldest] of this.#calls) {
      if (this.#calls.size <= 100) break;
      if (oldest.endedAt === null) break;
      this.#calls.delete(id);
      for (const copy of oldest.copies) this.#applications.find(copy.application.id)?.held.delete(copy);
    }
  }

  #ringable(userUri: string, details: InvitationContent["details"]): readonly Running[] {
    return this.#applications.list.filter(
      ({ application }) =>
        application.user.uri === userUri &&
        application.availability !== null &&
        reaches(details, application.availability),
    );
  }
}
