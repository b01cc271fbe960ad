import type { Clock } from "../../platform/ports.ts";
import type { StartKeyringChild } from "../keyring.ts";
import type { KeyringMessage, KeyringQuestion } from "../keyring-protocol.ts";
import { keyringStore, type KeyringState, type SecretStore } from "../secrets.ts";

/**
 * A keyring in memory, asked as the one of the system is: the program's own store stands before it, and each question
 * has a process of its own. Nobody can be asked to unlock it, which is told as a prompt that was dismissed.
 * `secret-behaviours.ts` holds it to gnome-keyring.
 */
export class MemoryKeyring {
  state: KeyringState;
  /** Nothing was ever kept in it: there is no keyring that could be locked, and none is made without asking. */
  unused = false;
  readonly passwords: Map<string, string>;
  /** Nothing is answered before: a person takes a while over the prompt of the system. */
  prompt: Promise<void> = Promise.resolve();
  /** What it was asked, in order. */
  readonly questions: KeyringQuestion[] = [];

  constructor(passwords: Readonly<Record<string, string>> = {}, state: KeyringState = "available") {
    this.passwords = new Map(Object.entries(passwords));
    this.state = state;
  }

  store(clock: Clock): SecretStore {
    return keyringStore({ clock, look: async () => this.state, start: this.#start });
  }

  readonly #start: StartKeyringChild = (listener) => {
    let gone = false;
    return {
      send: (question) => {
        this.questions.push(question);
        queueMicrotask(() => {
          if (!gone) listener.message({ say: "asking" });
          void this.prompt.then(() => {
            if (!gone) listener.message(this.#answer(question));
          });
        });
      },
      kill: () => (gone = true),
    };
  };

  #answer(question: KeyringQuestion): KeyringMessage {
    const open = this.state === "available" && !this.unused;
    switch (question.ask) {
      case "get":
        return { say: "secret", secret: open ? (this.passwords.get(question.account) ?? null) : null };
      case "set":
        if (!open) return { say: "failed", why: "refused" };
        this.passwords.set(question.account, question.secret);
        return { say: "done", changed: true };
      case "delete":
        return { say: "done", changed: open && this.passwords.delete(question.account) };
    }
  }
}
