import { invalidParameter, ok, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { mountLogs } from "./conversation-logs.ts";
import type { ConversationLogs } from "./conversation-logs.ts";
import { listOf, readInput, textOf } from "../resources/input.ts";
import { messageFormats, modalities, modalityForbidden } from "../application/me-availability.ts";
import { digits } from "../random.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";

/** A conversation that is taken up again. Reference: continueMessaging */
export interface Continued {
  readonly to: string;
  readonly subject: string;
  readonly threadId: string;
}

/** What communication shows and starts that is kept elsewhere. */
export interface CommunicationParts {
  conversations(): Resource[];
  startMessaging(exchange: Exchange, given?: Continued): Answer | Promise<Answer>;
}

/** The communication resource of one application, and the conversations and missed items beside it. */
export class Communication {
  readonly #application: Application;
  readonly #parts: CommunicationParts;
  readonly #logs: ConversationLogs;
  #etag: string;

  constructor(application: Application, logs: ConversationLogs, parts: CommunicationParts) {
    this.#application = application;
    this.#logs = logs;
    this.#parts = parts;
    this.#etag = digits(application.context.random, 10);
    this.#mount();
  }

  /** The sender of all invitation and conversation events. */
  get link(): RelLink {
    return { rel: "communication", href: `${this.#application.base}/communication` };
  }

  /** Reference: communication */
  resource(): Resource {
    const { availability, communicationKey } = this.#application;
    const self = this.link.href;
    return {
      rel: "communication",
      properties: {
        [communicationKey]: "please pass this in a PUT request",
        supportedModalities: availability?.supportedModalities ?? [],
        supportedMessageFormats: availability?.supportedMessageFormats ?? ["Plain"],
        ...(availability?.audioPreference && { audioPreference: availability.audioPreference }),
        ...(availability?.phoneNumber && { phoneNumber: availability.phoneNumber }),
        etag: this.#etag,
      },
      links: {
        self: { href: self },
        conversations: { href: `${self}/conversations?filter=active` },
        startMessaging: { href: `${self}/messagingInvitations` },
        missedItems: { href: `${self}/missedItems` },
        conversationLogs: { href: `${self}/conversationLogs` },
      },
    };
  }

  /** Says that the resource has changed; its etag changes with it. */
  announceChange(): void {
    this.#etag = digits(this.#application.context.random, 10);
    this.#application.announce({
      sender: this.link,
      link: this.link,
      type: "updated",
      resource: this.resource(),
    });
  }

  /** Says what has been missed, also when that is as much as before. */
  announceMissed(): void {
    const resource = this.#missedResource();
    const href = `${this.link.href}/missedItems`;
    this.#application.announce({
      sender: this.link,
      link: { rel: "missedItems", href },
      type: "updated",
      resource,
    });
  }

  #missedResource(): Resource {
    const { list, missedConversations, unreadMissedConversations } = this.#logs;
    return {
      rel: "missedItems",
      properties: {
        conversationLogsCount: list.length,
        conversationLogsNotifications: "Disabled",
        missedConversationsCount: missedConversations,
        unreadMissedConversationsCount: unreadMissedConversations,
        unreadVoicemailsCount: 0,
        voiceMailsCount: 0,
      },
      links: { self: { href: `${this.link.href}/missedItems` } },
    };
  }

  #mount(): void {
    const application = this.#application;
    application.mount("/communication", {
      name: "communication",
      takesBody: true,
      GET: () => ok(this.resource(), [["ETag", `"${this.#etag}"`]]),
      PUT: ({ request }) => {
        const condition = request.headers.get("if-match");
        if (condition === null)
          return problem(428, "PreconditionRequired", "The If-Match header is missing.");
        if (condition.replace(/^W\//, "").replaceAll('"', "") !== this.#etag)
          return problem(412, "PreconditionFailed", "The resource has changed meanwhile.");
        const read = readInput(request, application.context.breaches);
        if (!read.ok) return read.answer;
        if (!read.input.has(application.communicationKey))
          return invalidParameter(application.communicationKey, "every property is passed back");
        const wanted = listOf(read.input, "supportedModalities", modalities);
        const formats = listOf(read.input, "supportedMessageFormats", messageFormats);
        if (!wanted) return invalidParameter("supportedModalities", "every property is passed back");
        if (!formats) return invalidParameter("supportedMessageFormats", "every property is passed back");
        const { allowedModalities } = application.context.switches;
        if (wanted.some((modality) => !allowedModalities.includes(modality)))
          return modalityForbidden(allowedModalities);
        const phoneNumber = textOf(read.input, "phoneNumber", 100);
        if (phoneNumber === null) return invalidParameter("phoneNumber", "a text of at most 100 characters");
        if (application.availability === null)
          return problem(409, "MakeMeAvailableRequired", "The user has not been made available.");
        application.availability = {
          ...application.availability,
          supportedModalities: wanted,
          supportedMessageFormats: formats,
          // What is not passed back is gone: a PUT is the whole representation.
          phoneNumber: phoneNumber ?? null,
        };
        this.announceChange();
        return { kind: "empty", status: 200, headers: [["ETag", `"${this.#etag}"`]] };
      },
    });
    application.mount("/communication/conversations", {
      name: "conversations",
      GET: () =>
        ok({
          rel: "conversations",
          properties: {},
          links: { self: { href: `${this.link.href}/conversations?filter=active` } },
          embedded: { conversation: this.#parts.conversations() },
        }),
    });
    mountLogs(application, this.#logs, {
      read: () => this.announceMissed(),
      continueMessaging: ({ content }, exchange) =>
        this.#parts.startMessaging(exchange, {
          to: content.caller.uri,
          subject: content.subject,
          threadId: content.threadId,
        }),
    });
    application.mount("/communication/messagingInvitations", {
      name: "startMessaging",
      takesBody: true,
      POST: (exchange) => this.#parts.startMessaging(exchange),
    });
    application.mount("/communication/missedItems", {
      name: "missedItems",
      GET: () => ok(this.#missedResource()),
    });
  }
}
