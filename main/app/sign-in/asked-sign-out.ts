import { texts } from "../../../locales/texts.ts";
import type { Ask } from "../../desktop/message-box.ts";

export interface AskedSignOutOptions {
  /** Signing out takes a password out of the keyring. */
  readonly forgetsPassword: () => boolean;
  readonly signOut: () => Promise<void>;
  readonly ask: Ask;
}

/**
 * Signs out, from whichever button; where that forgets a password, the person is asked first. Asked here and not by the
 * window, so that a page that was taken over cannot forget it. One box at a time; resolves when it is answered.
 */
export function askedSignOut({ forgetsPassword, signOut, ask }: AskedSignOutOptions): () => Promise<void> {
  let asking = false;
  return async () => {
    if (!forgetsPassword()) return await signOut();
    if (asking) return;
    asking = true;
    const { message, detail, yes } = texts.signIn.signOut;
    const button = await ask({ type: "question", message, detail, buttons: [texts.program.cancel, yes] });
    asking = false;
    if (button === 1) await signOut();
  };
}
