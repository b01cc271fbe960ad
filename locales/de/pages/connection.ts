import type { connection as english } from "../../en/pages/connection.ts";
import { plural } from "../../format.ts";

export const connection: typeof english = {
  connection: "Verbindung",
  discovering: "Server wird gesucht …",
  authenticating: "Anmeldung läuft …",
  creating: "Registrierung beim Server …",
  pageTitle: "Melden Sie sich auf der Seite Ihrer Organisation an",
  pageWaits: "Ein Fenster mit der Seite von # wartet auf Sie.",
  showPage: "Seite zeigen",
  tryingAgain: "Neuer Versuch …",
  tryingAgainInSeconds: (count) => plural(count, { other: "Neuer Versuch in # s." }),
  tryingAgainInMinutes: (count) => plural(count, { other: "Neuer Versuch in # min." }),
  reconnectNow: "Jetzt verbinden",
  tryNow: "Jetzt versuchen",
  details: "Details",
  trustMeans: (domain) =>
    `Wenn Sie ihm vertrauen, sendet Doorbell Ihren Namen und Ihr Kennwort dorthin und merkt sich den Server für Adressen bei ${domain}. In den Einstellungen können Sie das zurücknehmen.`,
  trustMeansWithoutPassword: (domain) =>
    `Wenn Sie ihm vertrauen, meldet Doorbell Sie dort an und merkt sich den Server für Adressen bei ${domain}. In den Einstellungen können Sie das zurücknehmen.`,
  trustWhom:
    "Vertrauen Sie nur Servern, die Ihrer Organisation oder deren Anbieter gehören. Fragen Sie im Zweifel Ihren Administrator.",
  distrust: "Nein, abmelden",
  trust: "Ja, vertrauen",
  signIn: "Anmelden",
  titleSentence: (title) => `${title}.`,
  address: "Anmeldeadresse",
  password: "Kennwort",
  passwordHint: (singleSignOn) =>
    `Leer lassen, um sich mit ${singleSignOn} oder auf der Anmeldeseite Ihrer Organisation anzumelden.`,
  remember: "Kennwort merken",
  rememberHint: "Wird im Schlüsselbund Ihres Systems aufbewahrt.",
  server: "Serveradresse",
  serverHint: "Leer lassen, um den Server über Ihre Anmeldeadresse zu finden.",
  offline: "Sie sind offline",
  offlineAdvice: "Solange Doorbell nicht verbunden ist, kann niemand bei Ihnen klingeln.",
  notYet: "Anmelden ist noch nicht möglich",
  trustQuestion: "Vertrauen Sie diesem Server?",
  notSignedIn: "Sie sind noch nicht angemeldet",
  notSignedInAdvice: "Melden Sie sich noch einmal an, mit Kennwort, wenn dieser Server eines annimmt.",
  titles: {
    badCredentials: "Die Anmeldung wurde abgelehnt",
    signInNotOffered: "Dieser Server verlangt eine andere Art der Anmeldung",
    untrustedServer: "Die Anmeldung führte zu einem nicht vertrauenswürdigen Server",
    certificate: "Der Server kann sich nicht ausweisen",
    clientCertificate: "Der Server verlangt ein Zertifikat von Ihnen",
    proxy: "Der Proxy lässt Doorbell nicht durch",
    notFound: "Ihr Server wurde nicht gefunden",
    tooManyApplications: "Sie sind auf zu vielen Geräten angemeldet",
    userAgentNotAllowed: "Dieser Server lässt Doorbell nicht zu",
    mobileNotAllowed: "Sie dürfen sich hier nicht mit Doorbell anmelden",
    refused: "Der Server lehnt diese Anmeldung ab",
    unsupportedServer: "Dieser Server lässt sich nicht verwenden",
  },
  advice: {
    badCredentials:
      "Prüfen Sie Adresse und Kennwort. Doorbell versucht es nicht von selbst noch einmal, damit Ihr Konto nicht gesperrt wird.",
    signInNotOffered:
      "Fragen Sie Ihren Administrator, ob die Anmeldung mit Kennwort, mit Single Sign-on oder auf einer Webseite erlaubt werden kann.",
    untrustedServer: "Fragen Sie Ihren Administrator, an welchem Server Sie sich anmelden sollen.",
    certificate:
      "Prüfen Sie die Uhr dieses Computers, oder bitten Sie Ihren Administrator um das Zertifikat Ihrer Organisation.",
    clientCertificate: "Fragen Sie Ihren Administrator, wie Sie sich ohne Zertifikat anmelden können.",
    proxy:
      "Geben Sie Namen und Kennwort in der Variablen HTTPS_PROXY an, wie in http://name:kennwort@proxy:port, und starten Sie Doorbell neu. Oder bitten Sie Ihren Administrator, Doorbell auch ohne sie durchzulassen.",
    notFound: "Prüfen Sie Adresse und Netzwerk, oder geben Sie unten die Serveradresse ein.",
    tooManyApplications: "Melden Sie sich auf einem davon ab, und versuchen Sie es dann noch einmal.",
    userAgentNotAllowed: "Ihr Administrator kann es auf dem Server erlauben.",
    mobileNotAllowed: "Ihr Administrator kann es für Ihr Konto erlauben.",
    refused: "Fragen Sie Ihren Administrator; was der Server gesagt hat, steht unten in den Details.",
    unsupportedServer: "Fragen Sie Ihren Administrator nach der Adresse eines neueren Servers.",
  },
};
