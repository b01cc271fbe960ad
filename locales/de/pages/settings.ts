import type { settings as english } from "../../en/pages/settings.ts";

export const settings: typeof english = {
  ringing: "Klingeln",
  systemNotifications: "Mitteilungen des Systems verwenden",
  systemNotificationsHint: "Aus: Doorbell zeigt ein eigenes Fenster.",
  noPopUp: "Hier immer an: Unter Wayland kann Doorbell kein eigenes Fenster über die anderen legen.",
  personLinks: "Links zu Personen in Doorbell öffnen",
  personLinksHint:
    "Links, die mit sip: oder im: beginnen, füllen eine neue Unterhaltung aus. „Anrufen“ klicken Sie immer selbst.",
  trayIcon: "Symbol in der Leiste",
  trayIcons: {
    auto: "Automatisch",
    light: "Weiß, für eine dunkle Leiste",
    dark: "Schwarz, für eine helle Leiste",
    colour: "Farbig",
  },
  automaticOnLinux: "Automatisch (farbig)",
  language: "Sprache",
  languages: { auto: "Wie im System", en: "English", de: "Deutsch" },
  languageHint: "Ab dem nächsten Start.",
  afterAccept: "Nach dem Annehmen",
  afterAccepts: { here: "Hier schreiben", handOver: "An ein anderes Programm übergeben (sip:)" },
  afterAcceptHints: {
    here: "Die Unterhaltung öffnet sich in einem Fenster von Doorbell.",
    handOver:
      "Ihr Programm für sip:-Adressen öffnet eine eigene Unterhaltung mit dem Anrufer. Doorbell bleibt in der, die Sie angenommen haben: Was dort geschrieben wird, kommt weiter zu Doorbell, als Mitteilung. Besprechungen öffnen sich hier.",
    personLinks:
      "Links zu Personen öffnen sich in Doorbell, also gibt es kein anderes Programm zum Übergeben.",
  },
  account: "Konto",
  signedInAs: "Angemeldet als",
  withoutPassword: (singleSignOn) =>
    `Ohne Kennwort: mit ${singleSignOn} oder auf der Anmeldeseite Ihrer Organisation.`,
  signingOutForgets: "Beim Abmelden wird auch Ihr Kennwort vergessen.",
  trustedServers: "Server, denen Sie vertrauen",
  forget: "Vergessen",
  forgetServer: (origin) => `${origin} vergessen`,
  forgetHint: "Doorbell fragt bei der nächsten Anmeldung wieder.",
  version: (version) => `Doorbell ${version}`,
};
