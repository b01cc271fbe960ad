import {
  accessibilityBusAddress,
  drawnBy,
  flat,
  type DrawnElement,
} from "../desktop-session/accessibility.ts";
import { openBus } from "../desktop-session/control-bus.ts";
import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { until } from "./until.ts";

/** The name of the program and of its panel, as assistive technology is told. */
const PROGRAM = "doorbell";
const PANEL = "Doorbell";
const BUTTON = "push button";
/** What appears or moves takes no click for half a second. */
const STANDS_MS = 800;
const LIMIT_MS = 10_000;

/** Without these Chromium tells assistive technology nothing while nobody uses any. */
export const SPEAKING = {
  args: ["--force-renderer-accessibility"],
  env: { ACCESSIBILITY_ENABLED: "1" },
} as const;

/** The panel of a program that was started with `SPEAKING`, seen and pressed as a person does. */
export class DrawnPanel {
  readonly #desktop: DesktopSession;

  constructor(desktop: DesktopSession) {
    this.#desktop = desktop;
  }

  /** Everything that is drawn in it now; empty while it is hidden. */
  async elements(): Promise<readonly DrawnElement[]> {
    const session = await openBus(this.#desktop.busAddress);
    const bus = await openBus(await accessibilityBusAddress(session));
    try {
      return (await drawnBy(PROGRAM, bus)).filter(({ name }) => name === PANEL).flatMap(flat);
    } finally {
      bus.close();
      session.close();
    }
  }

  /** Gives it the keyboard; waits for its window. */
  async focus(): Promise<void> {
    const window = await until("The panel did not come up", LIMIT_MS, async () => {
      const windows = await this.#desktop.windows();
      return windows.find(({ name }) => name === PANEL) ?? null;
    });
    await this.#desktop.screen.focus(window.id);
  }

  /** Moves the pointer onto a button and presses it, once the button stands still. */
  async press(label: string): Promise<void> {
    let last = "";
    let since = Date.now();
    const button = await until(`The panel has no button "${label}" that stands still`, LIMIT_MS, async () => {
      const found = (await this.elements()).find(({ role, name }) => role === BUTTON && name === label);
      const now = JSON.stringify(found);
      if (found === undefined || now !== last) since = Date.now();
      last = now;
      return found !== undefined && Date.now() - since >= STANDS_MS ? found : null;
    });
    await this.#desktop.screen.click(button.x + button.width / 2, button.y + button.height / 2);
  }
}
