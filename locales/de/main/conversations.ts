import type { conversations as english } from "../../en/main/conversations.ts";
import { listFormat, numberFormat, plural } from "../../format.ts";

const CALL: (typeof english)["others"]["audioVideo"] = {
  here: "Hier läuft ein Anruf. Doorbell kann weder Ton noch Bild übertragen: Verwenden Sie ein anderes Gerät.",
  added: (name) =>
    `${name} hat einen Anruf hinzugefügt. Doorbell kann weder Ton noch Bild übertragen: Verwenden Sie ein anderes Gerät.`,
};

export const conversations: typeof english = {
  meetingWith: (name) => `Besprechung mit ${name}`,
  names: (names, more) =>
    listFormat({ type: "conjunction" }).format(
      more === 0 ? names : [...names, plural(more, { other: "# weitere" })],
    ),
  connecting: "Verbinden …",
  inLobby: "Warten auf Einlass …",
  ends: {
    messaging: {
      left: "Sie haben die Unterhaltung verlassen.",
      over: "Die Unterhaltung ist beendet.",
      lost: "Die Verbindung ging verloren und mit ihr die Unterhaltung.",
    },
    meeting: {
      left: "Sie haben die Besprechung verlassen.",
      over: "Die Besprechung ist beendet.",
      lost: "Die Verbindung ging verloren und mit ihr die Besprechung.",
    },
  },
  typing: (names, count) => `${names} ${plural(count, { one: "schreibt …", other: "schreiben …" })}`,
  others: {
    phoneAudio: CALL,
    audioVideo: CALL,
    applicationSharing: {
      here: "Hier wird ein Bildschirm übertragen. Doorbell kann ihn nicht anzeigen: Verwenden Sie ein anderes Gerät.",
      added: (name) =>
        `${name} überträgt einen Bildschirm. Doorbell kann ihn nicht anzeigen: Verwenden Sie ein anderes Gerät.`,
    },
    dataCollaboration: {
      here: "Hier werden Inhalte geteilt. Doorbell kann sie nicht anzeigen: Verwenden Sie ein anderes Gerät.",
      added: (name) =>
        `${name} teilt Inhalte. Doorbell kann sie nicht anzeigen: Verwenden Sie ein anderes Gerät.`,
    },
  },
  messages: {
    notLoaded: "Diese Nachricht konnte nicht geladen werden.",
    notText: "Diese Nachricht kann hier nicht angezeigt werden.",
    notDelivered: "Diese Nachricht wurde nicht zugestellt.",
    notDeliveredBecause: (why) => `Diese Nachricht wurde nicht zugestellt: ${why}`,
    left: "Sie sind gegangen, bevor diese Nachricht gesendet wurde.",
    over: "Die Unterhaltung endete, bevor diese Nachricht gesendet wurde.",
    lost: "Die Verbindung ging verloren, bevor diese Nachricht gesendet wurde.",
    notReady: "Die Unterhaltung ist noch nicht bereit für Nachrichten.",
    refused: "Der Server hat diese Nachricht zurückgewiesen.",
    refusedBecause: (why) => `Der Server hat diese Nachricht zurückgewiesen: ${why}`,
    unclear: "Diese Nachricht wurde vielleicht nicht gesendet.",
  },
  talking: {
    unknown: "Diese Unterhaltung gibt es nicht.",
    unknownMessage: "Diese Nachricht gibt es nicht.",
    over: "Die Unterhaltung ist vorbei.",
    notNow: "In dieser Unterhaltung kann jetzt nichts gesendet werden.",
    notAgain: "Diese Nachricht kann jetzt nicht noch einmal gesendet werden.",
    empty: "Schreiben Sie zuerst etwas.",
    long: (most) => `Eine Nachricht hat höchstens ${numberFormat().format(most)} Zeichen.`,
    leaveRefused: "Der Server lässt Sie die Unterhaltung nicht verlassen.",
    leaveUnanswered:
      "Sie sind noch in der Unterhaltung: Der Server hat nicht geantwortet. Versuchen Sie es noch einmal.",
  },
  calls: {
    calling: "wird angerufen …",
    ringing: "klingelt …",
    cancelling: "wird abgebrochen …",
    answered: "angenommen",
    answeredBy: (name) => `angenommen von ${name}`,
    declined: "abgelehnt",
    missed: "keine Antwort",
    cancelled: "abgebrochen",
    cancelledAfter: (seconds) => `nach ${numberFormat().format(seconds)} s abgebrochen`,
    passedOn: "an jemand anderen weitergeleitet",
    passedOnTo: (name) => `an ${name} weitergeleitet`,
    withdrawn: "Verbindung verloren",
  },
  failures: {
    donotdisturb: "dort ist „Nicht stören“ eingeschaltet",
    busy: "besetzt",
    unreachable: "zurzeit nicht erreichbar",
    destinationnotfound: "niemand hat diese Adresse",
    federationrequired: "Ihre Organisation ist mit der anderen nicht verbunden",
    modalitynotsupported: "dort können keine Nachrichten empfangen werden",
    notallowed: "Sie dürfen dort nicht anrufen",
    anonymousnotallowed: "Sie dürfen dort nicht anrufen",
    replaced: "eine andere Unterhaltung ist an diese Stelle getreten",
    repliedwithothermodality: "auf anderem Weg beantwortet",
    toomanyconversations: "Sie haben zu viele Unterhaltungen offen",
    anotheroperationpending: "der Server ist noch mit Ihrem letzten Anruf beschäftigt",
    threadidalreadyexists: "Sie haben diese Unterhaltung schon offen",
  },
  unknownFailure: "nicht durchgekommen",
  addresses: {
    empty: "Geben Sie die Adresse der Person ein, die Sie anrufen möchten.",
    long: (most) => `Eine Adresse hat höchstens ${numberFormat().format(most)} Zeichen.`,
    form: "Eine Adresse hat die Form name@example.com.",
    name: "Der Teil der Adresse vor dem @ ist nicht gültig.",
    domain: "Der Teil der Adresse nach dem @ ist kein Domänenname.",
  },
  calling: {
    longSubject: (most) => `Der Betreff kann höchstens ${numberFormat().format(most)} Zeichen haben.`,
    longMessage: "Die Nachricht ist zu lang. Senden Sie den Rest, sobald die Unterhaltung begonnen hat.",
    offline: "Doorbell ist offline und kann jetzt nicht anrufen.",
    unanswered: "Der Server hat nicht geantwortet. Es wurde nichts gesendet. Versuchen Sie es noch einmal.",
    notAllowed: "Ihr Server lässt Sie keine Unterhaltungen beginnen.",
    unclear:
      "Es kam keine Antwort. Ob Ihr Anruf angekommen ist, ist daher nicht bekannt. Wenn ja, erscheint er hier.",
    lost: "Die Verbindung ging verloren, bevor Ihr Anruf ankam. Rufen Sie noch einmal an.",
    notTaken: "Der Server konnte Ihren Anruf nicht annehmen. Rufen Sie noch einmal an.",
    refused: (why) => `Der Server hat Ihren Anruf zurückgewiesen: ${why}.`,
    unknown: "Diesen Anruf gibt es nicht.",
    over: "Der Anruf ist vorbei.",
    cannotCancel: "Dieser Anruf kann jetzt nicht abgebrochen werden.",
    overBefore: "Der Anruf war vorbei, bevor er abgebrochen werden konnte.",
    cancelRefused: (why) => `Der Server hat den Anruf nicht abgebrochen: ${why}.`,
    cancelTooLate: "Der Anruf kann nicht mehr abgebrochen werden.",
    cancelLost: "Die Verbindung ging verloren, bevor der Anruf abgebrochen werden konnte.",
    cancelUnanswered: "Der Anruf konnte nicht abgebrochen werden. Versuchen Sie es noch einmal.",
  },
  search: {
    long: "Das ist zu lang, um danach zu suchen.",
    offline: "Doorbell ist offline und kann jetzt nicht suchen.",
    notAllowed: "Ihr Server lässt Sie nicht nach Personen suchen.",
    lost: "Die Verbindung ging während der Suche verloren. Versuchen Sie es noch einmal.",
    refused: "Danach kann der Server nicht suchen.",
    unanswered:
      "Auf die Suche kam keine Antwort. Versuchen Sie es noch einmal, oder geben Sie die ganze Adresse ein.",
    failed:
      "Die Suche hat nicht funktioniert. Versuchen Sie es noch einmal, oder geben Sie die ganze Adresse ein.",
  },
};
