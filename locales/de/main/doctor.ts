import type { doctor as english } from "../../en/main/doctor.ts";
import { dateFormat, plural } from "../../format.ts";

export const doctor: typeof english = {
  labels: {
    address: "Adresse",
    dns: "Name",
    discovery: "Weg zum Server",
    certificate: "Zertifikat",
    signIn: "Anmeldung",
    token: "Token",
    application: "Anwendung",
    events: "Ereignisse",
    keychain: "Schlüsselbund",
    notifications: "Mitteilungen",
    tray: "Leiste",
  },
  notReached: "nicht erreicht",
  fromNames: (address, domain) => `${address}, beginnend bei den Namen von ${domain}`,
  fromServer: (address, origin) => `${address}, beginnend bei ${origin}`,
  dns: {
    noName: (host) => `${host} ist eine Adresse; nach einem Namen muss nicht gefragt werden`,
    unknown: (host) => `${host} ist dem Nameserver nicht bekannt`,
    known: (host, addresses) => `${host} ist ${addresses}`,
  },
  led: {
    signIn: "verlangt eine Anmeldung",
    redirectNowhere: "leitet an keine Adresse weiter",
    redirect: (origin) => `leitet weiter zu ${origin}`,
    onward: (origin) => `führt weiter zu ${origin}`,
    applications: (origin) => `nennt die Anwendungen unter ${origin}`,
    user: (origin) => `nennt die Adresse des Benutzers unter ${origin}`,
    otherAnswer: (type) => `keine Antwort eines Skype-for-Business-Servers (${type})`,
    noType: "ohne Angabe des Typs",
    otherJson: "JSON, aber nicht von einem Skype-for-Business-Server",
  },
  failures: {
    unreachable: "nicht erreichbar",
    unknownHost: "dem Nameserver nicht bekannt",
    certificate: "zeigt ein Zertifikat, dem dieser Computer nicht vertraut",
    clientCertificate: "verlangt ein Zertifikat, das zeigt, wer Sie sind",
    proxy: "der Proxy verlangt Benutzername und Kennwort",
    timeout: "keine Antwort in der erwarteten Zeit",
    interrupted: "hat die Antwort abgebrochen",
    tooLarge: "hat mehr gesendet, als eine Antwort sein kann",
    aborted: "aufgegeben",
  },
  certificate: {
    trusted: "vertrauenswürdig",
    notTrusted: "nicht vertrauenswürdig",
    from: (issuer, until) =>
      `von ${issuer}, gültig bis ${dateFormat({ dateStyle: "medium", timeZone: "UTC" }).format(until)}`,
    notNeeded: "auf diesem Computer nicht nötig",
  },
  offers: (origin, kinds) => `${origin} bietet an: ${kinds}`,
  token: {
    none: (origin) => `${origin} hat keines ausgestellt`,
    given: (origin) => `${origin} hat eines ausgestellt; der Server sagt nicht, wie lange es gilt`,
    givenUntil: (origin, until) =>
      `${origin} hat eines ausgestellt; gültig bis ${dateFormat({ dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(until)} UTC`,
  },
  application: {
    created: (origin) => `angelegt bei ${origin}`,
    deleted: "wieder gelöscht",
    notDeleted: "konnte nicht gelöscht werden; der Server beendet sie bald von selbst",
  },
  events: {
    returned: (count, seconds) =>
      `${count} Ereignisanfragen kamen innerhalb von ${seconds} Sekunden ohne Neuigkeiten zurück: Etwas auf dem Weg lässt sie nicht warten`,
    notParked: (seconds) => `nach ${seconds} Sekunden wurde keine Anfrage offen gehalten`,
    parked: (seconds) => `eine Ereignisanfrage bleibt offen, ${seconds} Sekunden lang beobachtet`,
    news: (count) =>
      plural(count, { one: "# Antwort mit Neuigkeiten", other: "# Antworten mit Neuigkeiten" }),
    ended: "Die Sitzung ist beendet.",
  },
  tooLate: "Die Anmeldung wurde in der erwarteten Zeit nicht fertig.",
  advice: {
    nameServer: "Wenn die Adresse stimmt, nennen Sie den Server mit --server.",
    mayPass: "Das kann vorübergehen: Versuchen Sie es in einigen Minuten noch einmal.",
  },
  keyring: {
    answers: "Kennwörter können gespeichert werden",
    locked: "gesperrt; das System bittet um die Entsperrung, sobald ein Kennwort gebraucht wird",
    absent: "Es gibt keinen Schlüsselbund. Es wird kein Kennwort gespeichert.",
    library:
      "Der Schlüsselbund kann nicht verwendet werden, weil libsecret fehlt. Es wird kein Kennwort gespeichert.",
    refused: "Der Schlüsselbund verweigert die Antwort. Es wird kein Kennwort gespeichert.",
    tooLate: (seconds) =>
      `Der Schlüsselbund hat innerhalb von ${seconds} Sekunden nicht geantwortet. Es wird kein Kennwort gespeichert.`,
  },
  ofSystem: "vom System selbst gezeigt",
  notifications: {
    unavailable: "nicht verfügbar",
    buttons: "Schaltflächen",
    text: "Text",
    markup: "Auszeichnungen",
  },
  tray: {
    found: "es gibt eine Leiste für das Symbol",
    noBus: "Es gibt keinen Session-Bus, daher zeigt niemand ein Symbol in der Leiste.",
    nobody:
      "Niemand zeigt Symbole in der Leiste (org.kde.StatusNotifierWatcher hat keinen Besitzer); GNOME braucht dafür eine Erweiterung.",
  },
  progress: {
    names: "Nameserver fragen",
    signIn: "Anmelden",
    events: (seconds) => `Ereignisanfrage beobachten, ${seconds} s`,
    signOut: "Abmelden",
    desktop: "Schlüsselbund und Desktop ansehen",
  },
  verdict: {
    sound: "Alles, was „doorbell watch“ braucht, ist da.",
    soundWithWarnings:
      "Alles, was „doorbell watch“ braucht, ist da. Sehen Sie sich an, was mit ! gekennzeichnet ist.",
    unsound:
      "„doorbell watch“ würde nicht funktionieren; was mit ✗ gekennzeichnet ist, muss zuerst behoben werden.",
  },
};
