import { expect, type Page } from "@playwright/test";

import type { ConversationBridge } from "../../../preload/contract.ts";
import type { Doorbell, Line } from "./doorbell.ts";

/** One message as it stands before whoever reads the conversation. */
export interface ReadMessage {
  readonly own: boolean;
  readonly text: string;
  readonly state: string;
}

/** Somebody in a conversation, at whichever program. */
export interface Talker {
  say(text: string): Promise<void>;
  /** The whole conversation, in its order. */
  read(): Promise<readonly ReadMessage[]>;
  /** Sends the first message again that has failed, if any has. */
  sayAgain(): Promise<void>;
}

/** One message in so many is typed into the field; the others go through the bridge of the page, which is quicker. */
const TYPED_EVERY = 10;

/** In the window with the conversations, of which there is one. */
export class WindowTalker implements Talker {
  readonly #page: Page;
  #said = 0;
  #conversation: string | null = null;

  constructor(page: Page) {
    this.#page = page;
  }

  async say(text: string): Promise<void> {
    this.#said += 1;
    if (this.#said % TYPED_EVERY === 1) {
      const field = this.#page.getByRole("textbox");
      await field.fill(text);
      await expect(field).toHaveValue(text);
      // While it is being connected nothing can be said.
      await expect(this.#page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
      await field.press("Enter");
      return await expect(field).toHaveValue("");
    }
    this.#conversation ??= await this.#page.evaluate(
      () =>
        new Promise<string | null>((resolve) => {
          const { doorbell } = globalThis as unknown as { doorbell: ConversationBridge };
          const stop = doorbell.subscribe(({ selected }) => {
            stop();
            resolve(selected);
          });
        }),
    );
    const receipt = await this.#page.evaluate(
      ([conversation, words]) =>
        (globalThis as unknown as { doorbell: ConversationBridge }).doorbell.say(conversation, words),
      [this.#conversation ?? "", text] as const,
    );
    expect(receipt).toMatchObject({ ok: true });
  }

  async read(): Promise<readonly ReadMessage[]> {
    return await this.#page.locator(".said-message").evaluateAll((all) =>
      all.map((one) => ({
        own: one.closest(".own") !== null,
        text: one.querySelector(".text")?.textContent ?? "",
        state: one.className.replace(/^said-message /, ""),
      })),
    );
  }

  async sayAgain(): Promise<void> {
    const failed = this.#page.getByRole("button", { name: "Send again" });
    const before = await failed.count();
    if (before === 0) return;
    await failed.first().click();
    await expect.poll(() => failed.count()).toBeLessThan(before);
  }
}

/** At `doorbell watch --json`. */
export class TerminalTalker implements Talker {
  readonly #bell: Doorbell;
  readonly #conversation: unknown;
  #again = 0;

  constructor(bell: Doorbell, conversation: unknown) {
    this.#bell = bell;
    this.#conversation = conversation;
  }

  async say(text: string): Promise<void> {
    this.#bell.send({ say: this.#conversation, text });
  }

  async read(): Promise<readonly ReadMessage[]> {
    return this.#messages().map(({ direction, text, state }) => ({
      own: direction === "outgoing",
      text: String(text),
      state: String(state),
    }));
  }

  async sayAgain(): Promise<void> {
    const failed = this.#messages().find(({ state }) => state === "failed");
    if (!failed) return;
    const { id } = failed;
    const tag = `again ${(this.#again += 1)}`;
    this.#bell.send({ sayAgain: id, conversation: this.#conversation, tag });
    await expect.poll(() => this.#bell.lines.find((line) => line["tag"] === tag)).toMatchObject({ ok: true });
  }

  /** The last line of each message; what is said again is said after everything that was said meanwhile. */
  #messages(): readonly Line[] {
    const said = new Map<unknown, Line>();
    for (const line of this.#bell.lines) {
      if (line.type !== "message" || line["conversation"] !== this.#conversation) continue;
      const { id, state } = line;
      if (said.get(id)?.["state"] === "failed" && state === "sending") said.delete(id);
      said.set(id, line);
    }
    return [...said.values()];
  }
}
