import { texts, type Texts } from "../../../locales/texts.ts";
import { titleLabel } from "../../conversations/conversation-labels.ts";
import type { Conversation } from "../../conversations/conversation.ts";
import type { AppState } from "../../core/app-state.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { failedMessages, liveConversations } from "../../surfaces/terminal/conversation-lines.ts";
import { openCalls, openInvitations } from "../../surfaces/terminal/plain.ts";
import { EXIT, type Control, type ProgramIo } from "../composition.ts";
import { KeyNumbers, type Key } from "./keys.ts";
import type { Question } from "./question.ts";
import type { Writing } from "./writing.ts";

export interface KeyCommandsParts {
  readonly writing: Writing;
  /** Whether a text can be written: there is a place to draw it. */
  readonly canWrite: () => boolean;
  readonly hint: (text: string) => void;
  readonly ask: (question: Question) => void;
}

/** What the keys do while nothing is being written. */
export class KeyCommands {
  readonly numbers = new KeyNumbers();
  readonly #io: Pick<ProgramIo, "job" | "interruption">;
  readonly #control: Control;
  readonly #writing: Writing;
  readonly #say: Pick<KeyCommandsParts, "hint" | "ask">;
  readonly #canWrite: () => boolean;

  constructor(io: Pick<ProgramIo, "job" | "interruption">, control: Control, parts: KeyCommandsParts) {
    this.#io = io;
    this.#control = control;
    this.#writing = parts.writing;
    this.#say = parts;
    this.#canWrite = parts.canWrite;
  }

  update(state: AppState): void {
    this.numbers.update(
      openInvitations(state).map(({ id }) => id),
      [...openCalls(state), ...liveConversations(state)].map(({ id }) => id),
    );
  }

  /** `keys` are those of one stroke: a number before another key says what it is for. */
  carryOut(keys: readonly Key[]): void {
    const named = keys.length > 1;
    for (const key of keys) if (!this.#carryOut(key, named)) return;
  }

  /** False when what follows has nothing to be about. */
  #carryOut(key: Key, named: boolean): boolean {
    const control = this.#control;
    const { bell } = control;
    switch (key.kind) {
      case "number":
        if (this.numbers.select(key.number)) return true;
        this.#say.hint(texts.terminal.nobodyIsNumber(key.number));
        return false;
      case "accept":
      case "decline": {
        const chosen = this.#chosen(openInvitations(bell.state), named, "ringing");
        if (chosen !== null)
          void this.#answered(
            chosen,
            key.kind === "accept" ? bell.accept(chosen.id) : bell.decline(chosen.id),
          );
        break;
      }
      case "cancel": {
        const calls = openCalls(bell.state).filter(({ canCancel }) => canCancel);
        const chosen = this.#chosen(calls, named, "called");
        if (chosen !== null) void this.#answered(chosen, bell.calling.cancel(chosen.id));
        break;
      }
      case "write":
        this.#write(named);
        break;
      case "call":
        if (this.#canWrite()) this.#writing.call();
        break;
      case "sendAgain": {
        const failed = liveConversations(bell.state).filter((one) => failedMessages(one).length > 0);
        const chosen = this.#chosen(failed, named, "notSent");
        if (chosen === null) break;
        for (const { id } of failedMessages(chosen)) void this.#done(bell.talking.sayAgain(chosen.id, id));
        break;
      }
      case "leave": {
        const chosen = this.#chosen(liveConversations(bell.state), named, "goingOn");
        if (chosen !== null) this.#askToLeave(chosen);
        break;
      }
      case "tryNow":
        control.tryNow();
        break;
      case "quit":
        if (this.#writing.unsent) this.#askToQuit();
        else control.leave(EXIT.quit);
        break;
      case "stop":
        this.#io.job.stop();
        break;
      case "interrupt":
        this.#io.interruption.raise(EXIT.interrupted);
        break;
    }
    return true;
  }

  /** The one that the number stands for, or the only one there is. */
  #chosen<Numbered extends Invitation | Conversation>(
    those: readonly Numbered[],
    named: boolean,
    several: keyof Texts["terminal"]["several"],
  ): Numbered | null {
    const chosen = those.find(({ id }) => id === this.numbers.selected);
    if (chosen !== undefined) return chosen;
    if (those.length > 1) this.#say.hint(texts.terminal.several[several]);
    return !named && those.length === 1 ? (those[0] ?? null) : null;
  }

  /** Without a number, in the newest. */
  #write(named: boolean): void {
    if (!this.#canWrite()) return;
    const conversations = liveConversations(this.#control.bell.state);
    const chosen = conversations.find(({ id }) => id === this.numbers.selected);
    const conversation = chosen ?? (named ? undefined : conversations.at(-1));
    if (conversation !== undefined) this.#writing.reply(conversation);
  }

  #askToLeave(conversation: Conversation): void {
    this.#say.ask({
      about: `leave ${conversation.id}`,
      text: texts.terminal.questions.leave(titleLabel(conversation)),
      answered: (yes) => {
        if (yes) void this.#done(this.#control.bell.talking.leave(conversation.id));
      },
    });
  }

  #askToQuit(): void {
    this.#say.ask({
      about: "quit",
      text: texts.terminal.questions.quit,
      answered: (yes) => {
        if (yes) this.#control.leave(EXIT.quit);
      },
    });
  }

  /** What the state says of an answer, or of a call that is taken back, is on the screen already. */
  async #answered({ id }: Invitation, answering: Promise<Receipt>): Promise<void> {
    const receipt = await answering;
    const invitation = this.#control.bell.state.invitations.find((candidate) => candidate.id === id);
    if (!receipt.ok && (invitation?.answerProblem ?? null) === null) this.#say.hint(receipt.error.message);
  }

  async #done(doing: Promise<Receipt>): Promise<void> {
    const receipt = await doing;
    if (!receipt.ok) this.#say.hint(receipt.error.message);
  }
}

/** What all that a person does is answered with. */
type Receipt = { readonly ok: true } | { readonly ok: false; readonly error: { readonly message: string } };
