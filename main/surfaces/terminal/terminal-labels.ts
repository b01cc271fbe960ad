import type { Invitation } from "../../invitations/invitation.ts";
import {
  addressLabel,
  endDetail,
  endLabel as endSentence,
  isExternal,
} from "../../invitations/invitation-labels.ts";
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
      return `${sentence(session.detail, "The sign-in did not succeed.")} ${ADVICE[session.reason]}`;
  }
}

function retryLabel(retryAt: number | null, now: number): string {
  return retryAt === null || retryAt <= now
    ? "Trying again…"
    : `Trying again in ${duration(Math.ceil((retryAt - now) / 1000) * 1000)}.`;
}

const ADVICE: Readonly<Record<AttentionReason, string>> = {
  badCredentials: "Check the address and the password, then start again.",
  // A terminal has neither the Windows session nor a window for the page of the organisation.
  signInNotOffered:
    "In a terminal the sign-in is by name and password alone: use the Doorbell app, or ask the administrator to allow it.",
  untrustedServer: "If you know this server, start again with --trust and its origin.",
  certificate:
    "Ask the administrator for the certificate of your organisation, or check the clock of this machine.",
  clientCertificate: "Ask the administrator how to sign in without one.",
  proxy:
    "Set them in the variable HTTPS_PROXY, as in http://name:password@proxy:port, and start Doorbell again. Or ask the administrator to let Doorbell through without.",
  notFound: "Check the address and the network, or name the server with --server.",
  tooManyApplications: "Sign out on another device, then try again.",
  userAgentNotAllowed: "The administrator has to allow this program on the server.",
  mobileNotAllowed: "The administrator has to allow this kind of sign-in for you.",
  refused: "Ask the administrator what the server has against this sign-in.",
  unsupportedServer: "Ask the administrator for the version and the address of the server.",
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
