import type { Section } from "../rule.ts";

const NO_MEDIA = "Doorbell serves no media.";
const NO_LOGS = "Doorbell keeps its own list of what was missed.";

/** The invitations that are not to messaging, and missed items. */
export const invitationKinds: Section = {
  title: "Invitations: other kinds, and missed items",
  rules: [
    {
      id: "kinds-by-rel",
      page: "invitation",
      rule: "The kind of an invitation is its rel.",
    },
    {
      id: "kinds-need-modality",
      page: "makeMeAvailable",
      rule: "An invitation comes only to who has claimed its modality.",
      noClient: "What does not come, nobody can see.",
    },
    {
      id: "kind-unknown",
      page: "invitation",
      rule: "An invitation of an unknown kind still rings, and is answered by the links that it has.",
    },
    {
      id: "meeting-invitation",
      page: "onlineMeetingInvitation",
      rule: "A meeting's invitation has accept and decline, a message, the meeting's address and its modalities.",
    },
    {
      id: "meeting-join",
      page: "onlineMeetingInvitation",
      rule: "After an accept the client itself adds a modality once the conversation is conferenced; 409 before.",
    },
    {
      id: "meeting-lobby",
      page: "onlineMeetingInvitation",
      rule: "Whoever waits in the lobby stays Connecting until let in.",
    },
    {
      id: "participant-invitation",
      page: "participantInvitation",
      rule: "A participantInvitation is always outgoing; the other side sees a meeting's invitation.",
      noServer:
        "On the server nobody can be added to a conversation; it rings with the meeting's invitation.",
    },
    {
      id: "phone-decline-only",
      page: "phoneAudioInvitation",
      rule: "A phone call can be declined but not accepted: the person answers the phone.",
    },
    {
      id: "phone-properties",
      page: "phoneAudioInvitation",
      rule: "A phone call may tell its number, the private line, the delegator and who forwarded or transferred it.",
    },
    {
      id: "audio-video-no-accept",
      page: "audioVideoInvitation",
      rule: "An audio or video call has no plain accept: it takes an answer with media.",
    },
    {
      id: "audio-video-answer",
      page: "audioVideoInvitation",
      rule: "It is accepted with a session context and SDP, or by phone.",
      noClient: NO_MEDIA,
    },
    {
      id: "sharing-no-invitation",
      page: "applicationSharing",
      rule: "Screen sharing has no invitation: it shows as updates of applicationSharing.",
    },
    {
      id: "delegation-words",
      page: "forwardedBy, transferredBy, onBehalfOf, delegator",
      rule: "Forwarded, transferred and delegated calls say by whom and for whom.",
    },
    {
      id: "missed-items-event",
      page: "missedItems (capture)",
      rule: "Missed items come as an update with counters, also when nothing has changed.",
    },
    {
      id: "missed-items-increase",
      page: "log",
      rule: "Only an increase of the counters is news.",
      noClient: NO_LOGS,
      noServer: "What is news is the client's.",
    },
    {
      id: "conversation-logs",
      page: "conversationLogs, conversationLog",
      rule: "Details of what was missed are in the conversation logs, which need Exchange.",
      noClient: NO_LOGS,
    },
    {
      id: "start-messaging",
      page: "startMessaging",
      rule: "An outgoing invitation is started by a POST, answered 201 with its address.",
    },
  ],
};
