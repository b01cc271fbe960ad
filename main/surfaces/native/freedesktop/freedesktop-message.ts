import { Variant } from "@particle/dbus-next";
import type { NotificationCapabilities, NotificationRequest } from "../notification-service.ts";
import { profileOf } from "./service-profile.ts";
import { BUS, type BusCall, type BusSignal } from "../../../platform/bus/session-bus.ts";

/** The messages of `org.freedesktop.Notifications` as values. Desktop Notifications Specification 1.2 and 1.3. */

export const NOTIFICATIONS = "org.freedesktop.Notifications";
const NOTIFICATIONS_PATH = "/org/freedesktop/Notifications";

/** A call to the notification service; to its unique name, so that a call never starts another by accident. */
export function serviceCall(
  owner: string,
  member: string,
  signature?: string,
  body?: readonly unknown[],
): BusCall {
  const call = { destination: owner, path: NOTIFICATIONS_PATH, interface: NOTIFICATIONS, member };
  return signature === undefined ? call : { ...call, signature, body: body ?? [] };
}

export const MATCH_RULES: readonly string[] = [
  `type='signal',sender='${BUS}',interface='${BUS}',member='NameOwnerChanged',arg0='${NOTIFICATIONS}'`,
  `type='signal',sender='${NOTIFICATIONS}',interface='${NOTIFICATIONS}',path='${NOTIFICATIONS_PATH}'`,
];

export interface NotifyIdentity {
  readonly appName: string;
  /** Icon name of the icon theme, or the `file://` address of a file that other programs can read; empty for none. */
  readonly icon: string;
  /** Id of the `.desktop` file, without its ending. */
  readonly desktopEntry: string;
}

const URGENCY = { low: 0, normal: 1, critical: 2 } as const;

/**
 * How long a service keeps a notification that nobody renews. Longer than most invitations ring, so that those are
 * drawn once and never touched; short enough for the ring of a killed process, which nobody else takes away. "Never"
 * (0) would leave it for good, and makes notify-osd ask in a dialog; the service's own default (-1) ends an ordinary
 * notification after some ten seconds. Services that never let a critical one expire do not look at it.
 */
export const EXPIRES_MS = 60_000;

/** The service's own time for an ordinary notification. */
const SERVICE_DECIDES = -1;

/** The key of a click beside the buttons. Desktop Notifications Specification, "Actions". */
export const OPEN = "default";

/** `Notify`; `replaces` is 0 for a new notification, `expiresMs` is never 0: see `EXPIRES_MS`. */
export function notifyCall(
  owner: string,
  identity: NotifyIdentity,
  capabilities: NotificationCapabilities,
  request: NotificationRequest,
  replaces: number,
  expiresMs = request.passing ? SERVICE_DECIDES : EXPIRES_MS,
): BusCall {
  const body = transmittable(request.body);
  const hints = {
    urgency: new Variant("y", URGENCY[request.urgency]),
    category: new Variant("s", request.category),
    resident: new Variant("b", request.passing !== true),
    "desktop-entry": new Variant("s", identity.desktopEntry),
    // A change and a renewal are no second ring.
    ...((replaces > 0 || request.silent) && { "suppress-sound": new Variant("b", true) }),
    ...(canReply(capabilities, request) && {
      "x-kde-reply-placeholder-text": new Variant("s", transmittable(request.reply.placeholder)),
    }),
  };
  return serviceCall(owner, "Notify", "susssasa{sv}i", [
    identity.appName,
    replaces,
    // Not as the hint `image-path`, of which LXQt makes an empty place, and swaync nothing.
    request.picture ?? identity.icon,
    transmittable(request.summary),
    capabilities.bodyMarkup ? escapeMarkup(body) : body,
    capabilities.actions ? actionList(capabilities, request) : [],
    hints,
    expiresMs,
  ]);
}

const GOING: NotificationRequest = {
  summary: "Doorbell",
  body: "",
  urgency: "low",
  category: "im",
  actions: [],
};

/** What takes a notification off the screen, in this order. */
export function closeCalls(
  owner: string,
  identity: NotifyIdentity,
  capabilities: NotificationCapabilities,
  id: number,
): readonly BusCall[] {
  const close = serviceCall(owner, "CloseNotification", "u", [id]);
  // What is left drawn goes by its time, which is over at once for one that is not critical.
  return capabilities.profile?.leavesClosed
    ? [notifyCall(owner, identity, capabilities, GOING, id, 1), close]
    : [close];
}

/**
 * The default action comes last, since some services draw it as a button of its own. Offered where it leads nowhere, it
 * would take the click with which a person dismisses a notification.
 */
function actionList(capabilities: NotificationCapabilities, request: NotificationRequest): string[] {
  const { actions, openLabel } = request;
  const buttons = actions.flatMap(({ key, label }) => [key, transmittable(label)]);
  if (canReply(capabilities, request)) buttons.push(INLINE_REPLY, transmittable(request.reply.label));
  return openLabel === undefined ? buttons : [...buttons, OPEN, transmittable(openLabel)];
}

/** The action by which KDE's services, and those that follow them, draw a field; its text comes by a signal of its own. */
const INLINE_REPLY = "inline-reply";

function canReply(
  { inlineReply = false }: NotificationCapabilities,
  request: NotificationRequest,
): request is NotificationRequest & Required<Pick<NotificationRequest, "reply">> {
  return inlineReply && request.reply !== undefined;
}

/** Escapes plain text for a service that reads markup. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The bus disconnects who sends a NUL or a lone surrogate; the other control characters have no place on a screen. */
function transmittable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- removing them is the purpose
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, "");
}

/** What a signal of the service says; null for one that we do not use (ActivationToken) or cannot read. */
export type ServiceSignal =
  | { readonly type: "action"; readonly id: number; readonly key: string }
  | { readonly type: "replied"; readonly id: number; readonly text: string }
  | { readonly type: "closed"; readonly id: number; readonly reason: number };

export function readServiceSignal(signal: BusSignal): ServiceSignal | null {
  if (signal.interface !== NOTIFICATIONS || signal.path !== NOTIFICATIONS_PATH) return null;
  const [id, second] = signal.body;
  if (typeof id !== "number") return null;
  if (signal.member === "ActionInvoked" && typeof second === "string")
    return { type: "action", id, key: second };
  if (signal.member === "NotificationReplied" && typeof second === "string")
    return { type: "replied", id, text: second };
  if (signal.member === "NotificationClosed" && typeof second === "number")
    return { type: "closed", id, reason: second };
  return null;
}

/** The new owner of the service's name, empty when it has none; null for any other signal. */
export function readOwnerChange(signal: BusSignal): string | null {
  if (signal.sender !== BUS || signal.interface !== BUS || signal.member !== "NameOwnerChanged") return null;
  const [name, , owner] = signal.body;
  return name === NOTIFICATIONS && typeof owner === "string" ? owner : null;
}

/** From the answers of GetServerInformation and GetCapabilities; null when they are not of the specified types. */
export function readCapabilities(
  information: readonly unknown[],
  capabilities: readonly unknown[],
): NotificationCapabilities | null {
  const [name, vendor, version] = information;
  const list: unknown = capabilities[0];
  if (typeof name !== "string" || !Array.isArray(list)) return null;
  return {
    name: typeof version === "string" && version !== "" ? `${name} ${version}` : name,
    actions: list.includes("actions"),
    body: list.includes("body"),
    bodyMarkup: list.includes("body-markup"),
    ...(list.includes(INLINE_REPLY) && { inlineReply: true }),
    profile: profileOf(name, vendor),
  };
}

/** The id in an answer to Notify, 0 when what was asked for became something else; null when it cannot be read. */
export function readId(body: readonly unknown[]): number | null {
  const [id] = body;
  return typeof id === "number" ? id : null;
}
