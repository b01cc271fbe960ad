/** Who calls. */
export interface Caller {
  readonly uri: string;
  readonly name: string;
}

/** One call as the world knows it, beside the client that has to ring for it. */
export interface Call {
  readonly subject: string;
  readonly id: string;
  readonly caller: Caller;
  /** What the server said of it last. */
  known: string;
  /** While it was alive for the client, something but people has been at work. */
  disturbed: boolean;
  /** The session that held it has ended. */
  lost: boolean;
  /** The longest time without a break for which it rang at a server that the client was in order with. */
  calmMs: number;
  /** The same, up to now. */
  inOrderMs: number;
  /** The longest time without a break for which the client and the server could not speak. */
  darkMs: number;
  /** The same, up to now. */
  outOfOrderMs: number;
  /**
   * It was over while event requests alone failed, or while the server gave no reasons: a GET says that it is over, and
   * only an event with its reason would say how.
   */
  untold: boolean;
  /** What the person has tried to answer. */
  readonly tried: Set<"accept" | "decline">;
  /** Its end has been shown. */
  shown: boolean;
}

/** One state of an invitation as surfaces were told of it. */
export interface Told {
  readonly subject: string;
  readonly from: Caller;
  readonly state: string;
  /** Null while it is alive. */
  readonly endedAt: number | string | null;
}

/** How the client has to name the end that the server knows. */
const TRUE_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  connected: ["accepted"],
  over: ["accepted"],
  declined: ["declined"],
  missed: ["missed"],
  cancelled: ["cancelled"],
  answeredElsewhere: ["answeredElsewhere"],
  forwarded: ["forwarded"],
  // The session's end took it, or the server dropped its conversation in a long silence.
  lost: ["withdrawn", "missed"],
};
/** A call that could be seen for so long has to ring. */
const SEEN_MS = 5_000;
/** After so long a time without a word, how a call has ended may not be known to anybody any more. */
export const FORGOTTEN_MS = 25_000;

/** A call that begins to ring. */
export function newCall(of: Pick<Call, "subject" | "id" | "caller" | "disturbed">): Call {
  const times = { calmMs: 0, inOrderMs: 0, darkMs: 0, outOfOrderMs: 0 };
  return { ...of, known: "ringing", lost: false, untold: false, ...times, tried: new Set(), shown: false };
}

/**
 * So much time has gone by in its life, with the client in order with the server or not, and with a server that answers
 * event requests, or fails them.
 */
export function timePassed(
  call: Call,
  passedMs: number,
  { inOrder, deaf }: { inOrder: boolean; deaf: boolean },
): void {
  if (!inOrder) call.disturbed = true;
  if (deaf && call.known !== "ringing") call.untold = true;
  call.inOrderMs = inOrder && call.known === "ringing" ? call.inOrderMs + passedMs : 0;
  call.calmMs = Math.max(call.calmMs, call.inOrderMs);
  call.outOfOrderMs = inOrder ? 0 : call.outOfOrderMs + passedMs;
  call.darkMs = Math.max(call.darkMs, call.outOfOrderMs);
}

/** The server is started anew: what it was in the middle of is lost, and nobody is left who knows how the others ended. */
export function serverForgets(call: Call): void {
  if (["ringing", "connecting", "inLobby"].includes(call.known)) call.known = "lost";
  if (!call.shown) Object.assign(call, { disturbed: true, darkMs: FORGOTTEN_MS });
}

/**
 * Every sentence of the promise that was broken: what could be seen rang, once, and ended once, with the very end that
 * the server knows. Only a call whose own life was disturbed may end with less than the truth, and only as far as that
 * explains. `told` holds what surfaces were told of each invitation, in order, by its id.
 */
export function brokenPromises(
  calls: readonly Call[],
  told: ReadonlyMap<string, readonly Told[]>,
): readonly string[] {
  const broken: string[] = [];
  const bySubject = new Map(calls.map((call) => [call.subject, call]));
  const shown = new Map<string, number>();
  const rang = new Set<string>();
  for (const [id, versions] of told) {
    const states = versions.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);
    const ends = versions.filter(({ endedAt }) => endedAt !== null);
    const last = versions.at(-1);
    if (ends.length !== 1) broken.push(`${id} ended ${ends.length} times: ${states.join(" ")}`);
    if (last === undefined) continue;
    if (last.endedAt === null)
      broken.push(`${last.subject} (${id}) was told of last in the state ${last.state}`);
    shown.set(last.subject, (shown.get(last.subject) ?? 0) + 1);
    for (const { subject, state } of versions) if (state === "ringing") rang.add(subject);
    const call = bySubject.get(last.subject);
    if (call === undefined) {
      if (last.subject !== "") broken.push(`“${last.subject}” was shown, and nobody called`);
      continue;
    }
    if (!possibleEndings(call).includes(last.state))
      broken.push(`${call.subject} ended ${call.known} for the server, and was shown as ${last.state}`);
    const stranger = versions.find(({ from }) => !isCaller(from, call.caller))?.from;
    if (stranger) broken.push(`${call.subject} was shown as by ${stranger.name} (${stranger.uri})`);
    const isKnown = last.from.uri === call.caller.uri && last.from.name === call.caller.name;
    if (!isKnown && !call.disturbed && call.calmMs >= SEEN_MS)
      broken.push(
        `${call.subject} could be asked about for ${call.calmMs} ms, and its caller was never shown`,
      );
  }
  for (const call of calls) {
    const times = shown.get(call.subject) ?? 0;
    if (times > 1) broken.push(`${call.subject} was shown ${times} times`);
    if (call.calmMs >= SEEN_MS && !rang.has(call.subject))
      broken.push(`${call.subject} could be seen for ${call.calmMs} ms, and never rang`);
  }
  return broken;
}

/** What is not known yet is not shown; somebody else's name never is. */
function isCaller(shown: Caller, caller: Caller): boolean {
  return ["", caller.uri].includes(shown.uri) && ["", caller.name].includes(shown.name);
}

function possibleEndings(call: Call): readonly string[] {
  const endings = [...(TRUE_ENDINGS[call.known] ?? [])];
  if (call.lost) endings.push("withdrawn");
  // Nobody could be asked in time: a server remembers for a short while only.
  if (call.darkMs >= FORGOTTEN_MS || call.untold) endings.push("missed");
  if (!call.disturbed) return endings;
  // An answer of ours went into a network that lost it, or was told that there is nothing to answer any more while
  // nobody could say why.
  if (call.tried.size > 0) endings.push("missed");
  if (call.tried.has("accept")) endings.push("failed");
  if (call.tried.has("decline")) endings.push("declined");
  return endings;
}
