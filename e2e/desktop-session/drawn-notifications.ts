import type { SessionBus } from "../../main/platform/bus/session-bus.ts";
import { drawnBy, flat, type DrawnElement } from "./accessibility.ts";
import { poll } from "./processes/poll.ts";
import type { Screen } from "./screen.ts";

/** A notification as it stands on the screen. */
export interface DrawnNotification {
  readonly summary: string;
  readonly body: string;
  readonly buttons: readonly DrawnElement[];
  readonly frame: DrawnElement;
}

export interface WaitOptions {
  /** Only notifications whose summary or body contains this. */
  readonly text?: string;
  readonly timeoutMs?: number;
}

const PROGRAM = "xfce4-notifyd";

/** What Xfce's notification service draws, read and pressed as a person does. */
export class DrawnNotifications {
  readonly #screen: Screen;
  readonly #accessibilityBus: () => Promise<SessionBus>;

  constructor(screen: Screen, accessibilityBus: () => Promise<SessionBus>) {
    this.#screen = screen;
    this.#accessibilityBus = accessibilityBus;
  }

  /** Those of this moment, from top to bottom. */
  async now(): Promise<readonly DrawnNotification[]> {
    const frames = await drawnBy(PROGRAM, await this.#accessibilityBus());
    return frames
      .filter((frame) => frame.role === "frame" && frame.width > 1)
      .toSorted((a, b) => a.y - b.y)
      .map((frame) => {
        const elements = flat(frame);
        const labels = elements.filter(({ role }) => role === "label").map(({ name }) => name);
        const buttons = elements.filter(({ role }) => role === "push button");
        return { summary: labels[0] ?? "", body: labels.slice(1).join("\n"), buttons, frame };
      });
  }

  /** Waits until one is on the screen and returns it. */
  wait(options: WaitOptions): Promise<DrawnNotification> {
    const { text = "" } = options;
    return this.#poll(`No notification with "${text}" came up`, options, async () =>
      (await this.now()).find((notification) => holds(notification, text)),
    );
  }

  /** Waits until none is on the screen. */
  async waitForNone(options: WaitOptions): Promise<void> {
    const { text = "" } = options;
    await this.#poll(`A notification with "${text}" stayed`, options, async () =>
      (await this.now()).some((notification) => holds(notification, text)) ? undefined : true,
    );
  }

  /** Moves the pointer onto the drawn button and presses it. Waits for the button to be there. */
  async clickButton(label: string, options: WaitOptions): Promise<void> {
    const { text = "" } = options;
    let before = "";
    const button = await this.#poll(`No button "${label}" came up`, options, async () => {
      const found = (await this.now())
        .filter((notification) => holds(notification, text))
        .flatMap(({ buttons }) => buttons)
        .find(({ name }) => name === label);
      // A notification above it may go and let it move: only a button that stands still is pressed.
      const now = JSON.stringify(found);
      const still = now === before;
      before = now;
      return still ? found : undefined;
    });
    await this.#screen.click(button.x + button.width / 2, button.y + button.height / 2);
  }

  #poll<T>(complaint: string, options: WaitOptions, look: () => Promise<T | undefined>): Promise<T> {
    return poll(complaint, look, {
      ...options,
      seen: async () => (await this.now()).map(({ summary, body }) => `${summary} / ${body}`),
    });
  }
}

function holds({ summary, body }: DrawnNotification, text: string): boolean {
  return summary.includes(text) || body.includes(text);
}
