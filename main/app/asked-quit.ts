import { texts } from "../../locales/texts.ts";
import type { Ask } from "../desktop/message-box.ts";

export interface AskedQuitOptions {
  /** The person has written something that was not sent. */
  readonly hasDraft: () => boolean;
  readonly quit: () => void;
  /** Brings what was written in front of the person. */
  readonly show: () => void;
  readonly ask: Ask;
}

/**
 * Quits because the person wants it; where something would be lost that was written and not sent, they are asked first.
 * A signal, and the end of the desktop session, do not come by here: nobody is there to answer. One box at a time.
 */
export function askedQuit({ hasDraft, quit, show, ask }: AskedQuitOptions): () => void {
  let asking = false;
  const askFirst = async (): Promise<void> => {
    asking = true;
    const { unsent, cancel, quit: yes } = texts.program;
    const { message, detail } = unsent;
    const button = await ask({ type: "question", message, detail, buttons: [cancel, unsent.show, yes] });
    asking = false;
    if (button === 2) quit();
    if (button === 1) show();
  };
  return () => {
    if (!hasDraft()) quit();
    else if (!asking) void askFirst();
  };
}
