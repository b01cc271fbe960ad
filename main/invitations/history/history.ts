import { z } from "zod";

import { texts } from "../../../locales/texts.ts";
import type { Cancel, Clock, Logger, Unsubscribe } from "../../platform/ports.ts";
import type { EndState, Invitation, InvitationState } from "../invitation.ts";
import { readSipAddress } from "../../platform/sip-address.ts";
import type { WholeFile } from "../../platform/whole-file.ts";
import { endDetail, isExternal } from "../invitation-labels.ts";
import { errorCode } from "../../platform/fault.ts";

/** What is remembered of an invitation that is over: names, the subject, times, its end; never a message text. */
export interface HistoryEntry {
  /** Unique in the file and over all runs. */
  readonly id: string;
  readonly kind: Invitation["kind"];
  readonly direction: Invitation["direction"];
  /** Of the other one: who called, or was called. */
  readonly name: string;
  readonly uri: string;
  readonly anonymous: boolean;
  readonly external: boolean;
  readonly subject: string;
  readonly end: EndState;
  /** What more is known of the end, such as who took it; one line, or empty. */
  readonly detail: string;
  /** How it was put in front of the person and why, such as `native: shown`; empty when it never was. */
  readonly presented: string;
  /** When the quiet ends, or ended, that kept it silent, in epoch milliseconds; null when that is not known. */
  readonly quietUntil: number | null;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly endedAt: number;
}

/** How an invitation was put in front of the person, and why so; and when the quiet ends that kept it silent. */
export interface Presented {
  readonly how: string;
  readonly until: number | null;
}

export interface HistoryContent {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** How many of them, from the newest on, were added since the person last looked. No clock decides it. */
  readonly unseen: number;
}

export interface HistoryOptions {
  readonly file: WholeFile;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly uuid: () => string;
}

const LONGEST = 100;
const LONGEST_TEXT = 400;
/** Changes come in bursts, and nobody waits for the disk while something rings. */
const WRITE_AFTER_MS = 1_000;
const RETRY_AFTER_MS = 30_000;
const EMPTY: HistoryContent = { entries: [], unseen: 0 };

/**
 * The invitations that are over, kept over a restart. Written a moment after the last change, one write at a time, and
 * never waited for by what rings. A file that cannot be read is left out and replaced by the next write.
 */
export class History {
  readonly #options: HistoryOptions;
  readonly #listeners = new Set<(content: HistoryContent) => void>();
  /** Of this run: the id of the invitation. */
  readonly #recorded = new Set<string>();
  #content: HistoryContent = EMPTY;
  #written: HistoryContent = EMPTY;
  #unread = false;
  #unwritten = false;
  #due: Cancel | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  get content(): HistoryContent {
    return this.#content;
  }

  /** One sentence each, for the person. */
  get problems(): readonly string[] {
    const { unread, unwritten } = texts.invitations.history;
    return [...(this.#unread ? [unread] : []), ...(this.#unwritten ? [unwritten] : [])];
  }

  /** Reads what earlier runs left; what was recorded meanwhile stays on top. Never rejects. */
  async load(): Promise<void> {
    let earlier = EMPTY;
    try {
      const text = await this.#options.file.read();
      if (text !== null) earlier = CONTENT.parse(JSON.parse(text));
    } catch (error) {
      this.#unread = true;
      this.#options.logger.warn("history.unreadable", { error: errorCode(error) });
    }
    const { entries, unseen } = this.#content;
    const all = [...entries, ...earlier.entries].slice(0, LONGEST);
    this.#written = earlier;
    this.#set({ entries: all, unseen: unseen + earlier.unseen }, entries.length > 0);
  }

  /** Takes down every invitation that has ended since. `presented` tells how it was shown. */
  record(invitations: readonly Invitation[], presented: (id: string) => Presented | null): void {
    const fresh = invitations.flatMap((invitation) => {
      const entry = this.#recorded.has(invitation.id)
        ? null
        : entryOf(invitation, this.#options.uuid, presented(invitation.id));
      if (entry !== null) this.#recorded.add(invitation.id);
      return entry === null ? [] : [entry];
    });
    if (fresh.length === 0) return;
    // What is no longer shown does not come back, and need not be remembered.
    const shown = new Set(invitations.map(({ id }) => id));
    for (const id of this.#recorded) if (!shown.has(id)) this.#recorded.delete(id);
    const entries = [...fresh.toSorted((a, b) => b.endedAt - a.endedAt), ...this.#content.entries];
    const unseen = this.#content.unseen + fresh.length;
    this.#set({ entries: entries.slice(0, LONGEST), unseen });
  }

  seen(): void {
    if (newsOf(this.#content).length > 0) this.#set({ ...this.#content, unseen: 0 });
  }

  clear(): void {
    if (this.#content.entries.length > 0) this.#set(EMPTY);
  }

  /** Told of every change, of `problems` too. */
  subscribe(listener: (content: HistoryContent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes what is not written yet. Never rejects. */
  async flush(): Promise<void> {
    this.#due?.();
    this.#due = null;
    await this.#write();
  }

  #set(content: HistoryContent, changed = true): void {
    this.#content = content;
    if (changed) this.#schedule(WRITE_AFTER_MS);
    for (const listener of this.#listeners) listener(content);
  }

  #schedule(delayMs: number): void {
    this.#due?.();
    this.#due = this.#options.clock.after(delayMs, () => {
      this.#due = null;
      void this.#write();
    });
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const content = this.#content;
      if (content === this.#written) return;
      try {
        await this.#options.file.write(`${JSON.stringify(content, null, 1)}\n`);
        this.#written = content;
        this.#say(false);
      } catch (error) {
        this.#say(true);
        this.#options.logger.warn("history.notWritten", { error: errorCode(error) });
        this.#due ??= this.#options.clock.after(RETRY_AFTER_MS, () => {
          this.#due = null;
          void this.#write();
        });
      }
    });
    return this.#writing;
  }

  #say(unwritten: boolean): void {
    if (unwritten === this.#unwritten) return;
    this.#unwritten = unwritten;
    for (const listener of this.#listeners) listener(this.#content);
  }
}

/** What was missed and not looked at yet, newest first: the only place that decides it, for every surface. Pure. */
export function newsOf({ entries, unseen }: HistoryContent): readonly HistoryEntry[] {
  return entries.slice(0, unseen).filter(isMissed);
}

/** Whether it came to nothing, and neither another device nor somebody else took it. */
export function isMissed({
  end,
  direction,
}: Pick<HistoryEntry, "direction"> & { readonly end: InvitationState }): boolean {
  return direction === "incoming" && MISSED.has(end);
}

/** Whether it is known whom to call. */
export function canCallBack({ anonymous, uri }: Pick<HistoryEntry, "anonymous" | "uri">): boolean {
  return !anonymous && readSipAddress(uri).ok;
}

/** `failed` too: an Accept that failed has led nowhere, and others failed before anybody answered. */
const MISSED: ReadonlySet<InvitationState> = new Set(["missed", "cancelled", "withdrawn", "failed"]);

function entryOf(
  invitation: Invitation,
  uuid: () => string,
  presented: Presented | null,
): HistoryEntry | null {
  const { state, endedAt, from, direction, callee } = invitation;
  if (endedAt === null) return null;
  if (state === "ringing" || state === "answering" || state === "inviting") return null;
  const incoming = direction === "incoming";
  const other = incoming ? from : (callee ?? { name: "", uri: "" });
  return {
    id: uuid(),
    kind: invitation.kind,
    direction,
    name: cut(other.name),
    uri: cut(other.uri),
    anonymous: incoming && from.anonymous,
    external: incoming && isExternal(from.network),
    subject: cut(invitation.subject),
    end: state,
    detail: cut(endDetail(invitation)),
    presented: presented?.how ?? "",
    quietUntil: presented?.until ?? null,
    receivedAt: invitation.receivedAt,
    endedAt,
  };
}

/** A subject can be as long as its sender likes; the file holds what a list shows. */
function cut(text: string): string {
  return text.slice(0, LONGEST_TEXT).toWellFormed();
}

const text = z.string().max(LONGEST_TEXT);
const ENTRY: z.ZodType<HistoryEntry> = z.object({
  id: text.min(1),
  kind: z.enum(["messaging", "onlineMeeting", "phoneAudio", "audioVideo", "participant", "other"]),
  // Earlier versions kept incoming ones alone.
  direction: z.enum(["incoming", "outgoing"]).default("incoming"),
  name: text,
  uri: text,
  anonymous: z.boolean(),
  external: z.boolean(),
  subject: text,
  end: z.enum([
    "accepted",
    "declined",
    "missed",
    "cancelled",
    "answeredElsewhere",
    "forwarded",
    "failed",
    "withdrawn",
  ]),
  detail: text,
  presented: text,
  quietUntil: z.number().nullable().default(null),
  receivedAt: z.number(),
  endedAt: z.number(),
});
const CONTENT: z.ZodType<HistoryContent> = z.object({
  entries: z.array(ENTRY).max(LONGEST).readonly(),
  unseen: z.number().nonnegative().default(0),
});
