import { ok, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Announcement, Application } from "../application/served-application.ts";
import { conversationResource, isAnswered, notConnected } from "./conversation-resources.ts";
import type { ConversationView, ModalityState } from "./conversation-resources.ts";
import { messageResource, notDelivered, notFetched } from "./conversation-message.ts";
import type { Said, Settled } from "./conversation-message.ts";
import type { Participant } from "./conversation-participants.ts";
import { Typing } from "./conversation-typing.ts";
import type { TypingHost } from "./conversation-typing.ts";
import { readMessage } from "./conversation-sending.ts";
import { MessageDelivery } from "./message-delivery.ts";
import { messageDataUri, plainFromHtml } from "../resources/message-uri.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { contactHrefs } from "../people/people.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";

/** What the messaging modality needs of its conversation. */
export interface MessagingHost extends ConversationView, TypingHost {
  readonly application: Application;
  readonly communication: RelLink;
  /** The user has said something. */
  heard(text: string, format: MessageFormat, settled: Settled): void;
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
  readonly typing: Typing;
  readonly href: string;
  readonly #host: MessagingHost;
  readonly #coming = new Set<MessageDelivery>();
  readonly #going = new Set<Settled>();
  #state: ModalityState = "Disconnected";

  constructor(host: MessagingHost) {
    this.#host = host;
    this.href = `${host.href}/messaging`;
    this.typing = new Typing(this.href, host);
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
  receive(from: Participant, text: string, format: MessageFormat, settled: Settled = () => {}): void {
    const { application } = this.#host;
    const { clock, switches, timings } = application.context;
    const html = format === "html" && application.availability?.supportedMessageFormats.includes("Html");
    const said = this.#say({ by: "caller", from, text, format, operationId: null, missedBy: [] });
    const plain = format === "html" ? plainFromHtml(text) : text;
    const links = {
      ...(!from.anonymous && { contact: { href: contactHrefs(application, from.uri).contact } }),
      participant: { href: from.href, title: from.name },
      messaging: { href: this.href },
      ...(html && { htmlMessage: { href: messageDataUri(text, "html") } }),
      // A formatted message comes together with its plain form.
      ...(!(html && switches.htmlOnly) && { plainMessage: { href: messageDataUri(plain, "plain") } }),
    };
    const { href, resource } = this.#mountMessage(() => messageResource(href, said, links));
    const delivery = new MessageDelivery(clock, timings.messageFetchMs, (fetched) => {
      said.status = fetched ? "delivered" : "lost";
      this.#coming.delete(delivery);
      settled(fetched ? null : notFetched);
      application.context.changed();
    });
    this.#coming.add(delivery);
    const event = { sender: this.#host.link, link: { rel: "message", href }, resource: resource(), delivery };
    application.announce(
      ...this.typing.of(from, false),
      ...(switches.messageEvents === "completed" ? [] : [{ ...event, type: "started" }]),
      ...(switches.messageEvents === "started"
        ? []
        : [{ ...event, type: "completed", status: "Success" as const }]),
      {
        sender: this.#host.communication,
        link: this.#host.link,
        type: "updated",
        resource: conversationResource(this.#host),
      },
    );
  }

  /** Nobody will fetch any more what has not been fetched: the user has left, or the application has gone. */
  abandon(): void {
    for (const delivery of this.#coming) delivery.end();
  }

  /** Whoever has said something that is not there yet is told that it will not arrive. */
  failPending(): void {
    for (const settle of this.#going) settle(notDelivered);
  }

  /** Makes the addresses of the modality answer. */
  mount(): void {
    const host = this.#host;
    host.mount("/messaging", {
      name: "messaging",
      takesBody: true,
      mayAdd: ["operationId", "OperationContext"],
      GET: () => ok(this.resource()),
      POST: ({ request }) => {
        host.application.context.breaches.record("messageToMessaging", request);
        return misaddressed;
      },
    });
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
    this.typing.mount(() => this.#state === "Connected");
  }

  /** Lets its timers go. */
  stop(): void {
    this.#state = "Disconnected";
    this.typing.stop();
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

  #say(what: Omit<Said, "at" | "repeats" | "status">): Said {
    const { uri, name } = what.from;
    const at = this.#host.application.context.clock.now();
    const said: Said = { ...what, from: { uri, name }, at, repeats: 0, status: "underWay" };
    this.said.push(said);
    return said;
  }

  /** Gives the next message an address. */
  #mountMessage(resource: () => Resource): { href: string; resource: () => Resource } {
    const path = `/messaging/messages/${this.said.length}`;
    this.#host.mount(path, { name: "message", GET: () => ok(resource()) });
    return { href: this.#host.href + path, resource };
  }

  #send(exchange: Exchange): Answer | Promise<Answer> {
    const { application, link, local, roster } = this.#host;
    const read = readMessage(application, exchange);
    if ("refusal" in read) return read.refusal;
    const { text, format, operationId } = read.message;
    const again = application.operations.again(exchange, operationId);
    if (again) return again;
    if (this.#state !== "Connected") return notConnected;
    application.active();
    this.typing.userTypes(false);
    const missedBy = this.#host.topic.attendees ? roster.deaf : [];
    const from = { uri: application.user.uri, name: local.title ?? "" };
    const said = this.#say({
      by: "user",
      from,
      text,
      format,
      operationId,
      missedBy: missedBy.map(({ uri }) => uri),
    });
    const links = { messaging: { href: this.href } };
    const { href, resource } = this.#mountMessage(() => messageResource(href, said, links, missedBy));
    const event = { sender: link, link: { rel: "message", href } };
    application.announce({ ...event, resource: resource(), type: "started" });
    const settle: Settled = (failure) => {
      if (!this.#going.delete(settle)) return;
      // INFERRED: in a meeting it has failed only when it reached nobody.
      const reason =
        missedBy.length > 0 && missedBy.length === roster.present.length ? notDelivered : failure;
      said.status = reason ? "lost" : "delivered";
      application.context.changed();
      if (this.#host.state === "Disconnected") return;
      const status = reason ? "Failure" : "Success";
      application.announce({
        ...event,
        resource: resource(),
        type: "completed",
        status,
        ...(reason && { reason }),
      });
    };
    this.#going.add(settle);
    this.#host.heard(text, format, settle);
    const answer: Answer = { kind: "empty", status: 201, headers: [["Location", href]] };
    return application.operations.remember(exchange, operationId, answer, () => (said.repeats += 1));
  }
}

/** What happens to a message that is sent to `messaging` instead of `sendMessage`. */
const misaddressed = problem(500, "None", "Messages are sent by sendMessage.");
