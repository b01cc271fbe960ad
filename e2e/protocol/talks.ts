import type { Conversation } from "../../main/conversations/conversation.ts";
import type { Doorbell } from "../../main/core/doorbell.ts";
import type { Control } from "../ucwa-server/index.ts";
import type { ServerMessage, Talked } from "./kept-conversation.ts";

/** What people say in a scenario, what surfaces were told of it, and what the server knows. */
export class Talks {
  readonly told = new Map<string, Conversation[]>();
  readonly talked: Talked[] = [];
  readonly #bell: Doorbell;
  readonly #control: () => Control;
  #numbered = 0;

  constructor(bell: Doorbell, control: () => Control) {
    this.#bell = bell;
    this.#control = control;
  }

  hear(now: readonly Conversation[], before: readonly Conversation[]): void {
    for (const conversation of now)
      if (!before.includes(conversation))
        this.told.set(conversation.id, [...(this.told.get(conversation.id) ?? []), conversation]);
  }

  /** A call begins that may come to it. */
  begin(subject: string, opening: string, disturbed: boolean): void {
    this.talked.push({ subject, opening, messages: [], disturbed, lost: false });
  }

  disturb(): void {
    for (const talk of this.talked) talk.disturbed = true;
  }

  lose(): void {
    for (const talk of this.talked) talk.lost = true;
  }

  /** What the server knows now. */
  look(
    subject: string,
    said: readonly { by: ServerMessage["by"]; text: string; status: "underWay" | "delivered" | "lost" }[],
  ): void {
    const talk = this.talked.find((one) => one.subject === subject);
    if (talk)
      talk.messages = said.map(({ by, text, status }) => ({ by, text, lost: status !== "delivered" }));
  }

  /** The person says something in the newest conversation. */
  say(count: number): void {
    for (let left = count; left > 0; left--) {
      const conversation = this.#bell.state.conversations.findLast(({ canSay }) => canSay);
      if (conversation) void this.#bell.talking.say(conversation.id, `own ${++this.#numbered}`);
    }
  }

  callerSays(count: number): void {
    const control = this.#control();
    const call = connected(control);
    if (call?.connectedCopy?.conversation.messagingConnected !== true) return;
    for (let left = count; left > 0; left--) control.say(call.id, `theirs ${++this.#numbered}`);
  }

  hangUp(): void {
    const control = this.#control();
    const call = connected(control);
    if (call) control.cancel(call.id);
  }

  /** While it connects, whoever ends it first is not to be told. */
  leave(): void {
    const conversation = this.#bell.state.conversations.findLast(({ state }) => state === "connected");
    if (conversation) void this.#bell.talking.leave(conversation.id);
  }

  /** All that has failed. */
  sayAgain(): void {
    for (const { id, messages } of this.#bell.state.conversations)
      for (const message of messages)
        if (message.state === "failed") void this.#bell.talking.sayAgain(id, message.id);
  }
}

function connected(control: Control): Control["calls"]["list"][number] | undefined {
  return control.calls.list.findLast((call) => call.connectedCopy !== undefined);
}
