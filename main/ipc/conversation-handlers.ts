import type { ConversationsState, RequestChannel } from "../../preload/contract.ts";
import type { Drafts } from "../conversations/drafts.ts";
import type { Talking, TalkReceipt } from "../conversations/talking.ts";
import { Refusal, type RequestHandlers } from "./router.ts";

/** What the program does for the window with the conversations. */
export interface ConversationServices {
  readonly talking: Talking;
  readonly drafts: Drafts;
  /** Brings the window to the front. */
  show(): void;
  state(): ConversationsState;
  select(conversation: string): void;
  /** The page has the newest message in view; whether a person sees it is for the program to find out. */
  seen(conversation: string): void;
  close(conversation: string): void;
  /** These may throw `Refusal`. */
  copyMessage(conversation: string, message: string): void;
  openLink(conversation: string, message: string, link: number): void;
  copyJoinLink(conversation: string): void;
  openJoinLink(conversation: string): void;
}

type OwnChannel = Extract<
  RequestChannel,
  | `conversations.${string}`
  | `conversation.${string}`
  | `message.${string}`
  | `meeting.${string}`
  | `draft.${string}`
  | `drafts.${string}`
>;

/** What is done for each of its channels. */
export function conversationHandlers(services: ConversationServices): Pick<RequestHandlers, OwnChannel> {
  const { talking, drafts } = services;
  return {
    "conversations.show": () => nothing(services.show()),
    "conversations.read": () => services.state(),
    "drafts.read": () => drafts.all,
    "draft.write": ({ conversation, text }) => {
      keepDraft(services, conversation, text);
      return null;
    },
    "conversation.select": ({ conversation }) => nothing(services.select(conversation)),
    "conversation.typing": ({ conversation }) => nothing(talking.typing(conversation)),
    "conversation.seen": ({ conversation }) => nothing(services.seen(conversation)),
    "conversation.leave": async ({ conversation }) => told(await talking.leave(conversation)),
    "conversation.close": ({ conversation }) => nothing(services.close(conversation)),
    "message.say": ({ conversation, text }) => say(services, conversation, text),
    "message.sayAgain": async ({ conversation, message }) =>
      told(await talking.sayAgain(conversation, message)),
    "message.copy": ({ conversation, message }) => nothing(services.copyMessage(conversation, message)),
    "message.openLink": ({ conversation, message, link }) =>
      nothing(services.openLink(conversation, message, link)),
    "meeting.copyLink": ({ conversation }) => nothing(services.copyJoinLink(conversation)),
    "meeting.openLink": ({ conversation }) => nothing(services.openJoinLink(conversation)),
  };
}

/** What is said is no draft any more, from the moment on that it stands in the conversation. */
async function say(services: ConversationServices, conversation: string, text: string): Promise<null> {
  const { talking, drafts } = services;
  drafts.write(conversation, "");
  const receipt = await talking.say(conversation, text);
  // It never stood there; whatever was written meanwhile is newer.
  if (!receipt.ok && NOT_TAKEN.has(receipt.error.code) && drafts.of(conversation) === "")
    keepDraft(services, conversation, text);
  return told(receipt);
}

/** One that no conversation has would stay for good. */
function keepDraft(services: ConversationServices, conversation: string, text: string): void {
  const { conversations } = services.state();
  if (conversations.some(({ id }) => id === conversation)) services.drafts.write(conversation, text);
}

/** With these, what was said does not stand in the conversation; with the others it stands there as failed. */
const NOT_TAKEN: ReadonlySet<string> = new Set(["unknownConversation", "notAllowed", "invalid"]);

function told(receipt: TalkReceipt): null {
  if (!receipt.ok) throw new Refusal(receipt.error.code, receipt.error.message);
  return null;
}

function nothing(_done: void): null {
  return null;
}
