/** What rang before. */
export const history = {
  title: "Recent",
  clear: "Clear",
  clearAsked: "Clear everything?",
  /** Before the name, for a screen reader. */
  isNew: "New: ",
  rangFor: (duration: string) => `Rang for ${duration}.`,
  callBackName: (name: string) => `Call ${name} back`,
  copyAddress: "Copy address",
  addressCopied: "Address copied.",
  /** What is known of one that is over; beside each stands what it was. */
  facts: {
    name: "Name",
    address: "Address",
    kind: "Kind",
    began: "Began",
    rangFor: "Rang for",
    ended: "Ended",
    shown: "Shown",
    sound: "Sound",
  },
  kinds: {
    messaging: "Conversation",
    onlineMeeting: "Meeting",
    phoneAudio: "Phone call",
    audioVideo: "Audio or video call",
    participant: "Conversation with others",
    other: "Something Doorbell doesn't know",
  },
};
