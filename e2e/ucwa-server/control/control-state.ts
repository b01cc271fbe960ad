import type { Breach } from "../http/breaches.ts";
import type { Calls } from "../invitation/calls.ts";
import type { Context, Origins, Switches } from "../context.ts";
import type { ControlParts } from "./control-parts.ts";
import type { ModalityState } from "../conversation/conversation-resources.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import type { Said } from "../conversation/conversation-message.ts";
import type { Listed } from "../people/directory.ts";
import type { Fault } from "../faults/faults.ts";
import type { CallState } from "../invitation/invitation-lifecycle.ts";
import type { InvitationContent, InvitationState } from "../invitation/invitation-content.ts";
import type { OutgoingState } from "../invitation/outgoing-call.ts";
import type { OutgoingContent } from "../invitation/outgoing-invitation.ts";
import type { ShownPresence } from "../people/people-presence.ts";
import type { Person } from "../people/person.ts";
import { wordsOfDataUri } from "../resources/message-uri.ts";
import type { SeenRequest } from "../http/request-list.ts";

/** What can be seen of the conversation that an invitation has led to. */
interface ConversationView {
  /** What was said, oldest first, also before it moved to another conversation. */
  readonly said: readonly Said[];
  /** Whether they can write to each other. */
  readonly messaging: ModalityState;
  /** Who is typing now: the user, and the addresses of the others. */
  readonly typing: { readonly user: boolean; readonly others: readonly string[] };
  /** Who else is in it; names may be empty. */
  readonly participants: readonly { readonly uri: string; readonly name: string }[];
}

/** A call and its copies at the user's endpoints. Times are milliseconds of the server's clock. */
export interface InvitationView extends InvitationContent, ConversationView {
  readonly id: string;
  readonly state: CallState["kind"];
  /** While ringing: when it will have been missed. */
  readonly until: number | null;
  readonly declineReason: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly endpoints: readonly {
    readonly application: string;
    readonly href: string;
    readonly phase: string;
    readonly state: InvitationState;
  }[];
}

/** A call by a user to somebody else. */
export interface OutgoingView extends OutgoingContent, ConversationView {
  readonly id: string;
  readonly from: string;
  /** The first words as plain text or HTML; `null` without any. */
  readonly words: string | null;
  readonly startedAt: number;
  /** It adds messaging to a conversation that was there before. */
  readonly joins: boolean;
  /** The invitation at the user of this server whom it rang; `null` where there is none. */
  readonly rang: string | null;
  /** Who has taken it. */
  readonly acceptedBy: Person | null;
  /** How often the same operationId was sent again. It was not carried out again. */
  readonly repeats: number;
  readonly state: OutgoingState["kind"];
  readonly subcode: string | null;
  readonly endedAt: number | null;
}

/** One running application. */
export interface ApplicationView {
  readonly id: string;
  readonly user: string;
  readonly userAgent: string;
  readonly endpointId: string;
  readonly instances: readonly string[];
  /** The user has been made available here. */
  readonly available: boolean;
  /** Event requests that wait here now. */
  readonly parked: number;
  readonly createdAt: number;
  readonly activityAt: number;
}

/** Everything the server shows of itself. No token and no password is in it. */
export interface ServerState {
  readonly version: number;
  readonly now: number;
  readonly origins: Origins;
  /** SHA-256 of the server's certificate; `null` without TLS. */
  readonly fingerprint: string | null;
  readonly users: readonly {
    readonly uri: string;
    readonly name: string;
    /** How many applications an invitation would ring at. */
    readonly endpoints: number;
    readonly missedConversations: number;
    /** What the control API says that they show; `null` when it says nothing. */
    readonly presence: ShownPresence | null;
  }[];
  /** Who can be found besides the users. */
  readonly people: readonly Omit<Listed, "jpeg">[];
  readonly applications: readonly ApplicationView[];
  readonly invitations: readonly InvitationView[];
  readonly requests: readonly SeenRequest[];
  readonly outgoing: readonly OutgoingView[];
  readonly breaches: readonly Breach[];
  readonly breachCount: number;
  readonly notes: readonly Breach[];
  readonly switches: Switches;
  readonly faults: readonly Fault[];
  /** How many requests and bodies a fault holds back now. */
  readonly held: number;
}

/** Takes a picture of the server. */
export function snapshot(context: Context, parts: ControlParts, calls: Calls): ServerState {
  return {
    version: parts.watchers.version,
    now: context.clock.now(),
    origins: context.origins,
    fingerprint: parts.fingerprint,
    users: context.users.map(({ uri, name }) => ({
      uri,
      name,
      endpoints: calls.reachable(uri),
      missedConversations: parts.applications.logsOf(uri).missedConversations,
      presence: context.presences.known(uri),
    })),
    people: context.directory.list.map(({ jpeg: _jpeg, ...listed }) => listed),
    applications: parts.applications.list.map(({ application }) => ({
      id: application.id,
      user: application.user.uri,
      userAgent: application.identity.userAgent,
      endpointId: application.identity.endpointId,
      instances: [...application.channels.keys()],
      available: application.availability !== null,
      parked: application.parked,
      createdAt: application.createdAt,
      activityAt: application.activityAt,
    })),
    invitations: calls.list.map((call) => ({
      id: call.id,
      ...call.content,
      state: call.state.kind,
      until: call.state.kind === "ringing" ? call.state.until : null,
      declineReason: call.state.kind === "declined" ? call.state.reason : null,
      startedAt: call.startedAt,
      endedAt: call.endedAt,
      ...viewOf(
        call.copies.flatMap(({ conversation, derived }) => [conversation, derived ?? []].flat()),
        call.conversation,
      ),
      endpoints: call.copies.map((copy) => ({
        application: copy.application.id,
        href: context.origins.applications + copy.href,
        phase: copy.phase,
        state: copy.state,
      })),
    })),
    outgoing: calls.outgoing.list.map((call) => ({
      id: call.id,
      from: call.from,
      ...call.content,
      words: call.content.message === null ? null : (wordsOfDataUri(call.content.message)?.text ?? null),
      startedAt: call.startedAt,
      joins: call.invitation.joins,
      rang: call.rang,
      acceptedBy: call.acceptedBy,
      repeats: call.repeats,
      state: call.state.kind,
      subcode: call.state.kind === "failed" ? call.state.subcode : null,
      endedAt: call.endedAt,
      ...viewOf(
        [...new Set([call.invitation.conversation, call.conversation])],
        call.state.kind === "connected" ? call.conversation : undefined,
      ),
    })),
    requests: [...parts.requests.list],
    breaches: [...context.breaches.list],
    breachCount: context.breaches.count,
    notes: [...context.breaches.notes],
    switches: { ...context.switches },
    faults: [...parts.faults.list],
    held: parts.held.count,
  };
}

/** What was said in all of these, and who is in the one that stands. */
function viewOf(conversations: readonly Conversation[], current: Conversation | undefined): ConversationView {
  return {
    // Copies: what becomes of a message must not change a picture that was taken before.
    said: conversations.flatMap(({ said }) => said.map((one) => ({ ...one }))),
    messaging: current?.messaging.state ?? "Disconnected",
    typing: current?.messaging.typing.now ?? { user: false, others: [] },
    participants: (current?.roster.present ?? []).map(({ uri, name }) => ({ uri, name })),
  };
}
