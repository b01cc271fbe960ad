import { invalidParameter, noContent, ok, problem } from "./answer.ts";
import type { Answer, Endpoint, Exchange } from "./answer.ts";
import type { Announcement, Application } from "./application.ts";
import {
  conversationResource,
  localParticipantResource,
  messagingResource,
  notConnected,
  readingEndpoints,
} from "./conversation-resources.ts";
import type { ConversationTopic, ConversationView } from "./conversation-resources.ts";
import { messageDataUri, plainFromHtml } from "./data-uri.ts";
import type { MessageFormat } from "./data-uri.ts";
import { mediaType } from "./message.ts";
import { contactHrefs, segment } from "./people.ts";
import { hex } from "./random.ts";
import type { RelLink, Resource } from "./resource.ts";

/** What was said in a conversation, for whoever watches the server. */
export interface Said {
  readonly at: number;
  readonly by: "caller" | "user";
  readonly format: MessageFormat;
  readonly text: string;
}

/**
 * One application's side of a conversation with one caller. Reference: conversation, messaging
 *
 *     Incoming ──connect──▶ Connected ──(either side leaves)──▶ Disconnected, then deleted
 *        └──────────────────(never answered)───────────────────▶ deleted
 */
export class Conversation implements ConversationView {
  readonly id: string;
  readonly path: string;
  readonly said: Said[] = [];
  readonly application: Application;
  readonly topic: ConversationTopic;
  readonly #communication: RelLink;
  readonly #left: () => void;
  readonly #mounted: string[] = [];
  #state: "Incoming" | "Connected" | "Disconnected" = "Incoming";
  #messages = 0;

  constructor(application: Application, topic: ConversationTopic, communication: RelLink, left: () => void) {
    this.application = application;
    this.topic = topic;
    this.#communication = communication;
    this.#left = left;
    this.id = hex(application.context.random, 8);
    this.path = `/communication/conversations/${this.id}`;
    this.#mountAll();
  }

  get href(): string {
    return this.application.base + this.path;
  }

  get messagingHref(): string {
    return `${this.href}/messaging`;
  }

  get state(): "Incoming" | "Connected" | "Disconnected" {
    return this.#state;
  }

  get callerHref(): string {
    // Who does not say who they are is not named in an address either.
    return this.#participantHref(this.topic.anonymous ? `anonymous-${this.id}` : this.topic.caller.uri);
  }

  get #link(): RelLink {
    return { rel: "conversation", href: this.href };
  }

  get local(): RelLink {
    const { user } = this.application;
    return { rel: "localParticipant", href: this.#participantHref(user.uri), title: user.name };
  }

  get #remote(): RelLink {
    return { rel: "participant", href: this.callerHref, title: this.topic.caller.name };
  }

  /** What is said at once when an invitation comes in: the conversation, and the user in it. */
  added(): Announcement[] {
    return [
      { sender: this.#communication, link: this.#link, type: "added", resource: conversationResource(this) },
      { sender: this.#link, link: this.local, type: "added", resource: localParticipantResource(this) },
    ];
  }

  /** The caller turns up as a participant. */
  announceCaller(): void {
    this.application.announce({ sender: this.#link, link: this.#remote, type: "added" });
  }

  /** The events of becoming connected, up to the completion of the invitation, which the caller adds. */
  connect(): Announcement[] {
    this.#state = "Connected";
    const { rel, href } = { rel: "participantMessaging", href: `${this.local.href}/messaging` };
    const own: Resource = {
      rel,
      properties: {},
      links: { self: { href }, participant: { href: this.local.href, title: this.application.user.name } },
    };
    return [
      {
        sender: this.#link,
        link: { rel: "messaging", href: this.messagingHref },
        type: "updated",
        resource: messagingResource(this),
      },
      {
        sender: this.#communication,
        link: this.#link,
        type: "updated",
        resource: conversationResource(this),
      },
      { sender: this.#link, link: { rel, href }, in: this.local, type: "added", resource: own },
      {
        sender: this.#link,
        link: { rel, href: `${this.#remote.href}/messaging` },
        in: this.#remote,
        type: "added",
      },
      { sender: this.#link, link: this.#remote, type: "updated" },
    ];
  }

  /** A message from the caller. */
  receive(text: string, format: MessageFormat): void {
    const { caller, anonymous } = this.topic;
    const { availability } = this.application;
    const html = format === "html" && availability?.supportedMessageFormats.includes("Html") === true;
    const plain = format === "html" ? plainFromHtml(text) : text;
    this.#say("caller", text, format);
    const resource = this.#message("Incoming", {
      ...(!anonymous && { contact: { href: contactHrefs(this.application, caller.uri).contact } }),
      participant: { href: this.#remote.href, title: caller.name },
      messaging: { href: this.messagingHref },
      // A formatted message comes together with its plain form.
      ...(html && { htmlMessage: { href: messageDataUri(text, "html") } }),
      plainMessage: { href: messageDataUri(plain, "plain") },
    });
    const href = `${this.messagingHref}/messages/${this.#messages}`;
    this.application.announce(
      { sender: this.#link, link: { rel: "message", href }, status: "Success", type: "completed", resource },
      {
        sender: this.#communication,
        link: this.#link,
        type: "updated",
        resource: conversationResource(this),
      },
    );
  }

  /** Ends the conversation: says so, and lets its addresses go. */
  close(): void {
    if (this.#state === "Disconnected") return;
    const wasConnected = this.#state === "Connected";
    this.#state = "Disconnected";
    this.application.announce(
      {
        sender: this.#link,
        link: { rel: "messaging", href: this.messagingHref },
        type: "updated",
        resource: messagingResource(this),
        withdraws: ["messages", "typing", "terminate"].map((last) => `${this.messagingHref}/${last}`),
      },
      ...(wasConnected
        ? [
            {
              sender: this.#communication,
              link: this.#link,
              type: "updated" as const,
              resource: { rel: "conversation", properties: { state: "Disconnected" }, links: {} },
            },
          ]
        : []),
      { sender: this.#link, link: this.local, type: "deleted" },
      {
        sender: this.#communication,
        link: this.#link,
        type: "deleted",
        withdraws: [this.href, this.messagingHref],
      },
    );
    this.unmount();
  }

  /** Lets the addresses go without a word: the client was silent so long that it is told to forget everything. */
  unmount(): void {
    this.#state = "Disconnected";
    for (const path of this.#mounted) this.application.unmount(path);
  }

  #participantHref(uri: string): string {
    return `${this.href}/participants/${segment(uri)}`;
  }

  #say(by: Said["by"], text: string, format: MessageFormat): void {
    this.#messages += 1;
    this.said.push({ at: this.application.context.clock.now(), by, format, text });
  }

  #message(direction: "Incoming" | "Outgoing", links: Resource["links"]): Resource {
    const path = `/messaging/messages/${this.#messages}`;
    const resource: Resource = {
      rel: "message",
      properties: { direction, timeStamp: new Date(this.application.context.clock.now()) },
      links: { self: { href: this.href + path }, ...links },
    };
    this.#mount(path, { name: "message", GET: () => ok(resource) });
    return resource;
  }

  #send({ request }: Exchange): Answer {
    if (this.#state !== "Connected") return notConnected;
    const type = mediaType(request.headers.get("content-type"));
    const formats = this.application.availability?.supportedMessageFormats ?? [];
    if (type !== "text/plain" && !(type === "text/html" && formats.includes("Html"))) {
      this.application.context.breaches.record("contentType", request);
      return problem(
        415,
        "UnsupportedMediaType",
        "A message is text/plain, or text/html where that was negotiated.",
      );
    }
    if (request.body.length === 0) return invalidParameter("message", "it is empty");
    this.application.active();
    this.#say("user", new TextDecoder().decode(request.body), type === "text/html" ? "html" : "plain");
    const href = `${this.messagingHref}/messages/${this.#messages}`;
    const resource = this.#message("Outgoing", { messaging: { href: this.messagingHref } });
    const event = { sender: this.#link, link: { rel: "message", href }, resource };
    this.application.announce(
      { ...event, type: "started" },
      { ...event, type: "completed", status: "Success" },
    );
    return { kind: "empty", status: 201, headers: [["Location", href]] };
  }

  #leave(): Answer {
    this.application.active();
    this.close();
    this.#left();
    return noContent;
  }

  #mount(path: string, endpoint: Endpoint): void {
    this.#mounted.push(this.path + path);
    this.application.mount(this.path + path, endpoint);
  }

  #mountAll(): void {
    this.#mount("", {
      name: "conversation",
      GET: () => ok(conversationResource(this)),
      DELETE: () => this.#leave(),
    });
    this.#mount("/messaging/messages", {
      name: "sendMessage",
      takesBody: true,
      mayAdd: ["operationId", "OperationContext"],
      POST: (exchange) => this.#send(exchange),
    });
    this.#mount("/messaging/terminate", { name: "stopMessaging", POST: () => this.#leave() });
    for (const [path, endpoint] of readingEndpoints(this)) this.#mount(path, endpoint);
  }
}
