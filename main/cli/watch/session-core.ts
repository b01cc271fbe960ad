import type { Doorbell } from "../../core/doorbell.ts";
import type { Session } from "../../ucwa/session.ts";
import type { SessionAccount } from "../../ucwa/session-options.ts";
import type { Core } from "../composition.ts";

/**
 * One bell for the run and one session at a time. `open` builds a session that tells the bell; nothing is sent before
 * it is started. `close` ends the sockets.
 */
export function openSessionCore(
  bell: Doorbell,
  account: SessionAccount,
  open: (account: SessionAccount) => Session,
  close: () => Promise<void>,
): Core {
  let known = account;
  let session = open(known);
  let over = false;
  bell.attach(session);
  return {
    bell,
    get session() {
      return session;
    },
    approve: async (origin) => {
      await session.signOut();
      if (over) return;
      known = { ...known, trusted: [...known.trusted, origin] };
      session = open(known);
      bell.attach(session);
      session.start();
    },
    leave: () => bell.leave("quit"),
    close: async () => {
      over = true;
      await close();
    },
  };
}
