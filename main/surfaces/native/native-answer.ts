import { texts } from "../../../locales/texts.ts";
import type { Answering } from "../../core/app-state.ts";
import { errorCode } from "../../platform/fault.ts";
import type { Logger } from "../../platform/ports.ts";
import { ACCEPT, DECLINE } from "./notification-text.ts";
import type { Ringing } from "./ringing.ts";

export interface NativeAnswerParts {
  readonly answering: Answering;
  readonly logger: Logger;
  /** What `ringing` says has changed. */
  readonly changed: () => void;
}

/** A button of a notification was pressed: gives the answer, once, and says on the notification why it did not arrive. */
export function answerBy(
  key: string,
  id: string,
  ringing: Ringing,
  { answering, logger, changed }: NativeAnswerParts,
): void {
  if (ringing.awaiting || (key !== ACCEPT && key !== DECLINE)) return;
  ringing.awaiting = true;
  ringing.problem = null;
  const refused = (problem: string | null): void => {
    ringing.awaiting = false;
    ringing.problem = problem;
    changed();
  };
  (key === ACCEPT ? answering.accept(id) : answering.decline(id)).then(
    (receipt) => {
      if (receipt.ok) return;
      logger.info("ringer.answerRefused", { id, code: receipt.error.code });
      // Somebody was quicker, at another surface: the state tells the rest.
      const quicker = receipt.error.code === "alreadyAnswering" || receipt.error.code === "alreadyEnded";
      refused(quicker ? null : receipt.error.message);
    },
    (error: unknown) => {
      logger.error("ringer.answerThrew", { id, error: errorCode(error) });
      refused(texts.invitations.answers.unanswered);
    },
  );
}
