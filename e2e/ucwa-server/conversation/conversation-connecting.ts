import type { Announcement } from "../application/served-application.ts";
import type { Participant } from "./conversation-participants.ts";
import type { Conversation } from "./served-conversation.ts";
import type { InvitationDetails } from "../invitation/invitation-content.ts";

/**
 * The events of messaging becoming connected, in the order recorded for each direction, up to the completion of the
 * invitation, which the caller adds. Reference: ReceiveAnIM, SendAnIM
 */
export function connectMessaging(
  conversation: Conversation,
  direction: "Incoming" | "Outgoing",
  others: readonly Participant[],
): Announcement[] {
  const { roster } = conversation;
  const updated = conversation.become(conversation.topic.attendees ? conversation.state : "Connected");
  const messaging = conversation.setModality("messaging", "Connected");
  // Whoever answers at once is quicker than the caller, who turns up in the conversation a second later.
  const joined = others.flatMap((one) => roster.join(one));
  const reachable = others.map((one) => roster.messagingAdded(one));
  const own = ownMessagingAdded(conversation);
  if (direction === "Outgoing") return [updated, ...joined, ...reachable, own, messaging];
  const news = others.map((one) => roster.updated(one));
  return [messaging, updated, ...joined, own, ...reachable, ...news];
}

/** The events of an incoming invitation's conversation coming about, in the same way. */
export function connectIncoming(
  conversation: Conversation,
  details: InvitationDetails,
  joins: boolean,
): Announcement[] {
  const { remote, roster } = conversation;
  switch (details.kind) {
    case "messaging":
      return connectMessaging(conversation, "Incoming", joins ? roster.present : [remote]);
    case "onlineMeeting": {
      const everybody = [remote, ...details.attendees.map((one) => roster.know(one))];
      const joined = everybody.flatMap((one) => roster.join(one));
      const updated = conversation.become("Conferenced");
      // Now somebody who wants to write can add messaging.
      return [...joined, updated, conversation.setModality("messaging", "Disconnected")];
    }
    case "phoneAudio":
    case "audioVideo": {
      const modality = conversation.setModality(details.kind, "Connected");
      return [...roster.join(remote), modality, conversation.become("Connected")];
    }
    case "unknown":
      return [...roster.join(remote), conversation.become("Connected")];
  }
}

function ownMessagingAdded({ application, link, local }: Conversation): Announcement {
  const href = `${local.href}/messaging`;
  return {
    sender: link,
    link: { rel: "participantMessaging", href },
    in: local,
    type: "added",
    resource: {
      rel: "participantMessaging",
      properties: {},
      links: { self: { href }, participant: { href: local.href, title: application.user.name } },
    },
  };
}
