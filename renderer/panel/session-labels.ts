import type { AccountView, AttentionReasonView, SessionView } from "../../preload/contract.ts";

/** A session that is not online and has something to tell. */
export type Trouble = Extract<SessionView, { readonly detail: string }>;

/** What the panel says of it: what has happened, in detail, and what to do. `advice` may be empty. */
export interface TroubleLabels {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
}

/** The sentences for a session in trouble; of one that goes on by itself, `detail` says what to do, too. */
export function troubleLabels(
  session: Trouble,
  account: Pick<AccountView, "withoutPassword">,
): TroubleLabels {
  const { detail } = session;
  if (session.name === "reconnecting") {
    return session.wasOnline
      ? { title: "You're offline", detail, advice: "Nobody can ring you until Doorbell reconnects." }
      : { title: "Can't sign in yet", detail, advice: "" };
  }
  const { reason } = session;
  if (reason === "untrustedServer" && session.origin !== null)
    return { title: "Do you trust this server?", detail, advice: "" };
  if (reason === "badCredentials" && account.withoutPassword) {
    const advice = "Sign in again, with your password if this server takes one.";
    return { title: "You are not signed in yet", detail, advice };
  }
  return { title: TITLES[reason], detail, advice: ADVICE[reason] };
}

const TITLES: Readonly<Record<AttentionReasonView, string>> = {
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
};

const ADVICE: Readonly<Record<AttentionReasonView, string>> = {
  badCredentials:
    "Check your address and password. Doorbell does not try again by itself, so that your account is not locked.",
  signInNotOffered:
    "Ask your administrator whether sign-in by password, by single sign-on or by a web page can be allowed.",
  untrustedServer: "Ask your administrator which server you should be signed in to.",
  certificate:
    "Check the clock of this computer, or ask your administrator for the certificate of your organisation.",
  clientCertificate: "Ask your administrator how to sign in without one.",
  proxy:
    "Set them in the variable HTTPS_PROXY, as in http://name:password@proxy:port, and start Doorbell again. Or ask your administrator to let Doorbell through without.",
  notFound: "Check the address and the network, or enter the server address below.",
  tooManyApplications: "Sign out on one of them, then try again.",
  userAgentNotAllowed: "Your administrator can allow it on the server.",
  mobileNotAllowed: "Your administrator can allow it for your account.",
  refused: "Ask your administrator; the details below tell what the server has said.",
  unsupportedServer: "Ask your administrator for the address of a newer server.",
};
