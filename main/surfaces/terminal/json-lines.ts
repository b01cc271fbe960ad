import { isDeepStrictEqual } from "node:util";
import type { FoundPerson } from "../../conversations/calling.ts";
import type { Conversation, ConversationMessage } from "../../conversations/conversation.ts";
import type { AppState } from "../../core/app-state.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import type { SourceNetwork } from "../../ucwa/resources/wire-invitation.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { safeText } from "../../ucwa/resources/safe-text.ts";

/** How a command was answered; `id` and `command` as far as the line told them. */
export interface CommandAnswer {
  readonly command: string | null;
  readonly id: string | null;
  readonly tag?: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Of a search. */
  readonly found?: { readonly people: readonly FoundPerson[]; readonly moreAvailable: boolean };
}

/**
 * The state as lines of JSON, the public form that scripts read: a session, an invitation or a message is told when
 * something besides the time has changed, and an ended invitation not again. Lines come without their line feed.
 */
export class JsonLines {
  #session: string | null = null;
  readonly #invitations = new Map<string, string>();
  /** As they were told last. */
  #conversations: ReadonlyMap<string, Conversation> = new Map();

  /** `initial` is known to the reader already: only what differs from it is told. */
  constructor(initial: SessionState) {
    this.#session = JSON.stringify(sessionBody(initial));
  }

  /** The lines that tell how `state` differs from what was told before; `now` in epoch milliseconds. */
  changes(state: AppState, now: number): string[] {
    const lines: string[] = [];
    const present = new Set<string>();
    for (const invitation of state.invitations) {
      present.add(invitation.id);
      const body = invitationBody(invitation);
      const told = JSON.stringify(body);
      const before = this.#invitations.get(invitation.id);
      if (before === told || before === ENDED) continue;
      this.#invitations.set(invitation.id, invitation.endedAt === null ? told : ENDED);
      lines.push(line("invitation", now, body));
    }
    for (const id of this.#invitations.keys()) if (!present.has(id)) this.#invitations.delete(id);

    // After the invitation that a conversation began with.
    lines.push(...this.#newMessages(state.conversations).map((body) => line("message", now, body)));

    // After all of it, so that `signedOut` is the last line of a run.
    const body = sessionBody(state.session);
    const told = JSON.stringify(body);
    if (told !== this.#session) {
      this.#session = told;
      lines.push(line("session", now, body));
    }
    return lines;
  }

  /** Of a conversation that has begun: an accept may come to nothing. */
  #newMessages(all: readonly Conversation[]): Body[] {
    const told = this.#conversations;
    const begun = ({ id, state }: Conversation): boolean =>
      state === "connected" || state === "inLobby" || told.has(id);
    const conversations = all.filter(begun);
    this.#conversations = new Map(conversations.map((conversation) => [conversation.id, conversation]));
    return conversations.flatMap((conversation) => {
      const before = told.get(conversation.id);
      if (before === conversation) return [];
      const known = new Map(before?.messages.map((message) => [message.id, message]));
      return conversation.messages.flatMap((message) => {
        const was = known.get(message.id);
        if (before !== undefined && was === message && before.invitation === conversation.invitation)
          return [];
        const body = messageBody(message, conversation);
        return before !== undefined && was !== undefined && isDeepStrictEqual(messageBody(was, before), body)
          ? []
          : [body];
      });
    });
  }
}

/** No body is an empty text. */
const ENDED = "";

/** The line that answers a command. The tag comes back exactly as it was given. */
export function answerLine(answer: CommandAnswer, now: number): string {
  return line("answer", now, {
    command: answer.command,
    id: answer.id,
    ...(answer.tag === undefined ? {} : { tag: answer.tag }),
    ok: answer.error === null,
    ...(answer.error === null
      ? {}
      : { error: { code: answer.error.code, message: safeText(answer.error.message) } }),
    ...(answer.found === undefined
      ? {}
      : { people: answer.found.people.map(personBody), moreAvailable: answer.found.moreAvailable }),
  });
}

type Body = Readonly<Record<string, unknown>>;

function line(type: string, now: number, body: Body): string {
  return JSON.stringify({ type, at: time(now), ...body });
}

function sessionBody(session: SessionState): Body {
  switch (session.name) {
    case "signedOut":
    case "discovering":
    case "authenticating":
    case "creating":
    case "online":
      return { state: session.name };
    case "reconnecting":
      return {
        state: session.name,
        ...words(session),
        ...(session.retryAt === null ? {} : { retryAt: time(session.retryAt) }),
      };
    case "attention":
      return { state: session.name, ...words(session) };
  }
}

function words({ reason, detail, technical = "" }: Extract<SessionState, { readonly detail: string }>): Body {
  return {
    reason,
    ...(detail === "" ? {} : { detail: safeText(detail) }),
    ...(technical === "" ? {} : { technical: safeText(technical) }),
  };
}

function invitationBody(invitation: Invitation): Body {
  const { from, message, acceptedBy, meeting, reason } = invitation;
  return {
    id: invitation.id,
    kind: invitation.kind,
    direction: invitation.direction,
    state: invitation.state,
    from: {
      name: safeText(from.name),
      uri: safeText(from.uri),
      network: NETWORKS.includes(from.network) ? from.network : "Unknown",
      anonymous: from.anonymous,
    },
    to: textOrNull(invitation.to),
    onBehalfOf: textOrNull(invitation.onBehalfOf),
    subject: safeText(invitation.subject),
    message: message && { text: safeText(message.text), format: message.format },
    importance: invitation.importance,
    threadId: textOrNull(invitation.threadId),
    operationId: textOrNull(invitation.operationId),
    canAccept: invitation.canAccept,
    canDecline: invitation.canDecline,
    canCancel: invitation.canCancel,
    conversation: invitation.conversation,
    acceptedBy: acceptedBy && { name: safeText(acceptedBy.name), uri: safeText(acceptedBy.uri) },
    receivedAt: time(invitation.receivedAt),
    endedAt: invitation.endedAt === null ? null : time(invitation.endedAt),
    reason: reason && {
      code: safeText(reason.code),
      subcode: textOrNull(reason.subcode),
      message: textOrNull(reason.message),
    },
    delegator: textOrNull(invitation.delegator),
    forwardedBy: textOrNull(invitation.forwardedBy),
    transferredBy: textOrNull(invitation.transferredBy),
    privateLine: invitation.privateLine,
    phoneNumber: textOrNull(invitation.phoneNumber),
    otherMessageType: textOrNull(invitation.otherMessageType),
    inKnownConversation: invitation.inKnownConversation,
    inLobby: invitation.inLobby,
    declineScope: invitation.declineScope,
    meeting: meeting && { uri: textOrNull(meeting.uri), modalities: meeting.modalities },
  };
}

function messageBody(message: ConversationMessage, { id, invitation }: Conversation): Body {
  const { from } = message;
  return {
    id: message.id,
    conversation: id,
    invitation,
    direction: message.direction,
    from: from && { name: safeText(from.name), uri: safeText(from.uri) },
    text: safeText(message.text),
    sentAt: time(message.sentAt),
    state: message.state,
    problem: textOrNull(message.problem),
  };
}

function personBody({ name, uri, title, department }: FoundPerson): Body {
  return {
    name: safeText(name),
    uri: safeText(uri),
    title: safeText(title),
    department: safeText(department),
  };
}

const NETWORKS: readonly SourceNetwork[] = ["SameEnterprise", "Federated", "PublicCloud", "Everyone"];

function textOrNull(text: string | null): string | null {
  return text === null ? null : safeText(text);
}

function time(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
