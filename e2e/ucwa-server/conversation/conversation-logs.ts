import { invalidParameter, noContent, ok } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import type { InvitationContent } from "../invitation/invitation-content.ts";
import { modalityOf } from "../invitation/invitation-kinds.ts";
import type { Resource } from "../resources/served-resource.ts";

/** What is kept of one invitation that came and went. Reference: conversationLog, ConversationLogStatus */
export interface LoggedConversation {
  readonly id: number;
  readonly status: "Archived" | "Missed";
  readonly at: number;
  readonly content: InvitationContent;
  read: boolean;
}

/** What a user's mailbox keeps of their conversations, over all of their applications; the last two hundred. */
export class ConversationLogs {
  readonly #entries: LoggedConversation[] = [];
  #count = 0;

  /** Oldest first. */
  get list(): readonly LoggedConversation[] {
    return this.#entries;
  }

  get missedConversations(): number {
    return this.#entries.filter(({ status }) => status === "Missed").length;
  }

  get unreadMissedConversations(): number {
    return this.#entries.filter(({ status, read }) => status === "Missed" && !read).length;
  }

  add(status: LoggedConversation["status"], content: InvitationContent, at: number): void {
    this.#count += 1;
    this.#entries.push({ id: this.#count, status, at, content, read: status === "Archived" });
    if (this.#entries.length > 200) this.#entries.shift();
  }
}

/** What the logs of an application set off. */
export interface LogEffects {
  /** Something was read: the counters have changed. */
  read(): void;
  /** The user goes on with it. Reference: continueMessaging */
  continueMessaging(logged: LoggedConversation, exchange: Exchange): Answer | Promise<Answer>;
}

/** Makes a user's logs answer in one application. Reference: conversationLogs, conversationLog */
export function mountLogs(application: Application, logs: ConversationLogs, effects: LogEffects): void {
  const href = `${application.base}/communication/conversationLogs`;
  application.mount("/communication/conversationLogs", {
    name: "conversationLogs",
    mayAdd: ["limit"],
    GET: ({ url }) => {
      const given = url.searchParams.get("limit") ?? "25";
      const limit = /^\d{1,3}$/.test(given) ? Number(given) : 0;
      if (limit < 1 || limit > 100) return invalidParameter("limit", "1 to 100");
      const newest = logs.list.toReversed().slice(0, limit);
      for (const logged of newest) mountLog(application, logged, href, effects);
      return ok({
        rel: "conversationLogs",
        properties: {},
        links: { self: { href } },
        embedded: { conversationLog: newest.map((logged) => logResource(logged, href)) },
      });
    },
  });
}

function mountLog(
  application: Application,
  logged: LoggedConversation,
  href: string,
  effects: LogEffects,
): void {
  const path = `/communication/conversationLogs/${logged.id}`;
  application.mount(path, { name: "conversationLog", GET: () => ok(logResource(logged, href)) });
  application.mount(`${path}/markAsRead`, {
    name: "markAsRead",
    POST: () => {
      logged.read = true;
      effects.read();
      return noContent;
    },
  });
  application.mount(`${path}/continueMessaging`, {
    name: "continueMessaging",
    takesBody: true,
    POST: (exchange) => effects.continueMessaging(logged, exchange),
  });
}

function logResource({ id, status, at, content, read }: LoggedConversation, href: string): Resource {
  const self = `${href}/${id}`;
  const { subject, threadId, message, details } = content;
  const modality = modalityOf(details);
  const kinds = { messaging: "MessageLog", phoneAudio: "AudioLog", audioVideo: "VideoLog" } as const;
  const modalities = { messaging: ["Messaging"], phoneAudio: ["PhoneAudio"], audioVideo: ["Audio", "Video"] };
  const isCall = modality === "messaging" || modality === "phoneAudio" || modality === "audioVideo";
  return {
    rel: "conversationLog",
    properties: {
      status,
      type: isCall ? kinds[modality] : details.kind === "onlineMeeting" ? "ConferenceLog" : "UnknownLog",
      direction: "Incoming",
      ...(message !== null && { previewMessage: message.slice(0, 100) }),
      subject,
      threadId,
      creationTime: new Date(at),
      modalities: isCall ? modalities[modality] : [],
      totalRecipientsCount: 1,
    },
    links: {
      self: { href: self },
      ...(!read && { markAsRead: { href: `${self}/markAsRead` } }),
      ...(modality === "messaging" &&
        !content.anonymous && { continueMessaging: { href: `${self}/continueMessaging` } }),
    },
  };
}
