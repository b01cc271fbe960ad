import type { cards as english } from "../../en/pages/cards.ts";
import { plural } from "../../format.ts";

export const cards: typeof english = {
  anonymousCaller: "Anonyme Person",
  unknownCaller: "Unbekannte Person",
  request: (name, request) => `${name} ${request}`,
  announced: (request, subject) => (subject === "" ? `${request}.` : `${request}: ${subject}.`),
  urgent: "Dringend",
  outside: "Außerhalb Ihrer Organisation",
  accept: "Annehmen",
  acceptName: (name) => `Einladung annehmen: ${name}`,
  decline: "Ablehnen",
  declineName: (name) => `Einladung ablehnen: ${name}`,
  answerElsewhere: "Antworten Sie auf einem anderen Gerät.",
  hide: "Ohne Antwort ausblenden",
  hideName: (name) => `Einladung ohne Antwort ausblenden: ${name}`,
  noLongerRinging: "Klingelt nicht mehr",
  toastTitle: "Einladung – Doorbell",
  invitations: "Einladungen",
  more: (count) => plural(count, { one: "+# weitere", other: "+# weitere" }),
  moreInWindow: (more) => `${more} im Fenster von Doorbell`,
  today: "Heute",
  yesterday: "Gestern",
  shortDuration: (hours, minutes, seconds) => {
    if (hours > 0) return `${hours}:${String(minutes).padStart(2, "0")} h`;
    return minutes > 0 ? `${minutes}:${String(seconds).padStart(2, "0")} min` : `${seconds} s`;
  },
  newMessages: (count) => plural(count, { one: "# neue Nachricht", other: "# neue Nachrichten" }),
  conversations: "Unterhaltungen",
  newConversation: "Neue Unterhaltung",
  subject: "Betreff",
  quiet: "Ruhe",
  callBack: "Zurückrufen",
  cancel: "Abbrechen",
  close: "Schließen",
  signOut: "Abmelden",
  noKeyring: "Es gibt keinen Schlüsselbund, daher werden Sie jedes Mal nach dem Kennwort gefragt.",
};
