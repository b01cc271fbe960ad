import { noContent, ok, problem } from "../http/endpoint.ts";
import type { Announcement, Application } from "../application/served-application.ts";
import type { Communication } from "../conversation/communication.ts";
import { connectMessaging } from "../conversation/conversation-connecting.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import type { Ending } from "./invitation-endings.ts";
import type { importances, InvitationState } from "./invitation-content.ts";
import { contactHrefs, mountContact } from "../people/people.ts";
import type { Person } from "../people/person.ts";
import { hex } from "../random.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";

/** What the user says when they invite. */
export interface OutgoingContent {
  readonly to: Person;
  readonly subject: string;
  readonly threadId: string;
  readonly importance: (typeof importances)[number];
  readonly operationId: string | null;
  /** The first words as the data URI that they came in. */
  readonly message: string | null;
}

/** The conversation of an outgoing invitation. */
export interface Place {
  readonly conversation: Conversation;
  /** It has begun with this invitation. */
  readonly isNew: boolean;
  /** Begins another one with whoever has taken it instead. */
  readonly derive: (to: Person) => Conversation;
}

/**
 * An invitation from the user to somebody else. Reference: messagingInvitation, startMessaging, addMessaging, cancel
 *
 *     connecting ──answered──▶ connected
 *        └──failed, cancelled──▶ ended ──(kept a while)──▶ gone
 */
export class OutgoingInvitation {
  readonly application: Application;
  readonly conversation: Conversation;
  readonly content: OutgoingContent;
  readonly href: string;
  readonly #communication: Communication;
  readonly #path: string;
  /** It adds messaging to a conversation that was there before. */
  readonly joins: boolean;
  readonly #derive: (to: Person) => Conversation;
  #derived: Conversation | null = null;
  #phase: "connecting" | "connected" | "ended" = "connecting";
  #state: InvitationState = "Connecting";
  #acceptedBy: readonly Person[] = [];

  constructor(
    application: Application,
    communication: Communication,
    content: OutgoingContent,
    place: Place,
    cancelled: () => void,
  ) {
    this.application = application;
    this.#communication = communication;
    this.content = content;
    this.conversation = place.conversation;
    this.joins = !place.isNew;
    this.#derive = place.derive;
    this.#path = `/communication/messagingInvitations/${hex(application.context.random, 8)}`;
    this.href = application.base + this.#path;
    mountContact(application, content.to);
    application.mount(this.#path, { name: "invitation", GET: () => ok(this.resource()) });
    application.mount(`${this.#path}/cancel`, {
      name: "cancel",
      POST: () => {
        if (this.#phase !== "connecting") return problem(409, "None", "The invitation is not pending.");
        application.active();
        cancelled();
        return noContent;
      },
    });
  }

  get phase(): "connecting" | "connected" | "ended" {
    return this.#phase;
  }

  get acceptedBy(): readonly Person[] {
    return this.#acceptedBy;
  }

  /** Where it goes on, when somebody else has taken it. Reference: derivedMessaging */
  get derived(): Conversation | null {
    return this.#derived;
  }

  /** Reference: messagingInvitation */
  resource(): Resource {
    const { to, subject, importance, threadId, operationId, message } = this.content;
    const { conversation, application, href } = this;
    const { local, messaging } = conversation;
    const { roster } = this.#derived ?? conversation;
    return {
      rel: "messagingInvitation",
      properties: {
        direction: "Outgoing",
        importance,
        threadId,
        state: this.#state,
        ...(operationId !== null && { operationId }),
        subject,
      },
      links: {
        self: { href },
        from: { href: local.href, ...(local.title !== undefined && { title: local.title }) },
        to: { href: contactHrefs(application, to.uri).contact },
        conversation: { href: conversation.href },
        ...(this.#phase === "connecting" && { cancel: { href: `${href}/cancel` } }),
        messaging: { href: messaging.href },
        ...(this.#derived && { derivedMessaging: { href: this.#derived.messaging.href } }),
        ...(message !== null && { message: { href: message } }),
      },
      ...(this.#acceptedBy.length > 0 && {
        embedded: {
          acceptedByParticipant: this.#acceptedBy.map((person) => roster.resource(roster.know(person), true)),
        },
      }),
    };
  }

  /** Says that it is under way. */
  start(): void {
    const { conversation } = this;
    const messaging = conversation.setModality("messaging", "Connecting");
    this.application.announce(
      this.#said("started"),
      ...(this.joins ? [conversation.become(conversation.state)] : conversation.added()),
      messaging,
    );
  }

  /** Somebody takes it: not always the one who was invited. In a meeting, it is nobody in particular. */
  answered(by: readonly Person[]): void {
    if (this.#phase !== "connecting") return;
    this.#phase = "connected";
    this.#state = "Connected";
    this.#acceptedBy = by;
    const { conversation } = this;
    const others = this.joins
      ? conversation.roster.present
      : by.map((person) => conversation.roster.know(person));
    this.application.announce(
      ...connectMessaging(conversation, "Outgoing", others),
      this.#said("completed", { status: "Success" }),
    );
  }

  /** Somebody else takes it, with whom it goes on in another conversation. Reference: derivedMessaging */
  derivedTo(by: Person): void {
    if (this.#phase !== "connecting") return;
    this.#phase = "connected";
    this.#state = "Connected";
    this.#acceptedBy = [by];
    const derived = this.#derive(by);
    this.#derived = derived;
    const messaging = derived.setModality("messaging", "Connecting");
    this.application.announce(
      ...derived.added(),
      messaging,
      ...connectMessaging(derived, "Outgoing", [derived.remote]),
      this.#said("completed", { status: "Success" }),
    );
    this.#leaveAlone();
  }

  /** It comes to nothing. A conversation that was there before goes on without messaging. */
  failed(ending: Ending): void {
    if (this.#phase !== "connecting") return;
    this.#phase = "ended";
    this.#state = ending.state;
    const { reason } = ending;
    this.application.announce(this.#said("completed", { status: "Failure", ...(reason && { reason }) }));
    this.#leaveAlone();
    const { clock, timings } = this.application.context;
    clock.after(timings.invitationKeptMs, () => this.unmount());
  }

  /** What began with it ends; a conversation that was there before goes on without messaging. */
  #leaveAlone(): void {
    const { conversation } = this;
    if (this.joins)
      this.application.announce(
        conversation.setModality("messaging", "Disconnected"),
        conversation.become(conversation.state),
      );
    else conversation.close();
  }

  /** Lets its addresses go without a word. */
  unmount(): void {
    this.#phase = "ended";
    for (const path of [this.#path, `${this.#path}/cancel`]) this.application.unmount(path);
  }

  #said(type: "started" | "completed", end?: Pick<Announcement, "status" | "reason">): Announcement {
    const link: RelLink = { rel: "messagingInvitation", href: this.href };
    return {
      sender: this.#communication.link,
      link,
      ...end,
      type,
      resource: this.resource(),
      ...(type === "completed" && { withdraws: [`${this.href}/cancel`] }),
    };
  }
}
