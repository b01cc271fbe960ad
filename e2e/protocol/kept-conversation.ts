/** What the server knows of one message. */
export interface ServerMessage {
  readonly by: "caller" | "user";
  readonly text: string;
  /** Nobody fetched it in time. */
  readonly lost: boolean;
}

/** One conversation as the world knows it, beside the client that is to show it. */
export interface Talked {
  readonly subject: string;
  /** What the invitation said: it stands there from the accept on, whether the server says it again or not. */
  readonly opening: string;
  /** In the order in which the server took them. */
  messages: readonly ServerMessage[];
  /** While it was alive for the client, something but people has been at work. */
  disturbed: boolean;
  /** The session that held it has ended, or the server has dropped it in a silence. */
  lost: boolean;
}

/** One message as surfaces were told of it. */
interface ShownMessage {
  readonly id: string;
  readonly direction: "incoming" | "outgoing";
  readonly text: string;
  readonly state: string;
  readonly problem: string | null;
}

/** One state of a conversation as surfaces were told of it. */
export interface ShownConversation {
  readonly id: string;
  readonly subject: string;
  readonly state: string;
  readonly messages: readonly ShownMessage[];
}

/**
 * Every sentence that was broken: each message that the server delivered is shown exactly once, in order, and never
 * taken back; what the person said arrives at most once, in its order, and is called sent only when it has arrived. What
 * a call that was disturbed may lack is explained by that alone. `told` holds what surfaces were told of each
 * conversation, in order, by its id.
 */
export function brokenConversations(
  talked: readonly Talked[],
  told: ReadonlyMap<string, readonly ShownConversation[]>,
): readonly string[] {
  const broken: string[] = [];
  const bySubject = new Map(talked.map((one) => [one.subject, one]));
  const shown = new Map<string, ShownConversation>();
  for (const [id, versions] of told) {
    broken.push(...takenBack(id, versions));
    const last = versions.at(-1);
    // An accept that came to nothing.
    if (last === undefined || versions.every(({ state }) => state === "connecting" || state === "ended"))
      continue;
    if (shown.has(last.subject)) broken.push(`${last.subject} was two conversations`);
    shown.set(last.subject, last);
    const known = bySubject.get(last.subject);
    if (known) broken.push(...withServer(known, last));
    else broken.push(`${id} was shown, and nobody talked`);
  }
  for (const { subject, messages, disturbed } of talked)
    if (messages.length > 0 && !disturbed && !shown.has(subject))
      broken.push(`${subject} was a conversation, and never shown`);
  return broken;
}

/** What others said stays where it was first shown. */
function takenBack(id: string, versions: readonly ShownConversation[]): readonly string[] {
  const broken: string[] = [];
  let before: readonly string[] = [];
  for (const { messages } of versions) {
    if (new Set(messages.map((one) => one.id)).size < messages.length)
      broken.push(`${id} showed a message twice`);
    const now = messages.filter(({ direction }) => direction === "incoming").map((one) => one.id);
    if (before.some((one, index) => now[index] !== one))
      broken.push(`${id} showed ${before.join()}, and then ${now.join()}`);
    before = now;
  }
  return broken;
}

function withServer(known: Talked, last: ShownConversation): readonly string[] {
  const broken: string[] = [];
  const { subject, disturbed } = known;
  const all = known.messages.filter(({ by }) => by === "caller");
  const said = all[0]?.text === known.opening ? all.slice(1) : all;
  const shown = last.messages.filter(({ direction }) => direction === "incoming");
  const others = shown[0]?.text === known.opening ? shown.slice(1) : shown;
  const heard = others.map(({ text }) => text);
  // One that was told by its link alone, and could not be had any more, stands there without its text, and says so.
  const loaded = others.filter(({ problem }) => problem === null).map(({ text }) => text);
  const delivered = said.filter(({ lost }) => !lost).map(({ text }) => text);
  const possible = said.map(({ text }) => text);
  const complete = heard.join() === delivered.join();
  if (!complete && !(known.lost || disturbed)) {
    broken.push(`${subject}: said ${delivered.join()}, shown ${heard.join()}`);
  } else if (!isSubsequence(loaded, possible) || heard.length > possible.length) {
    broken.push(`${subject}: said ${possible.join()}, shown ${heard.join()}`);
  } else if (!known.lost && last.state !== "ended" && !isSubsequence(delivered, heard)) {
    broken.push(`${subject} is alive: delivered ${delivered.join()}, shown ${heard.join()}`);
  }
  const arrived = known.messages.filter(({ by }) => by === "user").map(({ text }) => text);
  if (new Set(arrived).size < arrived.length) broken.push(`${subject}: arrived twice, ${arrived.join()}`);
  for (const { direction, text, state } of last.messages) {
    if (direction === "incoming") continue;
    if (state === "sending" && last.state === "ended") broken.push(`${subject}: ${text} is still being sent`);
    if (state === "sent" && !arrived.includes(text)) broken.push(`${subject}: ${text} was never sent`);
    if (state === "failed" && !disturbed && !known.lost && arrived.includes(text))
      broken.push(`${subject}: ${text} has arrived, and is shown as failed`);
  }
  const sent = last.messages
    .filter(({ direction, text }) => direction === "outgoing" && arrived.includes(text))
    .map(({ text }) => text);
  if (!isSubsequence(sent, arrived))
    broken.push(`${subject}: shown ${sent.join()}, arrived ${arrived.join()}`);
  return broken;
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const one of part) {
    at = whole.indexOf(one, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
