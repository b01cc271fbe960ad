import type { signIn as english } from "../../en/main/sign-in.ts";

export const signIn: typeof english = {
  address: {
    empty: "Die Anmeldeadresse fehlt.",
    long: (most) => `Eine Anmeldeadresse hat höchstens ${most} Zeichen.`,
    form: "Eine Anmeldeadresse hat die Form name@example.com.",
    name: "Der Teil der Anmeldeadresse vor dem @ ist nicht gültig.",
    domain: "Der Teil der Anmeldeadresse nach dem @ ist kein Domänenname.",
  },
  server: {
    form: (where) => `${where} muss aussehen wie https://lyncdiscover.example.com.`,
    scheme: (where) => `${where} muss mit https:// beginnen.`,
    user: (where) => `${where} darf keinen Namen und kein Kennwort enthalten.`,
    readable: (where) =>
      `${where} muss https:// verwenden. Bei http:// könnte Ihr Kennwort unterwegs mitgelesen werden.`,
  },
  serverAddress: "Die Serveradresse",
  notAsked: "Nach diesem Server wurde nicht gefragt.",
  attention: {
    badCredentials: "Anmeldung nötig",
    signInNotOffered: "Anmeldung nicht möglich",
    untrustedServer: "Server nicht vertrauenswürdig",
    certificate: "Server nicht vertrauenswürdig",
    clientCertificate: "Zertifikat nötig",
    proxy: "Proxy-Kennwort nötig",
    notFound: "Kein Server gefunden",
    tooManyApplications: "Auf zu vielen Geräten angemeldet",
    userAgentNotAllowed: "Anmeldung nicht erlaubt",
    mobileNotAllowed: "Anmeldung nicht erlaubt",
    refused: "Anmeldung abgewiesen",
    unsupportedServer: "Server nicht unterstützt",
  },
  // In the dative, after „mit“.
  singleSignOn: { windows: "Ihrer Windows-Anmeldung", elsewhere: "Single Sign-on (Kerberos)" },
  windowsSession: {
    message: (where, how) => `Mit ${how} bei ${where} anmelden?`,
    detail: (where) =>
      `Damit erfährt der Server, wer Sie sind, und Doorbell hat es dort noch nie getan. Stimmen Sie nur zu, wenn Ihre Organisation ${where} betreibt.`,
    no: "Nicht verwenden",
    yes: "Verwenden",
  },
  keptPassword: {
    message: (origin) => `Gespeichertes Kennwort an ${origin} senden?`,
    detail: (keptFor) =>
      `Es wurde für ${keptFor} gespeichert und noch nie an diesen Server gesendet. Senden Sie es nur, wenn Ihre Organisation diesen Server betreibt.`,
    no: "Nicht senden",
    yes: "Senden",
  },
  certificate: {
    message: (host) => `${host} verlangt ein Zertifikat, das zeigt, wer Sie sind.`,
    one: (certificate) =>
      `Auf diesem Computer gibt es eines: ${certificate}. Senden Sie es nur, wenn Sie sich laut Ihrer Organisation damit anmelden sollen.`,
    several: (list) =>
      `Auf diesem Computer gibt es mehrere. Senden Sie eines nur, wenn Sie sich laut Ihrer Organisation damit anmelden sollen.\n\n${list}`,
    named: (subject, issuer) => `„${subject}“ von „${issuer}“`,
    no: "Keines senden",
    yes: "Senden",
    send: (number) => `${number} senden`,
  },
  signOut: {
    message: "Von Doorbell abmelden?",
    detail:
      "Ihr gespeichertes Kennwort wird vergessen. Um sich wieder anzumelden, müssen Sie es neu eingeben.",
    yes: "Abmelden",
  },
  keyring: {
    waiting: "Entsperren Sie Ihren Schlüsselbund, um sich anzumelden, oder geben Sie Ihr Kennwort hier ein.",
    notKept: "Ihr Kennwort konnte nicht gespeichert werden. Sie werden beim nächsten Mal danach gefragt.",
    notUnlocked:
      "Ihr Schlüsselbund wurde nicht entsperrt, daher wurde Ihr Kennwort nicht gespeichert. Sie werden beim nächsten Mal danach gefragt.",
    notForgotten: "Ihr Kennwort konnte nicht entfernt werden und ist noch in Ihrem Schlüsselbund.",
    problems: {
      missing: "Ihr Kennwort ist nicht mehr in Ihrem Schlüsselbund. Geben Sie es ein, um sich anzumelden.",
      locked:
        "Ihr Schlüsselbund wurde nicht entsperrt, daher konnte Doorbell Sie nicht anmelden. Geben Sie stattdessen Ihr Kennwort ein.",
      absent:
        "Es gibt keinen Schlüsselbund, daher konnte Doorbell Sie nicht anmelden. Geben Sie Ihr Kennwort ein.",
      library:
        "Doorbell kann Ihren Schlüsselbund nicht verwenden, weil libsecret fehlt. Geben Sie Ihr Kennwort ein, um sich anzumelden.",
      refused:
        "Ihr Schlüsselbund hat Doorbell Ihr Kennwort nicht gegeben. Geben Sie es ein, um sich anzumelden.",
      broken:
        "Ihr Schlüsselbund hat Doorbell Ihr Kennwort nicht gegeben. Geben Sie es ein, um sich anzumelden.",
    },
  },
  page: {
    title: (host) => `${host} – Anmeldeseite – Doorbell`,
    notLoaded: (host) => `Die Anmeldeseite von ${host} konnte nicht geladen werden.`,
    notLoadedDetail: (error) => `${error}. Prüfen Sie das Netzwerk oder fragen Sie Ihren Administrator.`,
    notShown: (host) => `Die Anmeldeseite von ${host} kann nicht gezeigt werden.`,
    leadsInTheClear: (origin) =>
      `Sie führt zu ${origin}, wo andere mitlesen könnten. Fragen Sie Ihren Administrator.`,
    leadsNowhere: "Sie führt zu etwas, das keine Webseite ist. Fragen Sie Ihren Administrator.",
  },
};
