import { texts } from "../../locales/texts.ts";
import type {
  Answer,
  RequestChannel,
  RequestChannels,
  RequestErrorCode,
  RequestOf,
  ResponseOf,
  WindowRole,
} from "../../preload/contract.ts";
import type { Logger } from "../platform/ports.ts";
import { REQUEST_SCHEMAS } from "./schemas.ts";
import { errorCode } from "../platform/fault.ts";

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

/** Who may use each channel: exactly the roles of the contract. */
const ROLES: {
  readonly [Name in RequestChannel]: Readonly<Record<RequestChannels[Name]["role"], true>>;
} = {
  "panel.read": { panel: true },
  "toast.read": { toast: true },
  "invitation.accept": { panel: true, toast: true },
  "invitation.decline": { panel: true, toast: true },
  "calling.invite": { panel: true },
  "calling.cancel": { panel: true },
  "calling.search": { panel: true },
  "calling.close": { panel: true },
  "calling.composing": { panel: true },
  "session.signIn": { panel: true },
  "session.signOut": { panel: true },
  "session.tryNow": { panel: true },
  "session.trust": { panel: true },
  "session.distrust": { panel: true },
  "session.showSignInPage": { panel: true },
  "settings.change": { panel: true },
  "quiet.set": { panel: true },
  "network.changed": { panel: true, toast: true, conversation: true },
  "history.clear": { panel: true },
  "history.seen": { panel: true },
  "history.copyAddress": { panel: true },
  "toast.dismiss": { toast: true },
  "toast.fit": { toast: true },
  "toast.showPanel": { toast: true },
  "conversations.show": { panel: true },
  "conversations.read": { conversation: true },
  "drafts.read": { conversation: true },
  "draft.write": { conversation: true },
  "conversation.select": { conversation: true },
  "conversation.typing": { conversation: true },
  "conversation.seen": { conversation: true },
  "conversation.leave": { conversation: true },
  "conversation.close": { conversation: true },
  "message.say": { conversation: true },
  "message.sayAgain": { conversation: true },
  "message.copy": { conversation: true },
  "message.openLink": { conversation: true },
  "meeting.copyLink": { conversation: true },
  "meeting.openLink": { conversation: true },
  "life.settingsShown": { panel: true },
  "life.startAtLogin": { panel: true },
  "life.testRing": { panel: true },
  "sound.choose": { panel: true },
  "sound.useOurs": { panel: true },
  "sound.try": { panel: true },
  "sound.unplayable": { toast: true },
};

/** Every channel that main answers. */
export const REQUEST_CHANNELS: readonly RequestChannel[] = Object.keys(ROLES).filter(isChannel);

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

function isChannel(name: string): name is RequestChannel {
  return Object.hasOwn(ROLES, name);
}
