import {
  APPLICATION,
  CONVERSATION,
  conversationEvent,
  invitationEvent,
  resource,
} from "../../../testing/invitation-events.ts";
import { ADD_MESSAGING, meetingEvent, messagingUpdated } from "../../../testing/meeting-events.ts";
import { rig, taken } from "../../../testing/rig.ts";
import type { CommandOutcome } from "../../../ucwa/session-port.ts";
import { JOIN_CHECK_GAPS_MS } from "../../machine/timing.ts";

export const OWN_CALL = `${APPLICATION}/communication/messagingInvitations/99`;
/** The conversation of the meeting offers messaging, which nobody has yet. */
export const READY = messagingUpdated("Disconnected", true);
/** The server has taken the answer. */
export const ADMITTED = meetingEvent("completed", { status: "Success" });
/** As long as it is tried to join, in milliseconds. */
export const ALL_GAPS_MS = JOIN_CHECK_GAPS_MS.reduce((sum, gap) => sum + gap, 0);

/** A rig whose only invitation is a meeting that was accepted here; `joins` answers the POSTs to `addMessaging`. */
export async function accepted(joins: () => Promise<CommandOutcome> = taken) {
  const made = rig();
  made.session.onPost = ({ href }) => (href === ADD_MESSAGING ? joins() : taken());
  made.doorbell.received([meetingEvent("started")]);
  made.doorbell.received([conversationEvent("added", "Incoming")]);
  await made.doorbell.accept(made.only().id);
  made.doorbell.received([meetingEvent("updated")]);
  const posts = () => made.session.posted.filter(({ href }) => href === ADD_MESSAGING);
  return { ...made, posts };
}

/** The call that joining makes, as the server tells of it. */
export function ownCall(operationId: string | undefined, type: "started" | "completed" = "started") {
  const properties = { direction: "Outgoing", state: "Connecting", operationId };
  return invitationEvent(type, {
    href: OWN_CALL,
    status: type === "completed" ? "Success" : null,
    resource: resource({ properties, links: { conversation: CONVERSATION, cancel: `${OWN_CALL}/cancel` } }),
  });
}

/** The operation that a request named, if it did. */
export function operationOf(post: { readonly body: unknown } | undefined): string | undefined {
  const body = post?.body;
  return typeof body === "object" && body !== null && "operationId" in body
    ? String(body.operationId)
    : undefined;
}
