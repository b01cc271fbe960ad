import type { AttentionReason } from "../ucwa/session-port.ts";

/** Why the bell waits for the person, in two to five words, for surfaces that have room for no sentence. */
export function attentionLabel(reason: AttentionReason): string {
  return LABELS[reason];
}

const LABELS: Readonly<Record<AttentionReason, string>> = {
  // Not "Wrong password": there may have been none.
  badCredentials: "Sign-in needed",
  signInNotOffered: "Sign-in not possible",
  untrustedServer: "Server not trusted",
  certificate: "Server not trusted",
  clientCertificate: "Certificate needed",
  proxy: "Proxy password needed",
  notFound: "No server found",
  tooManyApplications: "Signed in on too many devices",
  userAgentNotAllowed: "Sign-in not allowed",
  mobileNotAllowed: "Sign-in not allowed",
  refused: "Sign-in refused",
  unsupportedServer: "Server not supported",
};
