import { listFormat } from "../../../locales/format.ts";
import { texts } from "../../../locales/texts.ts";
import type { PasswordAccount } from "../../account/secrets.ts";
import type { Ask } from "../../desktop/message-box.ts";
import type { IntegratedHosts } from "./integrated-hosts.ts";
import type { SignInSettings } from "./sign-in-settings.ts";

export interface SignInQuestionsParts {
  /** The first button is the no. */
  readonly ask: Ask;
  readonly settings: Pick<SignInSettings, "current" | "save">;
  readonly platform: NodeJS.Platform;
}

/** So many domains are remembered that may be shown the Windows session. */
const MOST_KNOWN = 20;

/** What a sign-in without a password uses here, in words that follow "with". */
export function singleSignOnOf(platform: NodeJS.Platform): string {
  return texts.signIn.singleSignOn[platform === "win32" ? "windows" : "elsewhere"];
}

/**
 * What is asked in a box of the system's own while somebody signs in. A page of ours that was taken over can press every
 * button in our windows and name any server, but two things it does not have: the Windows session, and the password in
 * the keyring. So the person is asked outside of every page before the hosts of a domain see the first for the first
 * time, and before the second goes where it was not kept for. A no holds until the next sign-in.
 */
export class SignInQuestions {
  readonly #parts: SignInQuestionsParts;
  /** Of this sign-in, by what was asked about. Replaced as a whole, with its signal, when the sign-in ends. */
  #answers = new Map<string, Promise<boolean>>();
  #end = new AbortController();

  constructor(parts: SignInQuestionsParts) {
    this.#parts = parts;
  }

  /** The person has said yes for exactly these hosts before. */
  isKnown({ patterns }: IntegratedHosts): boolean {
    return this.#parts.settings.current.windowsSession.includes(patterns);
  }

  /** Whether these hosts may be shown the Windows session; a yes is remembered. Never rejects. */
  async windowsSession(hosts: IntegratedHosts): Promise<boolean> {
    if (this.isKnown(hosts)) return true;
    const { patterns, names } = hosts;
    const where = listFormat({ type: "conjunction" }).format(names);
    const words = texts.signIn.windowsSession;
    const yes = await this.#ask(patterns, {
      message: words.message(where, singleSignOnOf(this.#parts.platform)),
      detail: words.detail(where),
      buttons: [words.no, words.yes],
    });
    const { settings } = this.#parts;
    if (yes && !this.isKnown(hosts))
      settings.save({
        windowsSession: [...settings.current.windowsSession.slice(1 - MOST_KNOWN), patterns],
      });
    return yes;
  }

  /** Whether the kept password may be sent to an origin that it was not kept for. Never rejects. */
  keptPassword(origin: string, { address, server }: PasswordAccount): Promise<boolean> {
    const keptFor = server === null ? address.slice(address.lastIndexOf("@") + 1) : new URL(server).host;
    const words = texts.signIn.keptPassword;
    return this.#ask(origin, {
      message: words.message(origin),
      detail: words.detail(keptFor),
      buttons: [words.no, words.yes],
    });
  }

  /** The sign-in ends: a box that is open goes, and a late yes is none. */
  forget(): void {
    this.#end.abort();
    this.#end = new AbortController();
    this.#answers = new Map();
  }

  async #ask(about: string, box: Omit<Parameters<Ask>[0], "type" | "signal">): Promise<boolean> {
    const { signal } = this.#end;
    const answer =
      this.#answers.get(about) ??
      this.#parts.ask({ type: "question", ...box, signal }).then((button) => button === 1);
    this.#answers.set(about, answer);
    return (await answer) && !signal.aborted;
  }
}
