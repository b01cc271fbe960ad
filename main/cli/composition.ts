import type { SecretReader } from "../account/secrets.ts";
import type { SettingsReading } from "../account/settings.ts";
import type { Answering, Calling, StateSource, Talking } from "../core/app-state.ts";
import type { Clock, Fetch, Logger, Random } from "../platform/ports.ts";
import type { SessionAccount } from "../ucwa/session-options.ts";
import type { SessionPort } from "../ucwa/session-port.ts";
import type { Surroundings } from "./doctor/surroundings.ts";
import type { Interruption } from "./interruption.ts";
import type { JobControl } from "./job-control.ts";
import type { TypingInput } from "./keyboard.ts";
import type { RingPlayer } from "./watch/ring-player.ts";

/** The state, and the doors for what a person does about it. */
export interface Bell extends StateSource, Answering {
  readonly talking: Talking;
  readonly calling: Calling;
}

/** The program without a surface: a session and the state it feeds. */
export interface Core {
  /** Answers go through the bell. */
  readonly session: Pick<SessionPort, "state" | "tryNow" | "signOut"> & { start(): void };
  readonly bell: Bell;
  /** Signs in anew, past an origin that discovery stopped at. For this run only: nothing is written down. */
  approve(origin: string): Promise<void>;
  /** The program is about to sign out for good: what still rings ends, and its end says so. */
  leave(): void;
  /** Ends the sockets; called after the sign-out. */
  close(): Promise<void>;
}

/** Native notifications that ring for a core until they are disposed of. */
export interface Notifications {
  dispose(): Promise<void>;
}

/** What the command line is built from; tests hand in their own. */
export interface Parts {
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
  /** BCP 47, for messages from the server. */
  readonly culture: string;
  /** See `machineIdentity`. */
  machine(): string;
  readSettings(): SettingsReading;
  /** Asked for nothing before it is needed. */
  readonly secrets: SecretReader;
  /** Throws `ProxySettingError`; sends nothing yet. `observe` may wrap the door to HTTP to see what passes. */
  openCore(account: SessionAccount, logger: Logger, observe?: (fetch: Fetch) => Fetch): Core;
  /**
   * Null where this platform has none for the command line. `report` is given one sentence when they cannot be shown,
   * null when they can again.
   */
  readonly openNotifications:
    | ((bell: Bell, report: (problem: string | null) => void, logger: Logger) => Notifications)
    | null;
  readonly ringPlayer: RingPlayer;
  /** What the doctor looks at beside the session. */
  readonly surroundings: Surroundings;
}

/** The process as the command line sees it. */
export interface ProgramIo {
  readonly stdin: TypingInput;
  readonly stdout: NodeJS.WritableStream & {
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly rows?: number;
  };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Written to once: the password is taken out of it, so that no child process inherits it. */
  readonly env: Record<string, string | undefined>;
  readonly interruption: Interruption;
  readonly job: JobControl;
  /** What the terminal can show of a text. */
  readonly shown: (text: string) => string;
}

/** What a front (JSON or plain) may do with the running program. */
export interface Control {
  readonly bell: Bell;
  tryNow(): void;
  /** The person approves the origin that discovery stopped at. */
  trust(origin: string): void;
  /** Signs out, then ends with this exit status; the first call decides. */
  leave(status: number): void;
}

/** One form of the terminal program. */
export interface Front {
  /** Called once before the session starts. */
  start(control: Control): void;
  /** A line for standard error. */
  notice(line: string): void;
  /** Settles when the last line is out. Called after the sign-out. */
  close(): Promise<void>;
}

/** Exit statuses; the last three are 128 and the number of the signal. */
export const EXIT = {
  quit: 0,
  fault: 1,
  usage: 2,
  signInRefused: 3,
  noServer: 4,
  unwritable: 5,
  interrupted: 130,
  terminated: 143,
  hungUp: 129,
} as const;
