import { poll, type PollOptions } from "./processes/poll.ts";
import type { Screen } from "./screen.ts";

/** On a busy machine GTK takes its time for the first of a process. */
const LIMIT_MS = 15_000;
/** From the lower edge of a box to the middle of its buttons, in pixels. */
const BUTTON_MIDDLE = 17;

/** Which of its buttons: counted from 0, from left to right, and how many there are. */
export interface BoxButton {
  readonly button: number;
  readonly of: number;
}

/** Presses a button of the message box that a program has opened, once the box is there and stands still. */
export async function clickInMessageBox(
  screen: Pick<Screen, "messageBox" | "click">,
  { button, of }: BoxButton,
  options: PollOptions,
): Promise<void> {
  let before = "";
  const look = async () => {
    const found = await screen.messageBox();
    const now = JSON.stringify(found);
    const still = now === before;
    before = now;
    return still && found !== null ? found : undefined;
  };
  const box = await poll("No message box came up", look, { timeoutMs: LIMIT_MS, ...options });
  await screen.click(box.x + (box.width * (button + 0.5)) / of, box.y + box.height - BUTTON_MIDDLE);
}
