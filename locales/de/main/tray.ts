import type { tray as english } from "../../en/main/tray.ts";
import { plural } from "../../format.ts";

export const tray: typeof english = {
  tooltip: (parts) => `Doorbell: ${parts.join(", ")}`,
  ringing: (name) => `${name} klingelt`,
  severalRinging: (count) => plural(count, { one: "# Einladung", other: "# Einladungen" }),
  connecting: "Verbindung wird hergestellt …",
  online: "Online",
  offline: "Offline – Einladungen erreichen Sie nicht",
  signedOut: "Abgemeldet",
  missed: (count) => plural(count, { one: "# verpasste Einladung", other: "# verpasste Einladungen" }),
  callBack: (name) => `${name} zurückrufen …`,
  recent: (end, name, moment) => `${end}: ${name}, ${moment}`,
  ends: {
    called: "Angerufen",
    accepted: "Angenommen",
    declined: "Abgelehnt",
    answeredElsewhere: "Anderswo angenommen",
    forwarded: "Weitergeleitet",
    missed: "Verpasst",
  },
  accept: (name) => `${name} annehmen`,
  decline: (name) => `${name} ablehnen`,
  about: (who, subject) => `${who}: ${subject}`,
  request: (name, request) => `${name} ${request}`,
  reconnectNow: "Jetzt neu verbinden",
  doNotDisturb: "Nicht stören",
  turnOffDoNotDisturb: "„Nicht stören“ ausschalten",
  quietFor: {
    "15min": "Für 15 Minuten",
    "1h": "Für 1 Stunde",
    tomorrow: "Bis morgen",
    untilTurnedOff: "Bis ich es ausschalte",
  },
  talks: (count) => plural(count, { one: "Unterhaltung", other: "# Unterhaltungen" }),
  talksWithNews: (talks, unread) =>
    `${talks}, ${plural(unread, { one: "# neue Nachricht", other: "# neue Nachrichten" })}`,
  newConversation: "Neue Unterhaltung …",
  open: "Doorbell öffnen",
  settings: "Einstellungen",
  quit: "Beenden",
};
