import type { testRing as english } from "../../en/main/test-ring.ts";

export const testRing: typeof english = {
  name: "Probeklingeln",
  subject: "So sieht eine Einladung aus",
  ringing: "Das Probeklingeln läuft.",
  alreadyRinging: "Es klingelt schon.",
  shownBy: (service) => `Gezeigt als Mitteilung von ${service}.`,
  shownBySystem: "Gezeigt als Mitteilung Ihres Systems.",
  sent: {
    waitingForService: "Als Mitteilung gesendet, aber noch hat kein Mitteilungsdienst geantwortet.",
    noActions: "Als Mitteilung gesendet, aber Mitteilungen haben hier keine Schaltflächen.",
    noRoom: "Als Mitteilung gesendet, aber für eine weitere Mitteilung war kein Platz.",
    noBus: "Als Mitteilung gesendet, aber Mitteilungen sind hier nicht verfügbar.",
    noService: "Als Mitteilung gesendet, aber nichts zeigt hier Mitteilungen an.",
    slow: "Als Mitteilung gesendet, aber der Mitteilungsdienst antwortet nicht.",
    failed: "Als Mitteilung gesendet, aber das Anzeigen ist fehlgeschlagen.",
  },
  inPopUp: {
    notificationsOff: "Gezeigt in einem eigenen Fenster, weil die Mitteilungen des Systems aus sind.",
    noActions: "Gezeigt in einem eigenen Fenster, weil Mitteilungen hier keine Schaltflächen haben.",
    noRoom: "Gezeigt in einem eigenen Fenster, weil für eine weitere Mitteilung kein Platz war.",
    noBus: "Gezeigt in einem eigenen Fenster, weil Mitteilungen hier nicht verfügbar sind.",
    noService: "Gezeigt in einem eigenen Fenster, weil hier nichts Mitteilungen anzeigt.",
    slow: "Gezeigt in einem eigenen Fenster, weil der Mitteilungsdienst nicht antwortet.",
    failed: "Gezeigt in einem eigenen Fenster, weil das Anzeigen einer Mitteilung fehlgeschlagen ist.",
  },
  silent: (why) => `${why}.`,
  soundOff: "Der Ton dafür ist aus.",
  ends: {
    accepted: "Sie haben angenommen.",
    declined: "Sie haben abgelehnt.",
    dismissed: "Sie haben ohne Antwort geschlossen.",
    unanswered: "Niemand hat geantwortet, daher war nach 15 Sekunden Schluss.",
    interrupted: "Es endete, weil eine echte Einladung kam.",
  },
};
