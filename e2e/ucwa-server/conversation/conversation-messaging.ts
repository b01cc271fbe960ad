import { noContent, ok, problem } from "../http/endpoint.ts";
import type { Answer, Endpoint, Exchange } from "../http/endpoint.ts";
import type { Announcement, Application } from "../application/served-application.ts";
import { conversationResource, isAnswered, notConnected } from "./conversation-resources.ts";
import type { ConversationView, ModalityState } from "./conversation-resources.ts";
import type { Participant, Roster } from "./conversation-participants.ts";
import { readMessage } from "./conversation-sending.ts";
import { messageDataUri, plainFromHtml } from "../resources/message-uri.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { contactHrefs } from "../people/people.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";

/** What was said in a conversation, for whoever watches the server. */
export interface Said {
  readonly at: number;
  readonly by: "caller" | "user";
  readonly format: MessageFormat;
  readonly text: string;
  /** Nobody fetched it in time, and its sender has been told. Reference: message */
  lost?: boolean;
}

/** What the messaging modality needs of its conversation. */
export interface MessagingHost extends ConversationView {
  readonly application: Application;
  readonly link: RelLink;
  readonly communication: RelLink;
  readonly roster: Roster;
  mount(path: string, endpoint: Endpoint): void;
  /** The user has said something, or is about to. */
  heard(text: string, format: MessageFormat): void;
  typed(): void;
  stopMessaging(): Answer;
  addMessaging(exchange: Exchange): Answer | Promise<Answer>;
}

/**
 * The messaging modality of one conversation. Reference: messaging, message, sendMessage, typingParticipants
 *
 *     Disconnected ──addMessaging, or an invitation──▶ Connecting ──answered──▶ Connected
 *          ▲                                               │                       │
 *          └───────────────────────────────────────────────┴──stopMessaging, end───┘
 */
export class Messaging {
  readonly said: Said[] = [];
  readonly href: string;
  readonly #host: MessagingHost;
  readonly #typing = new Map<Participant, () => void>();
  #state: ModalityState = "Disconnected";
  #messages = 0;

  constructor(host: MessagingHost) {
    this.#host = host;
    this.href = `${host.href}/messaging`;
  }

  get state(): ModalityState {
    return this.#state;
  }

  /** Says that the state has changed; what was offered before and is not any more is taken back. */
  become(state: ModalityState): Announcement {
    this.#state = state;
    const { application } = this.#host;
    const offered = Object.values(this.#operations());
    const taken = ["messages", "typing", "terminate", "add"]
      .map((last) => `${this.href}/${last}`)
      .filter((href) => !offered.some((link) => link.href === href));
    for (const link of offered) application.restoreLink(link.href);
    if (state === "Disconnected") this.stop();
    return {
      sender: this.#host.link,
      link: { rel: "messaging", href: this.href },
      type: "updated",
      resource: this.resource(),
      withdraws: taken,
    };
  }

  /** Reference: messaging */
  resource(): Resource {
    const { application, href } = this.#host;
    return {
      rel: "messaging",
      properties: {
        state: this.#state,
        ...(this.#state === "Connected" && {
          negotiatedMessageFormats: application.availability?.supportedMessageFormats ?? ["Plain"],
        }),
      },
      links: { self: { href: this.href }, conversation: { href }, ...this.#operations() },
    };
  }

  /** A message from somebody else. It waits a limited time to be fetched, and is lost then. */
  receive(from: Participant, text: string, format: MessageFormat): void {
    const { application } = this.#host;
    const { clock, timings } = application.context;
    const html = format === "html" && application.availability?.supportedMessageFormats.includes("Html");
    const said = this.#say("caller", text, format);
    const resource = this.#message("Incoming", {
      ...(!from.anonymous && { contact: { href: contactHrefs(application, from.uri).contact } }),
      participant: { href: from.href, title: from.name },
      messaging: { href: this.href },
      // A formatted message comes together with its plain form.
      ...(html && { htmlMessage: { href: messageDataUri(text, "html") } }),
      plainMessage: { href: messageDataUri(format === "html" ? plainFromHtml(text) : text, "plain") },
    });
    application.announce(
      ...this.typing(from, false),
      {
        sender: this.#host.link,
        link: { rel: "message", href: `${this.href}/messages/${this.#messages}` },
        status: "Success",
        type: "completed",
        resource,
        expiresAt: clock.now() + timings.messageFetchMs,
        lost: () => (said.lost = true),
      },
      {
        sender: this.#host.communication,
        link: this.#host.link,
        type: "updated",
        resource: conversationResource(this.#host),
      },
    );
  }

  /** Somebody begins to type, or stops. INFERRED: the conversation is the sender of it. */
  typing(who: Participant, begins: boolean): Announcement[] {
    const { clock, timings } = this.#host.application.context;
    const typed = this.#typing.get(who);
    typed?.();
    if (begins) {
      const disarm = clock.after(timings.typingMs, () =>
        this.#host.application.announce(...this.typing(who, false)),
      );
      this.#typing.set(who, disarm);
    } else this.#typing.delete(who);
    if (begins === (typed !== undefined)) return [];
    return [
      {
        sender: this.#host.link,
        link: this.#host.roster.link(who),
        in: { rel: "typingParticipants", href: `${this.href}/typingParticipants` },
        type: begins ? "added" : "deleted",
      },
    ];
  }

  /** Makes the addresses of the modality answer. */
  mount(): void {
    const host = this.#host;
    host.mount("/messaging", { name: "messaging", GET: () => ok(this.resource()), POST: () => misaddressed });
    host.mount("/messaging/messages", {
      name: "sendMessage",
      takesBody: true,
      mayAdd: ["operationId", "OperationContext"],
      POST: (exchange) => this.#send(exchange),
    });
    host.mount("/messaging/terminate", {
      name: "stopMessaging",
      POST: () => (this.#state === "Disconnected" ? notConnected : host.stopMessaging()),
    });
    host.mount("/messaging/add", {
      name: "addMessaging",
      takesBody: true,
      mayAdd: ["sessionContext"],
      POST: (exchange) => host.addMessaging(exchange),
    });
    host.mount("/messaging/typing", {
      name: "setIsTyping",
      POST: () => {
        if (this.#state !== "Connected") return notConnected;
        host.application.active();
        host.typed();
        return noContent;
      },
    });
    host.mount("/messaging/typingParticipants", {
      name: "typingParticipants",
      GET: () =>
        ok({
          rel: "typingParticipants",
          properties: {},
          links: {
            self: { href: `${this.href}/typingParticipants` },
            participant: [...this.#typing.keys()].map((who) => ({ href: who.href, title: who.name })),
          },
        }),
    });
  }

  /** Lets its timers go. */
  stop(): void {
    this.#state = "Disconnected";
    for (const stop of this.#typing.values()) stop();
    this.#typing.clear();
  }

  #operations(): Record<string, { href: string }> {
    switch (this.#state) {
      case "Connecting":
        return {};
      case "Disconnected":
        return isAnswered(this.#host.state) ? { addMessaging: { href: `${this.href}/add` } } : {};
      case "Connected":
        return {
          stopMessaging: { href: `${this.href}/terminate` },
          sendMessage: { href: `${this.href}/messages` },
          setIsTyping: { href: `${this.href}/typing` },
          typingParticipants: { href: `${this.href}/typingParticipants` },
        };
    }
  }

  #say(by: Said["by"], text: string, format: MessageFormat): Said {
    this.#messages += 1;
    const said: Said = { at: this.#host.application.context.clock.now(), by, format, text };
    this.said.push(said);
    return said;
  }

  #message(direction: "Incoming" | "Outgoing", links: Resource["links"], operationId?: string): Resource {
    const path = `/messaging/messages/${this.#messages}`;
    const resource: Resource = {
      rel: "message",
      properties: {
        direction,
        timeStamp: new Date(this.#host.application.context.clock.now()),
        ...(operationId !== undefined && { operationId }),
      },
      links: { self: { href: this.#host.href + path }, ...links },
    };
    this.#host.mount(path, { name: "message", GET: () => ok(resource) });
    return resource;
  }

  #send(exchange: Exchange): Answer {
    if (this.#state !== "Connected") return notConnected;
    const { application, link } = this.#host;
    const read = readMessage(application, exchange);
    if ("refusal" in read) return read.refusal;
    const { text, format, operationId } = read.message;
    application.active();
    this.#say("user", text, format);
    const href = `${this.href}/messages/${this.#messages}`;
    const resource = this.#message("Outgoing", { messaging: { href: this.href } }, operationId);
    const event = { sender: link, link: { rel: "message", href }, resource };
    application.announce({ ...event, type: "started" }, { ...event, type: "completed", status: "Success" });
    this.#host.heard(text, format);
    return { kind: "empty", status: 201, headers: [["Location", href]] };
  }
}

/** What happens to a message that is sent to `messaging` instead of `sendMessage`. */
const misaddressed = problem(500, "None", "Messages are sent by sendMessage.");
