import type { Invitation } from "../../invitations/invitation.ts";
import { addressLabel } from "../../invitations/address-label.ts";
import { endDetail, endLabel as endSentence, isExternal } from "../../invitations/invitation-labels.ts";
import type { Person } from "../../ucwa/resources/wire-invitation.ts";
import type { AttentionReason, SessionState } from "../../ucwa/session-port.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";

/** The session in one sentence for people; `now` in epoch milliseconds. */
export function sessionLabel(session: SessionState, now: number): string {
  switch (session.name) {
    case "signedOut":
      return "Signed out.";
    case "discovering":
      return "Looking for the server…";
    case "authenticating":
      return "Signing in…";
    case "creating":
      return "Registering with the server…";
    case "online":
      return "Online. Waiting for invitations.";
    case "reconnecting":
      return `${sentence(session.detail, "The connection was lost.")} ${retryLabel(session.retryAt, now)}`;
    case "attention":
      return `${sentence(session.detail, "The sign-in did not succeed.")} ${adviceOf(session)}`;
  }
}

function retryLabel(retryAt: number | null, now: number): string {
  return retryAt === null || retryAt <= now
    ? "Trying again…"
    : `Trying again in ${duration(Math.ceil((retryAt - now) / 1000) * 1000)}.`;
}

function adviceOf({ reason, origin }: Extract<SessionState, { readonly name: "attention" }>): string {
  // What nobody may approve.
  if (reason === "untrustedServer" && origin === undefined)
    return "Ask your administrator which server you should be signed in to.";
  return ADVICE[reason];
}

const ADVICE: Readonly<Record<AttentionReason, string>> = {
  badCredentials: "Check your address and password, then start again.",
  // A terminal has neither the Windows session nor a window for the page of the organisation.
  signInNotOffered:
    "In a terminal the sign-in is by name and password alone: use the Doorbell app, or ask your administrator to allow it.",
  untrustedServer: "If it belongs to your organisation, start again with --trust and its origin.",
  certificate:
    "Check the clock of this computer, or ask your administrator for the certificate of your organisation.",
  clientCertificate: "Ask your administrator how to sign in without one.",
  proxy:
    "Set them in the variable HTTPS_PROXY, as in http://name:password@proxy:port, and start Doorbell again. Or ask your administrator to let Doorbell through without.",
  notFound: "Check the address and the network, or name the server with --server.",
  tooManyApplications: "Sign out on one of them, then try again.",
  userAgentNotAllowed: "Your administrator can allow it on the server.",
  mobileNotAllowed: "Your administrator can allow it for your account.",
  refused: "Ask your administrator; `doorbell doctor` tells what the server has said.",
  unsupportedServer: "Ask your administrator for the address of a newer server.",
};

/** Who rings: the name, and the address beside it since anybody may choose a name. */
export function callerLabel(from: Person): string {
  const name = safeLine(from.name);
  const address = addressLabel(from.uri);
  const outside = isExternal(from.network) ? "outside your organisation" : "";
  if (from.anonymous) return name === "" ? "Somebody anonymous" : `${name} (anonymous)`;
  if (name === "") return address === "" ? "Somebody" : `${address}${outside === "" ? "" : ` (${outside})`}`;
  const note = [address, outside].filter((part) => part !== "" && part !== name).join(", ");
  return note === "" ? name : `${name} (${note})`;
}

/** How an incoming invitation ended, to follow the caller's name; null while it has not. */
export function endLabel(invitation: Invitation): string | null {
  const { state } = invitation;
  if (state === "ringing" || state === "answering" || state === "inviting") return null;
  const detail = endDetail(invitation);
  if (state === "cancelled") return "gave up";
  if (state === "forwarded" && detail !== "") return detail;
  const words = endSentence(state, detail);
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Full seconds below a minute, else minutes and seconds. Milliseconds in; never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

function sentence(detail: string, otherwise: string): string {
  const text = safeLine(detail);
  if (text === "") return otherwise;
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
