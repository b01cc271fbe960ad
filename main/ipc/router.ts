import { texts } from "../../locales/texts.ts";
import type {
  Answer,
  RequestChannel,
  RequestErrorCode,
  RequestOf,
  ResponseOf,
  WindowRole,
} from "../../preload/contract.ts";
import type { Logger } from "../platform/ports.ts";
import { errorCode } from "../platform/fault.ts";
import { isChannel, ROLES } from "./channels.ts";
import { REQUEST_SCHEMAS } from "./schemas.ts";

/** What is done for each channel; leaving one out does not compile. */
export type RequestHandlers = {
  readonly [Name in RequestChannel]: (
    request: RequestOf<Name>,
  ) => ResponseOf<Name> | Promise<ResponseOf<Name>>;
};

/** Who asks, as Electron tells it and not as the asker does. */
export interface Sender {
  /** Of the window that the message came from; null when it is none of ours. */
  readonly role: WindowRole | null;
  /** The page itself, not a frame within it. */
  readonly mainFrame: boolean;
  /** Of the frame, at the time of the message. */
  readonly url: string;
}

/** A handler's way to say no; the message is one sentence for the person. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RequestErrorCode;

  constructor(code: RequestErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/**
 * The one door from the windows: who asks is checked before what is said, and what is said before anything is done.
 * Never rejects, whatever comes.
 */
export class Router {
  readonly #handlers: RequestHandlers;
  readonly #logger: Logger;
  readonly #pageOf: (role: WindowRole) => string;

  /** `pageOf` gives the one URL that a window of that role may be at. */
  constructor(handlers: RequestHandlers, pageOf: (role: WindowRole) => string, logger: Logger) {
    this.#handlers = handlers;
    this.#pageOf = pageOf;
    this.#logger = logger;
  }

  async handle(channel: string, sender: Sender, payload: unknown): Promise<Answer<unknown>> {
    if (!isChannel(channel) || !this.#mayUse(channel, sender)) {
      this.#logger.warn("ipc.forbidden", { channel: channel.slice(0, 60), role: sender.role });
      return refused("forbidden", texts.program.refused.forbidden);
    }
    return await this.#serve(channel, payload);
  }

  #mayUse(channel: RequestChannel, { role, mainFrame, url }: Sender): boolean {
    return role !== null && mainFrame && Object.hasOwn(ROLES[channel], role) && url === this.#pageOf(role);
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it ties schema and handler to one channel
  async #serve<Name extends RequestChannel>(channel: Name, payload: unknown): Promise<Answer<unknown>> {
    try {
      const parsed = REQUEST_SCHEMAS[channel].safeParse(payload);
      if (!parsed.success) {
        this.#logger.warn("ipc.malformed", { channel });
        return refused("malformed", texts.program.refused.malformed);
      }
      return { ok: true, value: await this.#handlers[channel](parsed.data) };
    } catch (error) {
      if (error instanceof Refusal) return refused(error.code, error.message);
      // The message of an error may quote the payload, and the payload may hold a password.
      this.#logger.error("ipc.failed", { channel, error: errorCode(error) });
      return refused("failed", texts.program.refused.failed);
    }
  }
}

function refused(code: RequestErrorCode, message: string): Answer<never> {
  return { ok: false, error: { code, message } };
}
