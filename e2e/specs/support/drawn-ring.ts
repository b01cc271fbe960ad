import { join } from "node:path";
import type { DesktopSession } from "../../desktop-session/desktop-session.ts";
import { poll } from "../../desktop-session/processes/poll.ts";
import type { Area } from "../../desktop-session/screen.ts";

/** For a service to draw, and to have ended what moves while it does. */
const LIMIT_MS = 20_000;
const LOOK_MS = 150;

/**
 * What is drawn on a desktop besides what was there before: what any notification service draws, whether or not it tells
 * assistive technology.
 */
export class DrawnRing {
  readonly #desktop: DesktopSession;
  readonly #bare: string;
  readonly #within: Area;

  private constructor(desktop: DesktopSession, within: Area) {
    this.#desktop = desktop;
    this.#within = within;
    this.#bare = join(desktop.home, "bare.png");
  }

  /** Of the desktop as it is when nothing moves any more within this part of the screen. */
  static async before(desktop: DesktopSession, within: Area): Promise<DrawnRing> {
    const ring = new DrawnRing(desktop, within);
    const still = async () => {
      await desktop.screenshot(ring.#bare);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      return (await ring.area()) === null ? true : undefined;
    };
    await poll("The desktop did not stand still", still, { timeoutMs: LIMIT_MS });
    return ring;
  }

  /** Where it is now; null when nothing is drawn. */
  area(): Promise<Area | null> {
    return this.#desktop.screen.changedSince(this.#bare, this.#within);
  }

  /** Waits until something is drawn and stands still, in another area than `last`. */
  async seen(last: Area | null = null): Promise<Area> {
    const looks: string[] = ["", JSON.stringify(last)];
    const still = async () => {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const area = await this.area();
      const now = JSON.stringify(area);
      const same = now === looks.at(-1) && now !== looks[1];
      looks.push(now);
      return area !== null && same ? area : undefined;
    };
    const options = { timeoutMs: LIMIT_MS, seen: async () => looks.slice(-5) };
    return await poll("Nothing was drawn that stood still", still, options);
  }

  /** Waits until the desktop looks as it did before. */
  async gone(): Promise<void> {
    const left = async () => ((await this.area()) === null ? true : undefined);
    const seen = async () => [JSON.stringify(await this.area())];
    await poll("Something was left", left, { timeoutMs: LIMIT_MS, seen });
  }

  /** Waits for a button that assistive technology is told of, and presses it where it is. */
  async press(label: string): Promise<void> {
    const find = async () =>
      (await this.#desktop.drawn()).find(
        ({ role, name, width }) => role === "push button" && name === label && width > 1,
      );
    const { x, y, width, height } = await poll(`There was no ${label}`, find, { timeoutMs: LIMIT_MS });
    await this.#desktop.screen.click(x + width / 2, y + height / 2);
  }
}
