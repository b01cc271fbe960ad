import {
  APPLICATION,
  completed,
  CONVERSATION,
  invitationEvent,
  resource,
} from "../../testing/invitation-events.ts";
import { rig } from "../../testing/rig.ts";
import type { CommandOutcome } from "../../ucwa/session-port.ts";
import type { CallReceipt } from "../calling.ts";

export const CALL = `${APPLICATION}/communication/messagingInvitations/91`;
export const OLA = `${APPLICATION}/people/ola@example.test`;
export const REQUEST = { to: "ola@example.test", message: "1+1 is two & more" };

export const KIM = {
  name: "Kim Lee",
  uri: "sip:kim@example.test",
  network: "SameEnterprise",
  anonymous: false,
} as const;

export const made = (): Promise<CommandOutcome> => Promise.resolve({ outcome: "taken", location: CALL });

/** What the events of our call carry. */
export function call(state = "Connecting", over: { cancel?: boolean; operationId?: string } = {}) {
  const { cancel = state === "Connecting", operationId = "operation-1" } = over;
  return resource({
    properties: { direction: "Outgoing", state, operationId, subject: "Budget", importance: "Normal" },
    links: { to: OLA, conversation: CONVERSATION, ...(cancel ? { cancel: `${CALL}/cancel` } : {}) },
  });
}

export function begun(over: { href?: string; operationId?: string } = {}) {
  return invitationEvent("started", { href: over.href ?? CALL, resource: call("Connecting", over) });
}

export function ended(status: "Success" | "Failure", subcode?: string) {
  const state = status === "Success" ? "Connected" : "Failed";
  return completed(status, subcode, { href: CALL, resource: call(state) });
}

/** A rig whose POST the test answers. */
export function waiting() {
  const made_ = rig();
  let answer: (outcome: CommandOutcome) => void = () => {};
  made_.session.onPost = () => new Promise((resolve) => (answer = resolve));
  const receipt = made_.doorbell.calling.invite(REQUEST);
  return { ...made_, receipt, answer: (outcome: CommandOutcome) => answer(outcome) };
}

/** A rig with one call that rings at the other side. */
export async function calling() {
  const ready = rig();
  ready.session.onPost = made;
  await ready.doorbell.calling.invite(REQUEST);
  ready.doorbell.received([begun()]);
  return { ...ready, id: ready.only().id };
}

export function codeOf(receipt: CallReceipt): string {
  return receipt.ok ? "ok" : receipt.error.code;
}
