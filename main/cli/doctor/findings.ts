import { texts } from "../../../locales/texts.ts";
import { grantLabels } from "../../ucwa/auth/grant-labels.ts";
import { sessionLabel } from "../../surfaces/terminal/terminal-labels.ts";
import type { ProblemCode, SessionState } from "../../ucwa/session-port.ts";
import { isLoopback } from "../../platform/secure-url.ts";
import type { Check, CheckName } from "./check.ts";
import type { Hop, Observation, SignInOffer, TokenReceipt } from "./observation.ts";
import type { ShownCertificate } from "./surroundings.ts";

/** How a sign-in ended; `late` when it neither came to an end nor failed within the doctor's patience. */
export type SignIn =
  | { readonly how: "online" }
  | { readonly how: "failed"; readonly state: Extract<SessionState, { name: "attention" | "reconnecting" }> }
  | { readonly how: "late" };

/** Whether this machine knows a name of the server. */
export function dnsCheck(host: string, addresses: readonly string[]): Check {
  const { noName, unknown, known } = texts.doctor.dns;
  if (addresses.length === 1 && addresses[0] === host)
    return { name: "dns", result: "ok", detail: noName(host) };
  // Behind a proxy no name need be known here, and outside the organisation the internal one never is.
  return addresses.length === 0
    ? { name: "dns", result: "warning", detail: unknown(host) }
    : { name: "dns", result: "ok", detail: known(host, addresses.join(", ")) };
}

/** `last`: there is no other name to try when this one leads nowhere. */
export function hopCheck({ origin, status, ok, led }: Hop, last: boolean): Check {
  const result = ok ? "ok" : last ? "failed" : "warning";
  return { name: "discovery", result, detail: `${origin}: ${status === null ? "" : `${status}, `}${led}` };
}

/** The check that a failed sign-in is to be told at. */
export function blamed(signIn: SignIn, seen: Observation): CheckName | null {
  if (signIn.how === "online") return null;
  const reason = signIn.how === "failed" ? signIn.state.reason : "";
  if (reason === "certificate") return "certificate";
  const lastToken = seen.tokens.at(-1);
  const offersAnswered = seen.offers.length <= seen.tokens.length;
  if (reason === "badCredentials" || reason === "tokenRefused" || lastToken?.token === null) return "token";
  if (!offersAnswered) return "signIn";
  if (seen.applicationsOrigin === null) return "discovery";
  return seen.applicationOrigin === null ? "application" : "events";
}

/** Of a session that goes on by itself: what looks like a wrong address to begin with. */
const NOT_FOUND: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "notFound",
  "unknownHost",
  "unreachable",
  "timeout",
]);

/** The words of the session for what stopped it. */
export function reasonLabel(signIn: SignIn): string {
  switch (signIn.how) {
    case "online":
      return "";
    case "late":
      return texts.doctor.tooLate;
    case "failed": {
      const { state } = signIn;
      const technical = state.technical === undefined ? "" : ` (${state.technical})`;
      if (state.name === "attention") return `${sessionLabel(state, 0)}${technical}`;
      // Watch would try again by itself; whoever asks a doctor wants to know what to do.
      const { nameServer, mayPass } = texts.doctor.advice;
      return `${state.detail} ${NOT_FOUND.has(state.reason) ? nameServer : mayPass}${technical}`;
    }
  }
}

/**
 * What the sign-in came to, in the order of the checks; the hops have been told before. `certificates` are by origin,
 * null where none could be read.
 */
export function signInChecks(
  signIn: SignIn,
  seen: Observation,
  certificates: ReadonlyMap<string, ShownCertificate | null>,
): Check[] {
  const blame = blamed(signIn, seen);
  const checks = [
    ...certificateChecks(seen, certificates),
    ...signInKindChecks(seen.offers),
    ...tokenChecks(seen.tokens),
    applicationCheck(seen),
  ];
  if (blame === null) return checks;
  // What failed is told in place of a line that says less, else behind the lines that went well.
  const at = checks.findIndex(({ name, result }) => name === blame && result !== "ok");
  const shown = at < 0 ? null : checks[at];
  const detail =
    blame === "certificate" && shown?.result === "failed"
      ? sessionLabel({ name: "attention", reason: "certificate", detail: shown.detail }, 0)
      : reasonLabel(signIn);
  const failure: Check = { name: blame, result: "failed", detail };
  if (at >= 0) return checks.toSpliced(at, 1, failure);
  if (blame === "events") return [...checks, failure];
  const behind = checks.findLastIndex(({ name }) => name === blame);
  return checks.toSpliced(behind + 1, 0, failure);
}

function notReached(name: CheckName): Check {
  return { name, result: "notReached", detail: texts.doctor.notReached };
}

function certificateChecks(
  seen: Observation,
  certificates: ReadonlyMap<string, ShownCertificate | null>,
): Check[] {
  const name = "certificate";
  const words = texts.doctor.certificate;
  const secure = [...seen.origins].filter(([origin]) => origin.startsWith("https:"));
  const checks = secure.map(([origin, state]): Check | null => {
    const shown = certificates.get(origin) ?? null;
    const about = shown === null ? "" : `; ${words.from(shown.issuer, shown.validUntil)}`;
    switch (state) {
      case "answered":
        return { name, result: "ok", detail: `${origin}: ${words.trusted}${about}` };
      case "certificate": {
        const refusal = shown?.refusal ?? null;
        const code = refusal === null ? "" : ` (${refusal})`;
        return { name, result: "failed", detail: `${origin}: ${words.notTrusted}${code}${about}` };
      }
      case "unreached":
        return null;
    }
  });
  const found = checks.filter((check) => check !== null);
  // A name of several may show a bad certificate as long as another leads on.
  const told = found.map((check) =>
    check.result === "failed" && seen.offers.length > 0 ? { ...check, result: "warning" as const } : check,
  );
  if (told.length > 0) return told;
  return [...seen.origins].some(([origin, state]) => state === "answered" && isLoopback(origin))
    ? [{ name, result: "ok", detail: words.notNeeded }]
    : [notReached(name)];
}

function signInKindChecks(offers: readonly SignInOffer[]): Check[] {
  if (offers.length === 0) return [notReached("signIn")];
  return offers.map(({ origin, kinds }) => {
    return { name: "signIn", result: "ok", detail: texts.doctor.offers(origin, grantLabels(kinds)) };
  });
}

function tokenChecks(tokens: readonly TokenReceipt[]): Check[] {
  if (tokens.length === 0) return [notReached("token")];
  return tokens.map(({ origin, token }) => {
    const { none, given, givenUntil } = texts.doctor.token;
    if (token === null) return { name: "token", result: "failed", detail: none(origin) };
    const { livesUntil } = token;
    const detail = livesUntil === null ? given(origin) : givenUntil(origin, livesUntil);
    return { name: "token", result: "ok", detail };
  });
}

function applicationCheck(seen: Observation): Check {
  const name = "application";
  return seen.applicationOrigin === null
    ? notReached(name)
    : { name, result: "ok", detail: texts.doctor.application.created(seen.applicationOrigin) };
}

/** `watchedMs` is how long the event requests were watched; `lost` is what the session said when it was no longer online. */
export function eventsCheck(
  watchedMs: number,
  lost: string | null,
  seen: { readonly open: number; readonly answered: number; readonly empty: number },
): Check {
  const name = "events";
  const words = texts.doctor.events;
  const seconds = watchedMs / 1000;
  // One may be chance. A server holds a request until there is news, so something on the way must have answered.
  if (lost !== null && seen.empty <= 1) return { name, result: "failed", detail: lost };
  if (seen.empty > 1)
    return {
      name,
      result: lost === null ? "warning" : "failed",
      detail: words.returned(seen.empty, seconds),
    };
  if (seen.open === 0) return { name, result: "failed", detail: words.notParked(seconds) };
  const news = seen.answered - seen.empty;
  const told = news === 0 ? "" : `; ${words.news(news)}`;
  return { name, result: "ok", detail: words.parked(seconds) + told };
}

/** Whether the server was left as it was found. */
export function deletionCheck(deleted: boolean): Check {
  const name = "application";
  const words = texts.doctor.application;
  return deleted
    ? { name, result: "ok", detail: words.deleted }
    : { name, result: "warning", detail: words.notDeleted };
}
