import type { ControlBus } from "./control-bus.ts";
import type { Programs } from "./required-programs.ts";
import type { Screen } from "./screen.ts";
import { KEYRING_PROMPTER } from "./session-folder.ts";
import type { SessionProcess, SessionProcesses } from "./processes/session-processes.ts";

const SERVICE = "org.freedesktop.secrets";
/** Nobody needs to keep it secret: the keyring is thrown away with the home folder. */
const PASSWORD = "throw-away";
const PROMPT_MS = 30_000;
const POLL_MS = 50;

export interface KeyringParts {
  readonly programs: Programs;
  readonly processes: SessionProcesses;
  readonly screen: Screen;
  readonly control: () => ControlBus | null;
}

/** The real keyring of a private desktop: unlocked, locked, not there, and its prompt on the screen. */
export class DesktopKeyring {
  readonly #parts: KeyringParts;
  #daemon: SessionProcess | null = null;

  constructor(parts: KeyringParts) {
    this.#parts = parts;
  }

  /** Starts it unlocked. */
  unlocked(): Promise<void> {
    return this.#start(["--unlock"], PASSWORD);
  }

  /** As after a login without a password: what it holds is locked. One that holds nothing yet has no keyring at all. */
  async locked(): Promise<void> {
    await this.absent();
    await this.#start([], "");
  }

  /** Ends it. It cannot be started on demand. */
  async absent(): Promise<void> {
    await this.#daemon?.kill();
    this.#daemon = null;
    await this.#parts.control()?.waitForOwner(SERVICE, false);
  }

  /** Whether the program that shows prompts has been started; it stays for a while after the last one. */
  async hasPrompted(): Promise<boolean> {
    return (await this.#parts.control()?.hasOwner(KEYRING_PROMPTER)) ?? false;
  }

  /** Waits for the prompt and gives the password. */
  async unlockByPrompt(): Promise<void> {
    await this.waitForPrompt();
    await this.#parts.screen.type(PASSWORD);
    await this.#parts.screen.pressKeys("Return");
  }

  /** Waits for the prompt and cancels it. */
  async dismissPrompt(): Promise<void> {
    await this.waitForPrompt();
    await this.#parts.screen.pressKeys("Escape");
  }

  async waitForPrompt(): Promise<void> {
    const deadline = Date.now() + PROMPT_MS;
    while (!(await this.#parts.screen.windows()).some(({ name }) => /keyring/i.test(name))) {
      if (Date.now() > deadline) throw new Error(`No prompt for the keyring within ${PROMPT_MS} ms.`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async #start(options: readonly string[], input: string): Promise<void> {
    const { programs, processes, control } = this.#parts;
    this.#daemon = await processes.start(
      programs.keyring,
      ["--foreground", ...options, "--components=secrets"],
      { input },
    );
    await control()?.waitForOwner(SERVICE, true);
  }
}
