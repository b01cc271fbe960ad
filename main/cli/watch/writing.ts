import { texts } from "../../../locales/texts.ts";
import type { FoundPerson } from "../../conversations/calling.ts";
import type { Conversation } from "../../conversations/conversation.ts";
import { Drafts } from "../../conversations/drafts.ts";
import { addressLabel } from "../../invitations/address-label.ts";
import { titleLabel } from "../../conversations/conversation-labels.ts";
import { editedBy, type EditedText, insertedIn, NOTHING } from "../../surfaces/terminal/line-editor.ts";
import { keyHint } from "../../surfaces/terminal/plain.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import type { Bell } from "../composition.ts";
import type { Keystroke } from "./keystrokes.ts";

/**
 * ```
 * null → reply → null      null → callee → firstMessage → null
 * ```
 * Null while nothing is being written, so that keys are commands. Only the person leaves it, by Escape or by a call:
 * were it to close by itself, the next letters would be taken for commands.
 */
type Target =
  | { readonly kind: "reply"; readonly conversation: string; readonly label: string }
  | { readonly kind: "callee"; readonly found: Found | null }
  | { readonly kind: "firstMessage"; readonly to: string; readonly label: string };

/** What became of a search; null while it goes on. */
interface Found {
  readonly query: string;
  readonly people: readonly FoundPerson[] | null;
  readonly moreAvailable: boolean;
}

/** What is drawn of it. */
export interface WritingView {
  readonly prompt: string;
  readonly text: EditedText;
  /** What to press. */
  readonly hints: readonly string[];
  /** Who was found, one line each. */
  readonly above: readonly string[];
}

export interface WritingListener {
  /** What could not be done, and what is being done, a sentence each. */
  readonly hint: (text: string) => void;
  readonly begun: (text: string) => void;
  /** What is drawn has become another by itself. */
  readonly changed: () => void;
}

/** How many people one digit can choose among. */
const MOST_FOUND = 9;

/** The texts that the person writes in the terminal: answers in conversations, and calls. Drafts live in memory alone. */
export class Writing {
  readonly #bell: Bell;
  readonly #on: WritingListener;
  #target: Target | null = null;
  #text: EditedText = NOTHING;
  readonly #drafts = new Drafts();
  #callee: EditedText = NOTHING;
  #firstMessage: EditedText = NOTHING;

  constructor(bell: Bell, on: WritingListener) {
    this.#bell = bell;
    this.#on = on;
  }

  /** The conversation that is being written in. */
  get conversation(): string | null {
    return this.#target?.kind === "reply" ? this.#target.conversation : null;
  }

  /** Whether a text for this conversation is kept. */
  keeps(conversation: string): boolean {
    return this.#drafts.of(conversation) !== "" && this.conversation !== conversation;
  }

  /** Whether a text would be lost with the program. */
  get unsent(): boolean {
    return this.#drafts.isAnyUnsent || this.#firstMessage.text.trim() !== "";
  }

  get view(): WritingView | null {
    const target = this.#target;
    const { does, keys, writing } = texts.terminal;
    const hints = (what: string): readonly string[] => [keyHint(keys.enter, what), keyHint("Esc", does.back)];
    switch (target?.kind) {
      case undefined:
        return null;
      case "reply":
        return { ...this.#row(`${target.label}> `), hints: hints(does.send), above: [] };
      case "firstMessage":
        return { ...this.#row(`${writing.to(target.label)}> `), hints: hints(does.call), above: [] };
      case "callee": {
        const { found } = target;
        const chosen = (found?.people?.length ?? 0) > 0;
        return {
          ...this.#row(`${chosen ? keys.number : writing.callee}> `),
          hints: hints(chosen ? does.choose : does.goOn),
          above: found === null ? [] : foundLines(found),
        };
      }
    }
  }

  reply(conversation: Conversation): void {
    this.#target = {
      kind: "reply",
      conversation: conversation.id,
      label: titleLabel(conversation),
    };
    this.#text = insertedIn(NOTHING, this.#drafts.of(conversation.id));
    this.#bell.talking.seen(conversation.id);
  }

  call(): void {
    this.#target = { kind: "callee", found: null };
    this.#text = this.#callee;
  }

  /** The person has in view what is said where a text is being written. */
  see(conversations: readonly Conversation[]): void {
    const here = conversations.find(({ id }) => id === this.conversation);
    if (here !== undefined && here.unread > 0) this.#bell.talking.seen(here.id);
  }

  /** Nothing can be said any more where it is over. */
  forget(conversations: readonly Conversation[]): void {
    const alive = conversations.filter(({ state }) => state !== "ended");
    this.#drafts.keepOnly(new Set(alive.map(({ id }) => id)));
  }

  /** What follows the key that ends a text, in what was pressed at once, is nothing. */
  press(stroke: Keystroke): void {
    const target = this.#target;
    if (target === null) return;
    switch (stroke.kind) {
      case "text":
      case "paste":
        this.#become(insertedIn(this.#text, stroke.text));
        break;
      case "edit":
        this.#become(editedBy(stroke.key, this.#text));
        break;
      case "enter":
        this.#enter(target);
        break;
      case "endOfText":
        if (this.#text.text !== "") this.#become(editedBy("delete", this.#text));
        else this.#target = null;
        break;
      case "escape":
        this.#target = null;
        break;
      case "interrupt":
      case "stop":
        break;
    }
  }

  #row(prompt: string): Pick<WritingView, "prompt" | "text"> {
    return { prompt, text: this.#text };
  }

  #become(text: EditedText): void {
    const typed = text.text !== this.#text.text && text.text !== "";
    this.#text = text;
    const target = this.#target;
    if (target?.kind === "callee") this.#callee = text;
    else if (target?.kind === "firstMessage") this.#firstMessage = text;
    else if (target?.kind === "reply") {
      this.#drafts.write(target.conversation, text.text);
      if (typed) this.#bell.talking.typing(target.conversation);
    }
  }

  #enter(target: Target): void {
    const { text } = this.#text;
    switch (target.kind) {
      case "reply":
        if (text.trim() !== "") this.#say(target.conversation, text);
        break;
      case "callee":
        this.#choose(target, text.trim());
        break;
      case "firstMessage":
        this.#target = null;
        // A slow server may take its time to say that somebody is being called.
        this.#on.begun(texts.terminal.writing.calling(target.label));
        void this.#invite(target.to, text);
        break;
    }
  }

  #say(conversation: string, text: string): void {
    const { conversations } = this.#bell.state;
    if (conversations.find(({ id }) => id === conversation)?.canSay !== true) {
      this.#on.hint(texts.terminal.writing.notNow);
      return;
    }
    this.#become(NOTHING);
    void this.#said(conversation, text);
  }

  async #said(conversation: string, text: string): Promise<void> {
    const receipt = await this.#bell.talking.say(conversation, text);
    if (receipt.ok) return;
    const { conversations } = this.#bell.state;
    // A message that stands there as failed can be sent again; any other would be lost.
    const messages = conversations.find(({ id }) => id === conversation)?.messages ?? [];
    if (messages.some((message) => message.state === "failed" && message.text === text)) return;
    this.#on.hint(receipt.error.message);
    if (this.#drafts.of(conversation) !== "") return;
    this.#drafts.write(conversation, text);
    if (this.conversation === conversation) this.#text = insertedIn(NOTHING, text);
    this.#on.changed();
  }

  #choose({ found }: Extract<Target, { readonly kind: "callee" }>, text: string): void {
    const person = /^[1-9]$/.test(text) ? found?.people?.slice(0, MOST_FOUND)[Number(text) - 1] : undefined;
    if (person !== undefined) this.#callTo(person.uri, safeLine(person.name) || addressLabel(person.uri));
    else if (isAddress(text)) this.#callTo(text, addressLabel(text));
    else if (text !== "") void this.#search(text);
  }

  #callTo(to: string, label: string): void {
    this.#target = { kind: "firstMessage", to, label };
    this.#text = this.#firstMessage;
  }

  async #search(query: string): Promise<void> {
    const searching: Target = { kind: "callee", found: { query, people: null, moreAvailable: false } };
    this.#target = searching;
    const search = await this.#bell.calling.search(query);
    // The person may have gone on to something else.
    if (this.#target !== searching) return;
    if (search.ok) {
      const { people, moreAvailable } = search;
      this.#target = { kind: "callee", found: { query, people, moreAvailable } };
      if (people.length > 0 && this.#text.text.trim() === query) this.#become(NOTHING);
    } else {
      this.#target = { kind: "callee", found: null };
      this.#on.hint(search.error.message);
    }
    this.#on.changed();
  }

  async #invite(to: string, message: string): Promise<void> {
    const receipt = await this.#bell.calling.invite({ to, message });
    if (receipt.ok) {
      this.#callee = NOTHING;
      if (this.#firstMessage.text === message) this.#firstMessage = NOTHING;
    } else this.#on.hint(texts.terminal.writing.notCalled(receipt.error.message));
    this.#on.changed();
  }
}

/** Rather than a name or a number to look for. */
function isAddress(text: string): boolean {
  return /^(?:sips?:)?[^\s@:]+@[^\s@]+$/i.test(text);
}

function foundLines({ query, people, moreAvailable }: Found): string[] {
  const words = texts.terminal.writing;
  if (people === null) return [words.searching(safeLine(query))];
  if (people.length === 0) return [words.nobodyFound(safeLine(query))];
  return [
    ...people.slice(0, MOST_FOUND).map(({ name, uri, title, department }, index) => {
      const facts = [addressLabel(uri), title, department].map((fact) => safeLine(fact));
      const known = facts.filter((fact) => fact !== "").join(", ");
      return `${index + 1} ${safeLine(name) || addressLabel(uri)} (${known})`;
    }),
    ...(moreAvailable || people.length > MOST_FOUND ? [words.moreFound] : []),
  ];
}
