import type { history as english } from "../../en/pages/history.ts";

export const history: typeof english = {
  title: "Verlauf",
  clear: "Löschen",
  clearAsked: "Alles löschen?",
  isNew: "Neu: ",
  rangFor: (duration) => `Hat ${duration} lang geklingelt.`,
  callBackName: (name) => `${name} zurückrufen`,
  copyAddress: "Adresse kopieren",
  addressCopied: "Adresse kopiert.",
  facts: {
    name: "Name",
    address: "Adresse",
    kind: "Art",
    began: "Beginn",
    rangFor: "Geklingelt",
    ended: "Ende",
    shown: "Gezeigt",
    sound: "Ton",
  },
  kinds: {
    messaging: "Unterhaltung",
    onlineMeeting: "Besprechung",
    phoneAudio: "Telefonanruf",
    audioVideo: "Audio- oder Videoanruf",
    participant: "Unterhaltung mit anderen",
    other: "Etwas, das Doorbell nicht kennt",
  },
};
