import * as z from "zod";
import type { Context } from "../context.ts";
import { ControlError } from "../control/control-error.ts";
import { importances, invitationKinds } from "./invitation-content.ts";
import type { InvitationContent, InvitationDetails } from "./invitation-content.ts";
import { sourceNetworks } from "../people/person.ts";
import type { Person } from "../people/person.ts";
import { base64, hex } from "../random.ts";
import { addressOf, isAddress, nameFrom, sipUri } from "../sign-in/users.ts";
import type { User } from "../sign-in/users.ts";

/** An address as the control API takes it. */
export const addressSchema = z
  .string()
  .max(300)
  .refine(isAddress, "is not an address such as sip:ada@doorbell.example");

/** Someone as the control API takes them; without a name, it is made from the address. */
export const someoneSchema = z.strictObject({ uri: addressSchema, name: z.string().max(300).optional() });

/** The rels with a page. A participantInvitation is always outgoing: whoever is invited sees a meeting's. */
const documented = [
  "messagingInvitation",
  "onlineMeetingInvitation",
  "phoneAudioInvitation",
  "audioVideoInvitation",
  "participantInvitation",
];

/** Who invites whom, to what and with what. Only `to` is needed. */
export const invitationSchema = z.strictObject({
  /** A user of this server. */
  to: addressSchema,
  kind: z.enum(invitationKinds).optional(),
  /** A connected invitation, into whose conversation this one adds a modality. */
  into: z.string().max(50).optional(),
  from: someoneSchema.optional(),
  /** Who is in the conversation already, and turns up in it before the caller. */
  others: z.array(someoneSchema).max(20).readonly().optional(),
  subject: z.string().max(250).optional(),
  /** `null`: an invitation without first words. */
  message: z.string().max(100_000).nullable().optional(),
  format: z.enum(["plain", "html"]).optional(),
  importance: z.enum(importances).optional(),
  onBehalfOf: someoneSchema.optional(),
  forwardedBy: someoneSchema.optional(),
  transferredBy: someoneSchema.optional(),
  delegator: someoneSchema.optional(),
  anonymous: z.boolean().optional(),
  sourceNetwork: z.enum(sourceNetworks).optional(),
  /** How long it rings, in milliseconds. */
  rings: z.number().int().min(1).max(86_400_000).optional(),
  ringsIn: z.enum(["Connecting", "Alerting", "TeamRing"]).optional(),
  threadId: z.string().max(500).optional(),
  operationId: z.string().max(50).optional(),
  customContent: z.string().startsWith("data:").optional(),
  /** What a meeting's invitation has beside. */
  meeting: z
    .strictObject({
      uri: z.string().max(500).optional(),
      modalities: z.array(z.string().max(100)).max(10).readonly().optional(),
      anonymousDisplayName: z.string().max(250).optional(),
      attendees: z.array(someoneSchema).max(50).readonly().optional(),
      lobby: z.boolean().optional(),
    })
    .optional(),
  /** What a phone or audio and video call has beside. */
  call: z
    .strictObject({
      phoneNumber: z.string().max(100).optional(),
      privateLine: z.boolean().optional(),
      joinAudioMuted: z.boolean().optional(),
      joinVideoMuted: z.boolean().optional(),
      sdp: z.string().max(20_000).optional(),
    })
    .optional(),
  /** Of the kind that no page describes: its rel, and whether it can be accepted. */
  unknown: z
    .strictObject({
      rel: z
        .string()
        .regex(/^[a-z]\w{0,80}Invitation$/, "is not a rel such as whiteboardInvitation")
        .refine((rel) => !documented.includes(rel), "is a rel that a page describes")
        .optional(),
      acceptable: z.boolean().optional(),
    })
    .optional(),
});

/** Who invites whom, to what and with what. Only `to` is needed. */
export type InvitationRequest = z.input<typeof invitationSchema>;

/** Someone as the control API takes them, with a name in any case. */
export function personOf(
  { uri, name }: z.input<typeof someoneSchema>,
  sourceNetwork: Person["sourceNetwork"] = "SameEnterprise",
): Person {
  return { uri: sipUri(uri), name: name === undefined || name === "" ? nameFrom(uri) : name, sourceNetwork };
}

/** What a request means. Throws a `ControlError` for what this kind of invitation does not have. */
export function contentOf(request: InvitationRequest, user: User, { random }: Context): InvitationContent {
  const kind = request.kind ?? "messaging";
  refuseStrangers(request, kind);
  const sourceNetwork = request.sourceNetwork ?? "SameEnterprise";
  const anonymous = request.anonymous === true;
  const from = request.from ?? { uri: "sip:dana@partner.example", name: "Dana Whitfield" };
  const someone = (given: z.input<typeof someoneSchema> | undefined): Person | null =>
    given ? personOf(given, sourceNetwork) : null;
  return {
    caller: anonymous
      ? { uri: "sip:anonymous@anonymous.invalid", name: "", sourceNetwork }
      : personOf(from, sourceNetwork),
    anonymous,
    others: (request.others ?? []).map((one) => personOf(one)),
    to: { uri: user.uri, name: user.name, sourceNetwork: "SameEnterprise" },
    subject: request.subject ?? "",
    message: request.message === undefined ? "Hi, do you have a minute?" : request.message,
    format: request.format ?? "plain",
    importance: request.importance ?? "Normal",
    threadId: request.threadId ?? base64(random, 16),
    onBehalfOf: someone(request.onBehalfOf),
    forwardedBy: someone(request.forwardedBy),
    transferredBy: someone(request.transferredBy),
    delegator: someone(request.delegator),
    customContent: request.customContent ?? null,
    operationId: request.operationId ?? null,
    ringsIn: request.ringsIn ?? "Connecting",
    details: detailsOf(request, kind, anonymous ? null : from.uri, random),
  };
}

function detailsOf(
  { meeting, call, unknown }: InvitationRequest,
  kind: InvitationDetails["kind"],
  from: string | null,
  random: Context["random"],
): InvitationDetails {
  const privateLine = call?.privateLine ?? false;
  const joinAudioMuted = call?.joinAudioMuted ?? false;
  switch (kind) {
    case "messaging":
      return { kind };
    case "onlineMeeting": {
      const organizer = from === null ? "meetings@doorbell.example" : addressOf(from);
      return {
        kind,
        onlineMeetingUri:
          meeting?.uri ?? `sip:${organizer};gruu;opaque=app:conf:focus:id:${hex(random, 4).toUpperCase()}`,
        availableModalities: meeting?.modalities ?? ["Messaging"],
        anonymousDisplayName: meeting?.anonymousDisplayName ?? null,
        // Real ones come without a name at first; whoever names nobody gets one made from the address.
        attendees: (meeting?.attendees ?? []).map((one) => ({
          ...personOf(one),
          name: one.name ?? personOf(one).name,
        })),
        lobby: meeting?.lobby ?? false,
      };
    }
    case "phoneAudio":
      return { kind, phoneNumber: call?.phoneNumber ?? "tel:+14255550100", privateLine, joinAudioMuted };
    case "audioVideo": {
      const joinVideoMuted = call?.joinVideoMuted ?? false;
      return { kind, sdp: call?.sdp ?? "v=0\r\n", privateLine, joinAudioMuted, joinVideoMuted };
    }
    case "unknown":
      return {
        kind,
        rel: unknown?.rel ?? "whiteboardInvitation",
        acceptable: unknown?.acceptable ?? false,
      };
  }
}

/** What would silently not be there is a mistake of the test that asks for it. */
function refuseStrangers(request: InvitationRequest, kind: InvitationDetails["kind"]): void {
  const isCall = kind === "phoneAudio" || kind === "audioVideo";
  const refuse = (name: string): never => {
    throw new ControlError(400, `An invitation of the kind ${kind} has no ${name}.`);
  };
  if (request.others && (kind === "onlineMeeting" || request.into !== undefined)) refuse("others");
  if (request.meeting && kind !== "onlineMeeting") refuse("meeting");
  if (request.call && !isCall) refuse("call");
  if (request.unknown && kind !== "unknown") refuse("unknown");
  for (const name of ["forwardedBy", "transferredBy", "delegator"] as const)
    if (request[name] && !isCall && kind !== "unknown") refuse(name);
  // Joining a modality to a conversation is about that modality; meetings and strangers have none.
  if (request.into !== undefined && (kind === "onlineMeeting" || kind === "unknown")) refuse("into");
}
