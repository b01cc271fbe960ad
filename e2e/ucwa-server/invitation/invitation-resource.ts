import type { Application } from "../application/served-application.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import { firstMessage } from "./invitation-content.ts";
import type { InvitationContent, InvitationState } from "./invitation-content.ts";
import {
  detailProperties,
  mediaOffer,
  modalityOf,
  namedPeople,
  operationsOf,
  relOf,
} from "./invitation-kinds.ts";
import { contactHrefs } from "../people/people.ts";
import type { Person } from "../people/person.ts";
import type { Link, Resource } from "../resources/served-resource.ts";

/** What the representation of an endpoint's copy of an incoming invitation is made of. */
export interface InvitationView {
  readonly application: Application;
  readonly conversation: Conversation;
  readonly content: InvitationContent;
  readonly href: string;
  readonly state: InvitationState;
  readonly ringing: boolean;
  readonly acceptedBy: Person | null;
  /** Where it goes on after somebody else has taken it. */
  readonly derived: Conversation | null;
}

/** An incoming invitation of any kind. Reference: messagingInvitation, onlineMeetingInvitation, phoneAudioInvitation */
export function incomingResource(view: InvitationView): Resource {
  const { application, content, conversation, href, ringing } = view;
  const { to, subject, importance, threadId, customContent, operationId, details } = content;
  const { availability, context } = application;
  const modality = modalityOf(details);
  const formats = availability?.supportedMessageFormats ?? [];
  const carriesWords = details.kind !== "phoneAudio" && details.kind !== "audioVideo";
  const message = carriesWords ? firstMessage(content, formats) : null;
  const { remote, roster } = conversation;
  const { callerLinkOnly } = context.switches;
  return {
    rel: relOf(details),
    properties: {
      direction: "Incoming",
      importance,
      threadId,
      state: view.state,
      ...(operationId !== null && { operationId }),
      subject,
      ...detailProperties(content),
    },
    links: {
      self: { href },
      to: { href: contactHrefs(application, to.uri).contact },
      conversation: { href: conversation.href },
      ...(callerLinkOnly && { from: { href: remote.href } }),
      ...(ringing &&
        Object.fromEntries(
          operationsOf(details, availability).map((name) => [
            spelledRel(name, context.switches.oldServer),
            { href: `${href}/${name}` },
          ]),
        )),
      ...(modality && { [modality]: { href: `${conversation.href}/${modality}` } }),
      ...(message !== null && { message: { href: message } }),
      ...(customContent !== null && { customContent: { href: customContent } }),
      ...mediaOffer(details),
      ...Object.fromEntries(
        namedPeople(content).map(([rel, person]) => [rel, contactLink(application, person)]),
      ),
      ...(view.acceptedBy && {
        [spelledRel("acceptedByContact", context.switches.oldServer)]: contactLink(
          application,
          view.acceptedBy,
        ),
      }),
      ...(view.derived && derivedLinks(view.derived, content)),
    },
    // The recording shows the photo's link only once the invitation is answered.
    ...(!callerLinkOnly && { embedded: { from: roster.resource(remote, !ringing) } }),
  };
}

function contactLink(application: Application, person: Person): Link {
  return { href: contactHrefs(application, person.uri).contact, title: person.name };
}

/** What a messaging invitation has become is one link; a call's page links the conversation beside the modality. */
function derivedLinks(derived: Conversation, { details }: InvitationContent): Record<string, Link> {
  const conversation = { derivedConversation: { href: derived.href } };
  switch (details.kind) {
    case "messaging":
      return { derivedMessaging: { href: derived.messaging.href } };
    case "phoneAudio":
      return { ...conversation, derivedPhoneAudio: { href: `${derived.href}/phoneAudio` } };
    case "audioVideo":
      return { ...conversation, derivedAudioVideo: { href: `${derived.href}/audioVideo` } };
    // Meetings have no such link; they stay where they are.
    case "onlineMeeting":
    case "unknown":
      return {};
  }
}

/** Servers of 2013 have other words for two of the rels. */
function spelledRel(rel: string, oldServer: boolean): string {
  if (!oldServer) return rel;
  if (rel === "accept") return "answer";
  return rel === "acceptedByContact" ? "answeredByContact" : rel;
}
