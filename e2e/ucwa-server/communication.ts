import { invalidParameter, ok, problem } from "./answer.ts";
import type { Application } from "./application.ts";
import { listOf, readInput } from "./input.ts";
import { messageFormats, modalities } from "./me.ts";
import { digits } from "./random.ts";
import type { RelLink, Resource } from "./resource.ts";

/** What a user has missed, over all of the user's applications. Reference: missedItems */
export interface MissedItems {
  missedConversations: number;
}

/** The communication resource of one application, and the conversations and missed items beside it. */
export class Communication {
  readonly #application: Application;
  readonly #conversations: () => Resource[];
  readonly #missed: MissedItems;
  #etag: string;

  constructor(application: Application, missed: MissedItems, conversations: () => Resource[]) {
    this.#application = application;
    this.#missed = missed;
    this.#conversations = conversations;
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
        missedItems: { href: `${self}/missedItems` },
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
    const { missedConversations } = this.#missed;
    return {
      rel: "missedItems",
      properties: {
        conversationLogsCount: missedConversations,
        conversationLogsNotifications: "Disabled",
        missedConversationsCount: missedConversations,
        unreadMissedConversationsCount: missedConversations,
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
        if (application.availability === null)
          return problem(409, "MakeMeAvailableRequired", "The user has not been made available.");
        application.availability = {
          ...application.availability,
          supportedModalities: wanted,
          supportedMessageFormats: formats,
        };
        this.announceChange();
        return ok(this.resource(), [["ETag", `"${this.#etag}"`]]);
      },
    });
    application.mount("/communication/conversations", {
      name: "conversations",
      GET: () =>
        ok({
          rel: "conversations",
          properties: {},
          links: { self: { href: `${this.link.href}/conversations?filter=active` } },
          embedded: { conversation: this.#conversations() },
        }),
    });
    application.mount("/communication/missedItems", {
      name: "missedItems",
      GET: () => ok(this.#missedResource()),
    });
  }
}
