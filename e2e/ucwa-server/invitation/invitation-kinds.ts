import type { Availability } from "../application/served-application.ts";
import type { ModalityRel } from "../conversation/conversation-resources.ts";
import { formEncoded } from "../resources/message-uri.ts";
import type { InvitationContent, InvitationDetails } from "./invitation-content.ts";
import type { Person } from "../people/person.ts";
import type { Link, Property } from "../resources/served-resource.ts";

/** An operation with which an endpoint answers an invitation, and what it is called in links and in faults. */
export type AnswerOperation =
  | "accept"
  | "decline"
  | "acceptWithAnswer"
  | "acceptWithPhoneAudio"
  | "sendProvisionalAnswer";

/** The rel of an invitation's resource and events. */
export function relOf(details: InvitationDetails): string {
  return details.kind === "unknown" ? details.rel : `${details.kind}Invitation`;
}

/** The modality that an invitation is about; `null` for a meeting, where the one who enters chooses. */
export function modalityOf(details: InvitationDetails): ModalityRel | null {
  switch (details.kind) {
    case "messaging":
    case "phoneAudio":
    case "audioVideo":
      return details.kind;
    case "onlineMeeting":
    case "unknown":
      return null;
  }
}

/** Whether an invitation of this kind reaches an endpoint that is available so. Reference: makeMeAvailable */
export function reaches(details: InvitationDetails, availability: Availability): boolean {
  const has = (modality: string): boolean => availability.supportedModalities.includes(modality);
  switch (details.kind) {
    case "messaging":
    // Reports say that Messaging suffices for meetings, whatever else they offer.
    case "onlineMeeting":
      return has("Messaging");
    case "phoneAudio":
      return has("PhoneAudio") && availability.phoneNumber !== null;
    case "audioVideo":
      return has("Audio") || has("Video");
    case "unknown":
      return availability.supportedModalities.length > 0;
  }
}

/** The operations that a ringing invitation offers. A missing link is the permission model. Reference: Hypermedia */
export function operationsOf(
  details: InvitationDetails,
  availability: Availability | null,
): readonly AnswerOperation[] {
  switch (details.kind) {
    case "messaging":
    case "onlineMeeting":
      return ["accept", "decline"];
    // The table of the page has accept; its text says that the phone itself is answered.
    case "phoneAudio":
      return ["decline"];
    case "audioVideo":
      return [
        "acceptWithAnswer",
        ...(availability?.phoneNumber ? (["acceptWithPhoneAudio"] as const) : []),
        "sendProvisionalAnswer",
        "decline",
      ];
    case "unknown":
      return details.acceptable ? ["accept", "decline"] : ["decline"];
  }
}

/** The properties that a page has beside those of every invitation. */
export function detailProperties({ details, delegator }: InvitationContent): Record<string, Property> {
  const bossUri = delegator ? { delegator: delegator.uri } : {};
  switch (details.kind) {
    case "messaging":
    case "unknown":
      return {};
    case "onlineMeeting":
      return {
        onlineMeetingUri: details.onlineMeetingUri,
        availableModalities: details.availableModalities,
        ...(details.anonymousDisplayName !== null && { anonymousDisplayName: details.anonymousDisplayName }),
      };
    case "phoneAudio":
      return {
        phoneNumber: details.phoneNumber,
        privateLine: details.privateLine,
        joinAudioMuted: details.joinAudioMuted,
        ...bossUri,
      };
    case "audioVideo":
      return {
        privateLine: details.privateLine,
        joinAudioMuted: details.joinAudioMuted,
        joinVideoMuted: details.joinVideoMuted,
        ...bossUri,
      };
  }
}

/** The people that a page names, by the rel of the link to each. */
export function namedPeople(content: InvitationContent): [rel: string, person: Person][] {
  const { details, onBehalfOf, forwardedBy, transferredBy, delegator } = content;
  const calls = details.kind === "phoneAudio" || details.kind === "audioVideo" || details.kind === "unknown";
  const people: [string, Person | null][] = [
    ["onBehalfOf", onBehalfOf],
    ["forwardedBy", calls ? forwardedBy : null],
    ["transferredBy", calls ? transferredBy : null],
    ["delegator", calls ? delegator : null],
  ];
  return people.flatMap(([rel, person]): [string, Person][] => (person ? [[rel, person]] : []));
}

/** The offer of an audio or video call. INFERRED: a link, as data URIs are on every recorded page. */
export function mediaOffer(details: InvitationDetails): Record<string, Link> {
  if (details.kind !== "audioVideo") return {};
  const part = `--offer\r\nContent-Type: application/sdp\r\n\r\n${details.sdp}\r\n--offer--\r\n`;
  return {
    mediaOffer: { href: `data:multipart/alternative;charset=utf-8;boundary=offer,${formEncoded(part)}` },
  };
}
