import { BrowserWindow, clipboard } from "electron";

import { texts } from "../../../locales/texts.ts";
import type { AppSettingsStore } from "../../account/app-settings.ts";
import type { Conversation, ConversationMessage } from "../../conversations/conversation.ts";
import { Drafts } from "../../conversations/drafts.ts";
import { handOverAddress } from "../../conversations/hand-over.ts";
import { hrefOf, linkedParts } from "../../conversations/links.ts";
import type { AppState, StateSource, Talking } from "../../core/app-state.ts";
import { askInBox } from "../../desktop/message-box.electron.ts";
import { openExternal } from "../../desktop/links/open-external.electron.ts";
import type { ConversationServices } from "../../ipc/conversation-handlers.ts";
import {
  ConversationViews,
  conversationsContent,
  type ConversationsContent,
} from "../../ipc/conversation-views.ts";
import { Publisher } from "../../ipc/publisher.ts";
import { Refusal } from "../../ipc/router.ts";
import type { MessageNoticesOptions } from "../../surfaces/conversation/message-notices.ts";
import { OpenConversations } from "../../surfaces/conversation/open-conversations.ts";
import { ConversationWindow } from "../../surfaces/window/conversation-window.electron.ts";
import type { WindowParts } from "../../surfaces/window/hardened-window.electron.ts";
import type { Photos } from "../../people/photo.ts";
import { AskedLinks } from "../asked-links.ts";
import { pathsOf } from "./window-content.ts";

export interface ConversationsOptions {
  readonly doorbell: StateSource & { readonly talking: Talking; readonly photos: Pick<Photos, "of"> };
  readonly settings: Pick<AppSettingsStore, "current">;
  readonly parts: WindowParts;
}

/** What follows an Accept: the window with the conversations, or another program in its place. */
export class Conversations {
  readonly window: ConversationWindow;
  readonly drafts = new Drafts();
  readonly #options: ConversationsOptions;
  readonly #open = new OpenConversations();
  readonly #links = new AskedLinks({ ask: askInBox, open: openExternal });
  readonly #state: Publisher<ConversationsContent>;
  #views: ConversationViews;

  constructor(options: ConversationsOptions) {
    this.#options = options;
    const { doorbell, parts } = options;
    this.#views = this.#newViews();
    this.window = new ConversationWindow(parts, {
      closed: () => this.#closed(),
      focused: () => this.#changed(),
    });
    this.#state = new Publisher(
      () => conversationsContent(this.#open.shown, this.#open.selected, doorbell.state.session, this.#views),
      (state) => this.window.push(state),
    );
  }

  /** To be told of every change, once what rings is. */
  setState(state: AppState): void {
    const wereThere = this.#open.shown.length > 0;
    const begun = this.#open.setState(state);
    // An accept that came to nothing is told where it rang.
    if (wereThere && this.#open.shown.length === 0) this.window.close();
    this.drafts.keepOnly(new Set(this.#open.shown.map(({ id }) => id)));
    for (const conversation of begun) void this.#begin(conversation, state);
    this.#changed();
  }

  /** Somebody's photo has come, or gone. */
  photosChanged(): void {
    this.#views = this.#newViews();
    this.#changed();
  }

  show(id: string | null = null): void {
    if (id !== null) this.#open.select(id);
    this.#changed();
    this.window.show();
  }

  /** Shows what would be lost by quitting. */
  showDraft(): void {
    this.show(this.drafts.all.find(({ text }) => text.trim() !== "")?.conversation);
  }

  /** How its messages are told while nobody looks. */
  get messages(): Omit<MessageNoticesOptions, "clock" | "heard"> {
    return {
      isInFront: () => this.window.isInFront,
      open: (id) => this.show(id),
      reply: (id, text) => this.#reply(id, text),
      untold: (id) => {
        if (this.window.contentsId === null) this.#open.select(id);
        this.window.call();
      },
    };
  }

  get services(): ConversationServices {
    const { talking } = this.#options.doorbell;
    return {
      talking,
      drafts: this.drafts,
      show: () => this.show(),
      state: () => this.#state.read(),
      select: (id) => {
        this.#open.select(id);
        this.#changed();
      },
      seen: (id) => {
        if (this.window.isInFront && this.#open.selected === id) talking.seen(id);
      },
      close: (id) => {
        this.#open.close(id);
        this.drafts.keepOnly(new Set(this.#open.shown.map((one) => one.id)));
        this.#changed();
      },
      copyMessage: (id, message) => void clipboard.writeText(this.#message(id, message).text),
      openLink: (id, message, link) => {
        const hrefs = linkedParts(this.#message(id, message).text).flatMap(({ href }) => href ?? []);
        this.#follow(hrefs[link] ?? null);
      },
      copyJoinLink: (id) => void clipboard.writeText(this.#find(id).joinUrl ?? ""),
      openJoinLink: (id) => this.#follow(hrefOf(this.#find(id).joinUrl ?? "")),
    };
  }

  /** Whoever has accepted wants to go on, here or in the program of their choice. */
  async #begin(conversation: Conversation, { invitations }: AppState): Promise<void> {
    const { id, kind, invitation, partner } = conversation;
    const incoming = invitations.some((one) => one.id === invitation && one.direction === "incoming");
    const address = handOverAddress(partner.uri);
    const handsOver = this.#options.settings.current.afterAccept === "handOver";
    // No address leads into a meeting, and what was begun here goes on here.
    if (handsOver && incoming && kind === "messaging" && address !== null && (await openExternal(address)))
      return;
    if (incoming) this.show(id);
    else this.#answered(id);
  }

  /** Somebody has answered whom the person called, who may be writing elsewhere by now: no key goes where it was not meant. */
  #answered(id: string): void {
    const { selected } = this.#open;
    const isWriting = selected !== null && this.window.isInFront && this.drafts.of(selected).trim() !== "";
    if (!isWriting) this.#open.select(id);
    this.#changed();
    if (BrowserWindow.getFocusedWindow() === null) this.window.call();
    else this.window.show();
  }

  async #reply(id: string, text: string): Promise<string | null> {
    const { talking } = this.#options.doorbell;
    talking.seen(id);
    const receipt = await talking.say(id, text);
    return receipt.ok ? null : receipt.error.message;
  }

  /** What is over and read goes with the window; what was written in it does not. */
  #closed(): void {
    for (const { id, unread } of this.#open.shown)
      if (unread === 0 && this.drafts.of(id).trim() === "") this.#open.close(id);
  }

  #newViews(): ConversationViews {
    return new ConversationViews(pathsOf(this.#options.doorbell.photos));
  }

  #changed(): void {
    if (this.window.contentsId !== null) this.#state.changed();
  }

  #follow(href: string | null): void {
    if (href === null) throw new Refusal("invalid", texts.program.refused.link);
    void this.#links.open(href);
  }

  #find(id: string): Conversation {
    const found = this.#open.find(id);
    if (found === null) throw new Refusal("unknownConversation", texts.program.refused.conversation);
    return found;
  }

  #message(id: string, message: string): ConversationMessage {
    const found = this.#find(id).messages.find((one) => one.id === message);
    if (found === undefined) throw new Refusal("unknownMessage", texts.program.refused.message);
    return found;
  }
}
