import { plural } from "../../format.ts";

/** Signing in, and what the panel says of a session in trouble. */
export const connection = {
  connection: "Connection",
  discovering: "Looking for the server…",
  authenticating: "Signing in…",
  creating: "Registering with the server…",
  /** The page of the organisation stands in a window of its own. */
  pageTitle: "Sign in on the page of your organisation",
  /** `#` is the name of the host, which stands out. */
  pageWaits: "A window with the page of # waits for you.",
  showPage: "Show the page",
  tryingAgain: "Trying again…",
  tryingAgainInSeconds: (count: number) => plural(count, { other: "Trying again in # s." }),
  tryingAgainInMinutes: (count: number) => plural(count, { other: "Trying again in # min." }),
  reconnectNow: "Reconnect now",
  tryNow: "Try now",
  details: "Details",
  /** What it means to trust a server, for all addresses of a domain. */
  trustMeans: (domain: string) =>
    `If you trust it, Doorbell sends your name and password there, and remembers it for addresses at ${domain}. You can take that back in the settings.`,
  trustMeansWithoutPassword: (domain: string) =>
    `If you trust it, Doorbell signs you in there, and remembers it for addresses at ${domain}. You can take that back in the settings.`,
  trustWhom:
    "Only trust servers that belong to your organisation or its provider. If in doubt, ask your administrator.",
  distrust: "No, sign out",
  trust: "Yes, trust it",
  signIn: "Sign in",
  /** One of `titles`, as a sentence. */
  titleSentence: (title: string) => `${title}.`,
  address: "Sign-in address",
  password: "Password",
  /** `singleSignOn`: a way to sign in, such as `your Windows sign-in`. */
  passwordHint: (singleSignOn: string) =>
    `Leave empty to sign in with ${singleSignOn}, or on your organisation's sign-in page.`,
  remember: "Remember my password",
  rememberHint: "Kept in your system's keyring.",
  server: "Server address",
  serverHint: "Leave it empty to find the server by your address.",
  offline: "You're offline",
  offlineAdvice: "Nobody can ring you until Doorbell reconnects.",
  notYet: "Can't sign in yet",
  trustQuestion: "Do you trust this server?",
  notSignedIn: "You are not signed in yet",
  notSignedInAdvice: "Sign in again, with your password if this server takes one.",
  /** What has happened; a sentence of details follows. */
  titles: {
    badCredentials: "The sign-in was refused",
    signInNotOffered: "This server wants another way of signing in",
    untrustedServer: "The sign-in led to a server that can't be trusted",
    certificate: "The server can't prove who it is",
    clientCertificate: "The server wants a certificate of yours",
    proxy: "The proxy does not let Doorbell through",
    notFound: "Can't find your server",
    tooManyApplications: "You're signed in on too many devices",
    userAgentNotAllowed: "This server does not let Doorbell in",
    mobileNotAllowed: "You may not sign in with Doorbell here",
    refused: "The server refuses this sign-in",
    unsupportedServer: "This server can't be used",
  },
  /** What to do about it, after the details. */
  advice: {
    badCredentials:
      "Check your address and password. Doorbell does not try again by itself, so that your account is not locked.",
    signInNotOffered:
      "Ask your administrator whether sign-in by password, by single sign-on or by a web page can be allowed.",
    untrustedServer: "Ask your administrator which server you should be signed in to.",
    certificate:
      "Check the clock of this computer, or ask your administrator for the certificate of your organisation.",
    clientCertificate: "Ask your administrator how to sign in without one.",
    /** The details name the proxy, which wants a name and a password. */
    proxy:
      "Set them in the variable HTTPS_PROXY, as in http://name:password@proxy:port, and start Doorbell again. Or ask your administrator to let Doorbell through without.",
    notFound: "Check the address and the network, or enter the server address below.",
    tooManyApplications: "Sign out on one of them, then try again.",
    userAgentNotAllowed: "Your administrator can allow it on the server.",
    mobileNotAllowed: "Your administrator can allow it for your account.",
    refused: "Ask your administrator; the details below tell what the server has said.",
    unsupportedServer: "Ask your administrator for the address of a newer server.",
  },
};
