import { invalidParameter, noContent, ok, problem, resourceNotFound } from "./answer.ts";
import type { Answer, Exchange } from "./answer.ts";
import type { Announcement, Application } from "./application.ts";
import type { Communication } from "./communication.ts";
import { callerResource } from "./conversation-resources.ts";
import { Conversation } from "./conversation.ts";
import { readInput, textOf } from "./input.ts";
import { declineReasons, firstMessage } from "./invitation-content.ts";
import type { DeclineReason, InvitationContent, InvitationState } from "./invitation-content.ts";
import { contactHrefs, mountContact } from "./people.ts";
import type { Person } from "./people.ts";
import { hex } from "./random.ts";
import type { Reason, RelLink, Resource } from "./resource.ts";

/** What an endpoint's answer sets off in the call that the invitation belongs to. */
export interface InvitationAnswers {
  accepted(invitation: Invitation): void;
  declined(invitation: Invitation, reason: DeclineReason): void;
  left(invitation: Invitation): void;
}

/**
 * One application's copy of an invitation to a messaging conversation, with addresses of its own.
 * Reference: messagingInvitation
 *
 *     ringing ──accept──▶ answering ──connect──▶ connected
 *        └──────────────────┴──end(state, reason)──▶ ended ──(kept a while)──▶ gone
 */
export class Invitation {
  readonly application: Application;
  readonly conversation: Conversation;
  readonly path: string;
  readonly #content: InvitationContent;
  readonly #communication: Communication;
  readonly #answers: InvitationAnswers;
  #phase: "ringing" | "answering" | "connected" | "ended" = "ringing";
  #state: InvitationState = "Connecting";
  #acceptedByContact: Person | null = null;

  constructor(
    application: Application,
    communication: Communication,
    content: InvitationContent,
    answers: InvitationAnswers,
  ) {
    this.application = application;
    this.#communication = communication;
    this.#content = content;
    this.#answers = answers;
    this.path = `/communication/messagingInvitations/${hex(application.context.random, 8)}`;
    this.conversation = new Conversation(application, content, communication.link, () => answers.left(this));
    mountContact(application, content.to);
    if (!content.anonymous) mountContact(application, content.caller);
    if (content.onBehalfOf) mountContact(application, content.onBehalfOf);
    application.mount(this.path, { name: "invitation", GET: () => ok(this.resource()) });
    application.mount(`${this.path}/accept`, {
      name: "accept",
      mayAdd: ["sessionContext"],
      POST: () => this.#accept(),
    });
    application.mount(`${this.path}/decline`, {
      name: "decline",
      takesBody: true,
      POST: (exchange) => this.#decline(exchange),
    });
  }

  get href(): string {
    return this.application.base + this.path;
  }

  get phase(): "ringing" | "answering" | "connected" | "ended" {
    return this.#phase;
  }

  get state(): InvitationState {
    return this.#state;
  }

  get #link(): RelLink {
    return { rel: "messagingInvitation", href: this.href };
  }

  /** Reference: messagingInvitation */
  resource(): Resource {
    const { to, subject, importance, threadId, onBehalfOf, customContent, operationId } = this.#content;
    const ringing = this.#phase === "ringing";
    const message = firstMessage(this.#content, this.application.availability?.supportedMessageFormats ?? []);
    return {
      rel: "messagingInvitation",
      properties: {
        direction: "Incoming",
        importance,
        threadId,
        state: this.#state,
        ...(operationId !== null && { operationId }),
        subject,
      },
      links: {
        self: { href: this.href },
        to: { href: contactHrefs(this.application, to.uri).contact },
        conversation: { href: this.conversation.href },
        ...(ringing && {
          accept: { href: `${this.href}/accept` },
          decline: { href: `${this.href}/decline` },
        }),
        messaging: { href: this.conversation.messagingHref },
        ...(message !== null && { message: { href: message } }),
        ...(customContent !== null && { customContent: { href: customContent } }),
        ...(onBehalfOf && {
          onBehalfOf: {
            href: contactHrefs(this.application, onBehalfOf.uri).contact,
            title: onBehalfOf.name,
          },
        }),
        ...(this.#acceptedByContact && {
          acceptedByContact: {
            href: contactHrefs(this.application, this.#acceptedByContact.uri).contact,
            title: this.#acceptedByContact.name,
          },
        }),
      },
      embedded: {
        // The recording shows the photo's link only once the invitation is answered.
        from: callerResource(this.conversation, !ringing),
      },
    };
  }

  /** Starts to ring here. */
  start(): void {
    this.application.announce(
      { sender: this.#communication.link, link: this.#link, type: "started", resource: this.resource() },
      ...this.conversation.added(),
    );
  }

  /** The conversation stands: everything is said in the recorded order, the completion last. */
  connect(): void {
    this.#phase = "connected";
    this.#state = "Connected";
    this.application.announce(...this.conversation.connect(), this.#completed("Success"));
  }

  /** The first words are repeated as a message of the conversation. */
  repeatMessage(): void {
    const { message, format } = this.#content;
    if (message !== null && this.conversation.state === "Connected")
      this.conversation.receive(message, format);
  }

  /** Ends the invitation unanswered, or answered by somebody else. `missed` also tells of the missed items. */
  end(state: InvitationState, reason: Reason, options: { missed: boolean; acceptedBy?: Person }): void {
    if (this.#phase === "ended" || this.#phase === "connected") return;
    this.#phase = "ended";
    this.#state = state;
    if (options.acceptedBy) {
      this.#acceptedByContact = options.acceptedBy;
      mountContact(this.application, options.acceptedBy);
    }
    this.application.announce(this.#completed("Failure", reason));
    this.conversation.close();
    if (options.missed) this.#communication.announceMissed();
    const { clock, timings } = this.application.context;
    clock.after(timings.invitationKeptMs, () => this.unmount());
  }

  /** Lets all addresses go without a word. */
  unmount(): void {
    this.#phase = "ended";
    this.conversation.unmount();
    for (const path of [this.path, `${this.path}/accept`, `${this.path}/decline`])
      this.application.unmount(path);
  }

  #accept(): Answer {
    const refusal = this.#refuse();
    if (refusal) return refusal;
    this.#phase = "answering";
    this.application.active();
    this.application.announce(this.#answered());
    this.#answers.accepted(this);
    return noContent;
  }

  #decline({ request }: Exchange): Answer {
    const read = readInput(request, this.application.context.breaches);
    if (!read.ok) return read.answer;
    const given = textOf(read.input, "reason", 100);
    const reason = given === undefined ? "Unknown" : declineReasons.find((one) => one === given);
    if (!reason) {
      this.application.context.breaches.record("invalidInput", request);
      return invalidParameter("reason", `one of ${declineReasons.join(", ")}`);
    }
    const refusal = this.#refuse();
    if (refusal) return refusal;
    this.application.active();
    this.#answers.declined(this, reason);
    return noContent;
  }

  /** Answered here already: conflict. Over: it is not there any more. */
  #refuse(): Answer | null {
    switch (this.#phase) {
      case "ringing":
        return null;
      case "answering":
      case "connected":
        return problem(409, "None", "The invitation has been answered already.");
      case "ended":
        return resourceNotFound;
    }
  }

  #answered(): Announcement {
    return {
      sender: this.#communication.link,
      link: this.#link,
      type: "updated",
      resource: this.resource(),
      withdraws: this.#answerHrefs(),
    };
  }

  #completed(status: "Success" | "Failure", reason?: Reason): Announcement {
    return {
      sender: this.#communication.link,
      link: this.#link,
      status,
      ...(reason && !this.application.context.switches.withoutReason && { reason }),
      type: "completed",
      resource: this.resource(),
      withdraws: this.#answerHrefs(),
    };
  }

  #answerHrefs(): string[] {
    return [`${this.href}/accept`, `${this.href}/decline`];
  }
}
