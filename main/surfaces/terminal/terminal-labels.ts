import { texts } from "../../../locales/texts.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { addressLabel } from "../../invitations/address-label.ts";
import { endDetail, isExternal } from "../../invitations/invitation-labels.ts";
import type { Person } from "../../ucwa/resources/wire-invitation.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";

/** The session in one sentence for people; `now` in epoch milliseconds. */
export function sessionLabel(session: SessionState, now: number): string {
  const words = texts.terminal.session[session.name];
  if (session.name === "reconnecting")
    return `${sentence(session.detail, words)} ${retryLabel(session.retryAt, now)}`;
  return session.name === "attention" ? `${sentence(session.detail, words)} ${adviceOf(session)}` : words;
}

function retryLabel(retryAt: number | null, now: number): string {
  const { retrying, retryingIn } = texts.terminal;
  return retryAt === null || retryAt <= now
    ? retrying
    : retryingIn(duration(Math.ceil((retryAt - now) / 1000) * 1000));
}

function adviceOf({ reason, origin }: Extract<SessionState, { readonly name: "attention" }>): string {
  // What nobody may approve.
  if (reason === "untrustedServer" && origin === undefined) return texts.terminal.notToBeTrusted;
  return texts.terminal.advice[reason];
}

/** Who rings: the name, and the address beside it since anybody may choose a name. */
export function callerLabel(from: Person): string {
  const name = safeLine(from.name);
  const address = addressLabel(from.uri);
  const words = texts.terminal.callers;
  const outside = isExternal(from.network) ? words.outside : "";
  if (from.anonymous) return name === "" ? words.anonymous : words.named(name);
  if (name === "")
    return address === "" ? words.unknown : `${address}${outside === "" ? "" : ` (${outside})`}`;
  const note = [address, outside].filter((part) => part !== "" && part !== name).join(", ");
  return note === "" ? name : `${name} (${note})`;
}

/** How an incoming invitation ended, to follow the caller's name; null while it has not. */
export function endLabel(invitation: Invitation): string | null {
  const { state } = invitation;
  if (state === "ringing" || state === "answering" || state === "inviting") return null;
  const { ends, declinedWhere, failedBecause } = texts.terminal;
  const detail = endDetail(invitation);
  if (detail === "" || state === "cancelled") return ends[state];
  if (state === "declined") return declinedWhere(detail);
  return state === "failed" ? failedBecause(detail) : detail;
}

/** Full seconds below a minute, else minutes and seconds, by their international signs. Milliseconds in; never negative. */
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
