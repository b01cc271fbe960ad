import { ok } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Announcement, Application } from "../application/served-application.ts";
import type { Communication } from "../conversation/communication.ts";
import { connectIncoming, connectMessaging } from "../conversation/conversation-connecting.ts";
import { Conversation } from "../conversation/served-conversation.ts";
import type { Settled } from "../conversation/conversation-message.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { answerEndpoints } from "./invitation-answers.ts";
import type { DeclineReason, InvitationContent, InvitationState } from "./invitation-content.ts";
import type { Ending } from "./invitation-endings.ts";
import { modalityOf, namedPeople, relOf } from "./invitation-kinds.ts";
import { incomingResource } from "./invitation-resource.ts";
import type { InvitationView } from "./invitation-resource.ts";
import { mountContact } from "../people/people.ts";
import type { Person } from "../people/person.ts";
import { hex } from "../random.ts";
import type { Reason, RelLink, Resource } from "../resources/served-resource.ts";

/** What an endpoint's answer sets off in the call that the invitation belongs to. */
export interface InvitationAnswers {
  accepted(invitation: Invitation): void;
  declined(invitation: Invitation, reason: DeclineReason): void;
  left(invitation: Invitation): void;
  /** The application has gone, or has lost its conversations. */
  lost(invitation: Invitation): void;
  heard(text: string, format: MessageFormat, settled: Settled): void;
  typed(): void;
  stopped(): void;
  counterpart(): Conversation | null;
  addMessaging(conversation: Conversation, exchange: Exchange): Answer | Promise<Answer>;
}

/** How far an endpoint's copy of an invitation has come. */
export type InvitationPhase = "ringing" | "answering" | "connected" | "ended";

/**
 * One application's copy of an incoming invitation of any kind, with addresses of its own.
 * Reference: messagingInvitation, onlineMeetingInvitation, phoneAudioInvitation, audioVideoInvitation
 *
 *     ringing ──an answer──▶ answering ──connect──▶ connected
 *        └──────────────────────┴──end(ending)──▶ ended ──(kept a while)──▶ gone
 */
export class Invitation implements InvitationView {
  readonly application: Application;
  readonly conversation: Conversation;
  readonly content: InvitationContent;
  readonly path: string;
  readonly #communication: Communication;
  readonly #answers: InvitationAnswers;
  /** It adds a modality to a conversation that goes on without it. */
  readonly #joins: boolean;
  readonly #paths: readonly string[];
  #phase: InvitationPhase = "ringing";
  #state: InvitationState;
  #acceptedBy: Person | null = null;
  #derived: Conversation | null = null;
  #repeated = false;

  constructor(
    application: Application,
    communication: Communication,
    content: InvitationContent,
    answers: InvitationAnswers,
    existing: Conversation | null = null,
  ) {
    this.application = application;
    this.#communication = communication;
    this.content = content;
    this.#answers = answers;
    this.#joins = existing !== null;
    this.#state = content.ringsIn;
    this.path = `/communication/${relOf(content.details)}s/${hex(application.context.random, 8)}`;
    this.conversation = existing ?? this.#newConversation(content.caller, content.anonymous);
    existing?.whenOver(() => answers.left(this));
    mountContact(application, content.to);
    for (const [, person] of namedPeople(content)) mountContact(application, person);
    const operations = answerEndpoints(this, {
      accept: () => this.#accept(),
      decline: (reason) => this.#decline(reason),
    });
    this.#paths = [this.path, ...operations.map(([path]) => this.path + path)];
    application.mount(this.path, { name: "invitation", GET: () => ok(this.resource()) });
    for (const [path, endpoint] of operations) application.mount(this.path + path, endpoint);
  }

  get href(): string {
    return this.application.base + this.path;
  }

  get phase(): InvitationPhase {
    return this.#phase;
  }

  get ringing(): boolean {
    return this.#phase === "ringing";
  }

  get state(): InvitationState {
    return this.#state;
  }

  get acceptedBy(): Person | null {
    return this.#acceptedBy;
  }

  get derived(): Conversation | null {
    return this.#derived;
  }

  resource(): Resource {
    return incomingResource(this);
  }

  /** Starts to ring here. */
  start(): void {
    const modality = modalityOf(this.content.details);
    const begins = modality ? [this.conversation.setModality(modality, "Connecting")] : [];
    const { roster, state } = this.conversation;
    this.application.announce(
      this.#said("started"),
      // What is new comes whole; what was there before says what has changed in it.
      ...(this.#joins ? [...begins, this.conversation.become(state)] : this.conversation.added()),
      ...this.content.others.flatMap((one) => roster.join(roster.know(one))),
    );
  }

  /** The caller of a new conversation turns up in it; into a meeting, everybody comes at once and later. */
  announceCaller(): void {
    if (this.#joins || this.content.details.kind === "onlineMeeting") return;
    if (this.#phase === "ringing" || this.#phase === "answering") this.conversation.announceRemote();
  }

  /** The user waits outside the meeting; the invitation stays as it is meanwhile. */
  enterLobby(): void {
    this.application.announce(this.conversation.become("InLobby"));
  }

  /** The conversation stands: everything is said in the recorded order, the completion last. */
  connect(): void {
    this.#phase = "connected";
    this.#state = "Connected";
    const { details } = this.content;
    const news = connectIncoming(this.conversation, details, this.#joins);
    this.application.announce(...news, this.#said("completed", { status: "Success" }));
  }

  /** The first words are repeated as a message of the conversation, once and before whatever else is said. */
  repeatMessage(): void {
    const { details, message, format } = this.content;
    if (this.#repeated || details.kind !== "messaging") return;
    this.#repeated = true;
    if (message !== null && this.conversation.messagingConnected) this.conversation.receive(message, format);
  }

  /** Ends the invitation unanswered, or answered by somebody else. */
  end(ending: Ending): void {
    if (this.#phase === "ended" || this.#phase === "connected") return;
    this.#phase = "ended";
    this.#state = ending.state;
    if (ending.acceptedBy) {
      this.#acceptedBy = ending.acceptedBy;
      mountContact(this.application, ending.acceptedBy);
    }
    const news = ending.derived ? this.#derive(ending.acceptedBy ?? this.content.caller) : [];
    const { reason } = ending;
    this.application.announce(...news, this.#said("completed", { status: "Failure", reason }));
    if (this.#joins) this.#restore();
    else this.conversation.close();
    if (ending.missed) this.#communication.announceMissed();
    const { clock, timings } = this.application.context;
    clock.after(timings.invitationKeptMs, () => this.#forget());
  }

  /** The application has gone, or has forgotten its conversations. */
  lost(): void {
    this.#answers.lost(this);
  }

  /** Lets all addresses go without a word. */
  unmount(): void {
    this.#phase = "ended";
    this.conversation.unmount();
    this.#derived?.unmount();
    this.#forget();
  }

  #newConversation(
    remote: Person,
    anonymous: boolean,
    state: "Incoming" | "Connecting" = "Incoming",
  ): Conversation {
    const { subject, threadId, importance, details } = this.content;
    const attendees = details.kind === "onlineMeeting" ? details.attendees : null;
    const conversation = new Conversation(
      this.application,
      { remote, anonymous, subject, threadId, importance, attendees },
      this.#communication.link,
      {
        left: () => this.#answers.left(this),
        heard: (text, format, settled) => this.#answers.heard(text, format, settled),
        typed: () => this.#answers.typed(),
        stopped: () => this.#answers.stopped(),
        counterpart: () => this.#answers.counterpart(),
        addMessaging: (to, exchange) => this.#answers.addMessaging(to, exchange),
      },
      state,
    );
    const modality = modalityOf(details);
    // Said with the conversation itself, which shows it among its active ones from the start.
    if (modality) conversation.setModality(modality, "Connecting");
    return conversation;
  }

  /** The conversation that was there before goes on as it was. */
  #restore(): void {
    const modality = modalityOf(this.content.details);
    const { conversation } = this;
    if (modality === null || conversation.state === "Disconnected") return;
    this.application.announce(
      conversation.setModality(modality, "Disconnected"),
      conversation.become(conversation.state),
    );
  }

  /** Somebody else has taken it, in another conversation that the user is in too. */
  #derive(remote: Person): Announcement[] {
    const derived = this.#newConversation(remote, false, "Connecting");
    this.#derived = derived;
    const added = derived.added();
    if (modalityOf(this.content.details) === "messaging")
      return [...added, ...connectMessaging(derived, "Incoming", [derived.remote])];
    return [...added, ...derived.roster.join(derived.remote), derived.become("Connected")];
  }

  #accept(): void {
    this.#phase = "answering";
    this.#state = "Connecting";
    this.application.active();
    const entering =
      this.content.details.kind === "onlineMeeting" ? [this.conversation.become("Conferencing")] : [];
    this.application.announce(this.#said("updated"), ...entering);
    this.#answers.accepted(this);
  }

  #decline(reason: DeclineReason): void {
    this.application.active();
    this.#answers.declined(this, reason);
  }

  #said(
    type: "started" | "updated" | "completed",
    end?: { status: "Success" | "Failure"; reason?: Reason | null },
  ): Announcement {
    const link: RelLink = { rel: relOf(this.content.details), href: this.href };
    const silent = this.application.context.switches.withoutReason;
    return {
      sender: this.#communication.link,
      link,
      ...(end && { status: end.status }),
      ...(end?.reason && !silent && { reason: end.reason }),
      type,
      resource: this.resource(),
      ...(type !== "started" && {
        withdraws: this.#paths.slice(1).map((path) => this.application.base + path),
      }),
    };
  }

  #forget(): void {
    for (const path of this.#paths) this.application.unmount(path);
  }
}
