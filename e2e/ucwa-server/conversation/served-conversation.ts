import { noContent, ok, problem } from "../http/endpoint.ts";
import type { Answer, Endpoint, Exchange } from "../http/endpoint.ts";
import type { Announcement, Application } from "../application/served-application.ts";
import { readingEndpoints } from "./conversation-endpoints.ts";
import { Messaging } from "./conversation-messaging.ts";
import type { MessagingHost } from "./conversation-messaging.ts";
import type { Said, Settled } from "./conversation-message.ts";
import { Roster } from "./conversation-participants.ts";
import type { Participant, RosterHost } from "./conversation-participants.ts";
import {
  conversationResource,
  localParticipantResource,
  modalityRels,
  modalityResource,
} from "./conversation-resources.ts";
import type {
  ConversationState,
  ConversationTopic,
  ModalityRel,
  ModalityState,
} from "./conversation-resources.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { hex } from "../random.ts";
import type { RelLink } from "../resources/served-resource.ts";

/** What a conversation sets off in the call that it belongs to. */
export interface ConversationOwner {
  /** The user has left it. */
  left(): void;
  heard(text: string, format: MessageFormat, settled: Settled): void;
  typed(): void;
  /** The user has stopped messaging, and the conversation goes on without. */
  stopped(): void;
  /** The same conversation at the other one, when that is a user of this server. */
  counterpart(): Conversation | null;
  addMessaging(conversation: Conversation, exchange: Exchange): Answer | Promise<Answer>;
}

/**
 * One application's side of a conversation with somebody, or of a meeting. Reference: conversation
 *
 *     Incoming ────┬──answered──▶ Connected ───────────────────────────┬──(a side leaves)──▶ Disconnected, deleted
 *     Connecting ──┘                                                   │
 *     Incoming ──accept──▶ Conferencing ──┬──────────────▶ Conferenced ┘
 *                                         └──▶ InLobby ──admit──┘
 *     Incoming, Connecting ──(never answered)──▶ deleted
 */
export class Conversation implements MessagingHost, RosterHost {
  readonly id: string;
  readonly path: string;
  readonly application: Application;
  readonly topic: ConversationTopic;
  readonly communication: RelLink;
  readonly roster: Roster;
  readonly messaging: Messaging;
  /** The other one. */
  readonly remote: Participant;
  readonly #owner: ConversationOwner;
  readonly #mounted: string[] = [];
  readonly #afterwards: (() => void)[] = [];
  readonly #modalities = new Map<ModalityRel, ModalityState>();
  #state: ConversationState;

  constructor(
    application: Application,
    topic: ConversationTopic,
    communication: RelLink,
    owner: ConversationOwner,
    state: "Incoming" | "Connecting",
  ) {
    this.application = application;
    this.topic = topic;
    this.communication = communication;
    this.#owner = owner;
    this.#state = state;
    this.id = hex(application.context.random, 8);
    this.path = `/communication/conversations/${this.id}`;
    this.roster = new Roster(this);
    this.messaging = new Messaging(this);
    this.remote = this.roster.know(topic.remote, topic.anonymous);
    for (const person of topic.attendees ?? []) this.roster.know(person);
    this.#mountAll();
  }

  get href(): string {
    return this.application.base + this.path;
  }

  get state(): ConversationState {
    return this.#state;
  }

  get said(): readonly Said[] {
    return this.messaging.said;
  }

  get link(): RelLink {
    return { rel: "conversation", href: this.href };
  }

  get local(): RelLink {
    const { user } = this.application;
    return { rel: "localParticipant", href: this.roster.hrefOf(user.uri), title: user.name };
  }

  get participantCount(): number {
    return this.roster.present.length + 1;
  }

  get messagingConnected(): boolean {
    return this.messaging.state === "Connected";
  }

  modality(rel: ModalityRel): ModalityState {
    return rel === "messaging" ? this.messaging.state : (this.#modalities.get(rel) ?? "Disconnected");
  }

  /** What is said at once when there is a new conversation: it, and the user in it. */
  added(): Announcement[] {
    return [
      { ...this.#updated(), type: "added" },
      { sender: this.link, link: this.local, type: "added", resource: localParticipantResource(this) },
    ];
  }

  /** The other one turns up as a participant. */
  announceRemote(): void {
    this.application.announce(...this.roster.join(this.remote));
  }

  /** Takes another state and says so. */
  become(state: ConversationState): Announcement {
    this.#state = state;
    return this.#updated();
  }

  /** Changes a modality and says so. */
  setModality(rel: ModalityRel, state: ModalityState): Announcement {
    if (rel === "messaging") return this.messaging.become(state);
    this.#modalities.set(rel, state);
    return {
      sender: this.link,
      link: { rel, href: `${this.href}/${rel}` },
      type: "updated",
      resource: modalityResource(this, rel),
    };
  }

  /** Calls once the conversation is over, however that comes. */
  whenOver(run: () => void): void {
    this.#afterwards.push(run);
  }

  /** A message from the other one, or from another participant. */
  receive(text: string, format: MessageFormat, from: Participant = this.remote, settled?: Settled): void {
    this.messaging.receive(from, text, format, settled);
  }

  /** The other one, or another participant, begins or stops to type. */
  remoteTypes(begins: boolean, who: Participant = this.remote): void {
    this.application.announce(...this.messaging.typing.of(who, begins));
  }

  /** The other one has stopped messaging, and the conversation goes on without. */
  remoteStops(): void {
    if (this.messaging.state === "Connected")
      this.application.announce(this.messaging.become("Disconnected"), this.#updated());
  }

  /** The same conversation at the other one, when that is a user of this server. */
  get counterpart(): Conversation | null {
    return this.#owner.counterpart();
  }

  heard(text: string, format: MessageFormat, settled: Settled): void {
    this.#owner.heard(text, format, settled);
  }

  typed(): void {
    this.#owner.typed();
  }

  /** The last modality takes the conversation with it, unless it is a meeting. */
  stopMessaging(): Answer {
    const others = modalityRels.some((rel) => rel !== "messaging" && this.modality(rel) !== "Disconnected");
    if (!others && !this.topic.attendees) return this.#leave();
    this.application.active();
    this.application.announce(this.messaging.become("Disconnected"), this.#updated());
    this.#owner.stopped();
    return noContent;
  }

  addMessaging(exchange: Exchange): Answer | Promise<Answer> {
    return this.#owner.addMessaging(this, exchange);
  }

  /** Why messaging cannot be added now; `null` when it can. */
  refuseAdding(): Answer | null {
    const ready = this.#state === "Connected" || this.#state === "Conferenced";
    if (!ready || this.messaging.state === "Connected") return notReady;
    return this.messaging.state === "Connecting" ? pending : null;
  }

  /** The other one ends it. What the user has said and nobody has got yet does not arrive any more. */
  hangUp(): void {
    this.messaging.failPending();
    this.close();
  }

  /** Ends the conversation: says so, and lets its addresses go. */
  close(): void {
    if (this.#state === "Disconnected") return;
    const wasAnswered = this.#state !== "Incoming" && this.#state !== "Connecting";
    this.#state = "Disconnected";
    this.application.announce(
      ...modalityRels
        .filter((rel) => this.modality(rel) !== "Disconnected")
        .map((rel) => this.setModality(rel, "Disconnected")),
      ...(wasAnswered
        ? [
            {
              sender: this.communication,
              link: this.link,
              type: "updated" as const,
              resource: { rel: "conversation", properties: { state: "Disconnected" }, links: {} },
            },
          ]
        : []),
      { sender: this.link, link: this.local, type: "deleted" },
      {
        sender: this.communication,
        link: this.link,
        type: "deleted",
        withdraws: [this.href, this.messaging.href, `${this.messaging.href}/add`],
      },
    );
    this.#release();
  }

  /** Lets the addresses go without a word: the client was silent so long that it is told to forget everything. */
  unmount(): void {
    this.messaging.abandon();
    this.#state = "Disconnected";
    this.#release();
  }

  #release(): void {
    this.messaging.stop();
    const { clock, timings } = this.application.context;
    const isMessage = (path: string): boolean => path.startsWith(`${this.path}/messaging/messages/`);
    for (const path of this.#mounted) if (!isMessage(path)) this.application.unmount(path);
    // What was said last may still be on its way as a link alone.
    clock.after(timings.invitationKeptMs, () => {
      for (const path of this.#mounted) if (isMessage(path)) this.application.unmount(path);
    });
    for (const run of this.#afterwards.splice(0)) run();
  }

  mount(path: string, endpoint: Endpoint): void {
    this.#mounted.push(this.path + path);
    this.application.mount(this.path + path, endpoint);
  }

  #updated(): Announcement {
    return {
      sender: this.communication,
      link: this.link,
      type: "updated",
      resource: conversationResource(this),
    };
  }

  #leave(): Answer {
    this.application.active();
    this.messaging.abandon();
    this.close();
    this.#owner.left();
    return noContent;
  }

  #mountAll(): void {
    this.mount("", {
      name: "conversation",
      GET: () => ok(conversationResource(this)),
      DELETE: () => this.#leave(),
    });
    this.messaging.mount();
    for (const [path, endpoint] of readingEndpoints(this, this.roster)) this.mount(path, endpoint);
  }
}

const notReady = problem(409, "None", "Messaging cannot be added to the conversation now.");
const pending = problem(409, "AnotherOperationPending", "Messaging is being added already.");
