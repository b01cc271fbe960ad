import { plural } from "../../format.ts";

/**
 * What `doorbell doctor` has found: a label and what was found behind it. `origin` and `host` name a server. These words,
 * dates included, also stand in its lines of JSON, which are English and the same for every script.
 */
export const doctor = {
  labels: {
    address: "Address",
    dns: "Name",
    discovery: "Way to server",
    certificate: "Certificate",
    signIn: "Sign-in",
    token: "Token",
    application: "Application",
    events: "Events",
    keychain: "Keyring",
    notifications: "Notifications",
    tray: "Tray",
  },
  notReached: "not reached",
  /** Where the search for the server begins. */
  fromNames: (address: string, domain: string) => `${address}, starting from the names of ${domain}`,
  fromServer: (address: string, origin: string) => `${address}, starting from ${origin}`,
  dns: {
    noName: (host: string) => `${host} is an address, so there is no name to ask for`,
    unknown: (host: string) => `${host} is not known to the name server`,
    known: (host: string, addresses: string) => `${host} is ${addresses}`,
  },
  /** What an answer on the way to the server led to, behind its origin and a colon. */
  led: {
    signIn: "asks for a sign-in",
    redirectNowhere: "redirects to no address",
    redirect: (origin: string) => `redirects to ${origin}`,
    onward: (origin: string) => `leads on to ${origin}`,
    applications: (origin: string) => `names the applications at ${origin}`,
    user: (origin: string) => `names the user's address at ${origin}`,
    /** `type`: a media type, or the words below. */
    otherAnswer: (type: string) => `no answer of a Skype for Business server (${type})`,
    noType: "no content type",
    otherJson: "JSON, but not of a Skype for Business server",
  },
  /** Why no answer came, in the same place. */
  failures: {
    unreachable: "cannot be reached",
    unknownHost: "not known to the name server",
    certificate: "shows a certificate that this computer does not trust",
    clientCertificate: "wants a certificate that shows who you are",
    proxy: "the proxy wants a user name and password",
    timeout: "no answer in time",
    interrupted: "broke off its answer",
    tooLarge: "sent more than can be an answer",
    aborted: "given up",
  },
  certificate: {
    trusted: "trusted",
    notTrusted: "not trusted",
    /** `until` in epoch milliseconds. */
    from: (issuer: string, until: number) => `from ${issuer}, until ${iso(until).slice(0, 10)}`,
    notNeeded: "not needed on this machine",
  },
  /** `kinds` are of `server.grants`. */
  offers: (origin: string, kinds: string) => `${origin} offers: ${kinds}`,
  token: {
    none: (origin: string) => `${origin} gave none`,
    given: (origin: string) => `${origin} gave one; the server does not say how long it lives`,
    /** `until` in epoch milliseconds. */
    givenUntil: (origin: string, until: number) =>
      `${origin} gave one; lives until ${iso(until).slice(0, 16).replace("T", " ")} UTC`,
  },
  application: {
    created: (origin: string) => `created at ${origin}`,
    deleted: "deleted again",
    notDeleted: "could not be deleted; the server ends it by itself before long",
  },
  events: {
    returned: (count: number, seconds: number) =>
      `${count} event requests came back without news within ${seconds} seconds: something on the way does not let them wait`,
    notParked: (seconds: number) => `no request was parked after ${seconds} seconds`,
    parked: (seconds: number) => `an event request stays parked, watched for ${seconds} seconds`,
    /** Behind it and a semicolon. */
    news: (count: number) => plural(count, { one: "# answer with news", other: "# answers with news" }),
    ended: "The session has ended.",
  },
  tooLate: "The sign-in did not end in time.",
  /** What to do, behind the sentence that says what is wrong. */
  advice: {
    nameServer: "If the address is right, name the server with --server.",
    mayPass: "This may pass: try again in a few minutes.",
  },
  keyring: {
    answers: "passwords can be kept",
    locked: "locked; the system asks to unlock it when a password is needed",
    absent: "No keyring is available. No password is remembered.",
    library: "The keyring cannot be used because libsecret is missing. No password is remembered.",
    refused: "The keyring refuses to answer. No password is remembered.",
    tooLate: (seconds: number) =>
      `The keyring did not answer within ${seconds} seconds. No password is remembered.`,
  },
  /** Where neither notifications nor the tray need anybody else. */
  ofSystem: "shown by the system itself",
  notifications: {
    unavailable: "not available",
    /** What they can show, behind the name of the service. */
    buttons: "buttons",
    text: "text",
    markup: "markup",
  },
  tray: {
    found: "there is a tray for the icon",
    noBus: "There is no session bus, so nobody shows a tray icon.",
    nobody:
      "Nobody shows tray icons (org.kde.StatusNotifierWatcher has no owner); GNOME needs an extension for them.",
  },
  /** What is being waited for. */
  progress: {
    names: "Asking the name server",
    signIn: "Signing in",
    events: (seconds: number) => `Watching the event request, ${seconds} s`,
    signOut: "Signing out",
    desktop: "Looking at the keyring and the desktop",
  },
  verdict: {
    sound: 'All that "doorbell watch" needs is there.',
    soundWithWarnings: 'All that "doorbell watch" needs is there. What is marked ! may be worth a look.',
    unsound: '"doorbell watch" would not work; what is marked ✗ has to be mended first.',
  },
};

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
