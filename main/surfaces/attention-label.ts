import { texts } from "../../locales/texts.ts";
import type { AttentionReason } from "../ucwa/session-port.ts";

/** Why the bell waits for the person, in two to five words, for surfaces that have room for no sentence. */
export function attentionLabel(reason: AttentionReason): string {
  return texts.signIn.attention[reason];
}
