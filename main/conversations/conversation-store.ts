import type { Clock, Unsubscribe } from "../platform/ports.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { Conversation } from "./conversation.ts";
import { hear } from "./conversation-reception.ts";
import type { TalkEvent } from "./machine/talk-event.ts";
import { reduceTalk } from "./machine/talk-life.ts";
import { isOfThePerson, newTalk } from "./machine/talk.ts";
import type { Opening, Talk, TalkKey } from "./machine/talk.ts";

/** Of conversations that nobody has answered. The oldest go. */
const MOST_UNANSWERED = 200;
/** How many ended conversations surfaces are shown. */
export const ENDED_CONVERSATIONS = 20;

/** Holds the conversations of this run: everything that happens in one passes through `dispatch`. */
export class ConversationStore {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  readonly #talks = new Map<string, Talk>();
  #visible: readonly Conversation[] = [];
  /** Since `visible` was made: what is shown of any has changed; any has ended. */
  #shownChanged = false;
  #anyEnded = false;
  #made = 0;
  #changed = false;
  #batching = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** In the order of their beginning; as they are until the next event. */
  get talks(): Iterable<Talk> {
    return this.#talks.values();
  }

  /** What surfaces see, in the order of their beginning: all that are alive, and the last ended ones. */
  get visible(): readonly Conversation[] {
    return this.#visible;
  }

  byId(id: string): Talk | null {
    for (const talk of this.#talks.values()) if (talk.shown?.id === id) return talk;
    return null;
  }

  /** Whether the conversation that surfaces see came of this invitation. */
  isOpenedBy(invitation: string): boolean {
    return this.#visible.some((one) => one.invitation === invitation);
  }

  at(key: TalkKey): Talk | null {
    return this.#talks.get(nameOf(key)) ?? null;
  }

  /** Takes effect before it returns; of a conversation that is not known nothing happens. */
  dispatch(key: TalkKey, event: TalkEvent): void {
    const talk = this.at(key);
    if (talk) this.#put(talk, reduceTalk(talk, event, this.#clock.now()));
    this.#tell();
  }

  /** An event of the channel: it may be the first that is heard of a conversation. */
  hear(event: ChannelEvent): void {
    const heard = hear(event);
    if (heard === null) return;
    const { generation } = event;
    const talk = this.#talkOf(generation, heard.conversation, heard.messaging, heard.event.type !== "over");
    if (talk) this.dispatch(talk, heard.event);
  }

  /** An invitation says that it leads to this conversation. */
  open(key: TalkKey, opening: Opening): void {
    this.dispatch(this.at(key) ?? this.#make(key), { type: "opened", opening });
  }

  /** The application is gone, and every conversation with it. */
  generationEnded(generation: number): void {
    this.batch(() => {
      for (const talk of this.#talks.values()) {
        if (talk.generation !== generation) continue;
        this.dispatch(talk, { type: "over", cause: "lost" });
        const { shown } = talk;
        if (shown === null) this.#talks.delete(nameOf(talk));
      }
    });
  }

  /** Another session takes over, whose generations are counted from the start again: nothing is heard of these any more. */
  retire(): void {
    this.batch(() => {
      for (const [name, talk] of Array.from(this.#talks)) {
        this.dispatch(talk, { type: "over", cause: "lost" });
        const ended = this.#talks.get(name);
        this.#talks.delete(name);
        // No generation has this number, so no event finds it.
        if (!ended?.shown) continue;
        const retired = { ...ended, generation: -ended.number };
        this.#talks.set(nameOf(retired), retired);
      }
      this.#changed = true;
      this.#shownChanged = true;
    });
  }

  /** What `work` dispatches is told in one go when it is done. */
  batch(work: () => void): void {
    if (this.#batching) return work();
    this.#batching = true;
    try {
      work();
    } finally {
      this.#batching = false;
      this.#tell();
    }
  }

  subscribe(listener: () => void): Unsubscribe {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  #talkOf(
    generation: number,
    conversation: string | null,
    messaging: string | null,
    makes: boolean,
  ): Talk | null {
    if (conversation !== null) {
      const key = { generation, href: conversation };
      return this.at(key) ?? (makes ? this.#make(key) : null);
    }
    if (messaging === null) return null;
    for (const talk of this.#talks.values())
      if (talk.generation === generation && talk.messaging === messaging) return talk;
    return null;
  }

  #make(key: TalkKey): Talk {
    const talk = newTalk(key, ++this.#made, this.#clock.now());
    this.#talks.set(nameOf(key), talk);
    if (this.#talks.size > MOST_UNANSWERED) this.#forget(talk);
    return talk;
  }

  /** Makes room: first what nobody has answered, the oldest first. Looks at no more than there can be of others. */
  #forget(newest: Talk): void {
    for (const [name, talk] of this.#talks) {
      if (this.#talks.size <= MOST_UNANSWERED) return;
      if (!isOfThePerson(talk) && talk !== newest) this.#talks.delete(name);
    }
  }

  #put(before: Talk, after: Talk): void {
    if (after === before) return;
    this.#talks.set(nameOf(before), after);
    this.#changed = true;
    this.#shownChanged ||= after.shown !== before.shown;
    this.#anyEnded ||= after.end !== null;
  }

  #tell(): void {
    if (this.#batching || !this.#changed) return;
    this.#changed = false;
    // Of hundreds that were only heard of, nothing is shown.
    if (this.#anyEnded) this.#forgetEnded();
    if (this.#shownChanged) this.#show();
    for (const listener of this.#listeners) listener();
  }

  #show(): void {
    this.#shownChanged = false;
    const visible: Conversation[] = [];
    for (const { shown } of this.#talks.values()) if (shown !== null) visible.push(shown);
    this.#visible = visible;
  }

  #forgetEnded(): void {
    this.#anyEnded = false;
    const ended: string[] = [];
    for (const [name, { end, shown, opening }] of this.#talks) {
      if (end === null) continue;
      if (shown !== null) ended.push(name);
      else if (opening === null) this.#talks.delete(name);
    }
    for (const name of ended.slice(0, -ENDED_CONVERSATIONS)) {
      this.#talks.delete(name);
      this.#shownChanged = true;
    }
  }
}

function nameOf({ generation, href }: TalkKey): string {
  return `${generation} ${href}`;
}
