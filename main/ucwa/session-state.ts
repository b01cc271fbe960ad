import type { Transitions } from "../platform/transition-table.ts";
import type { SessionState } from "./session-port.ts";

const SIGN_OUT = { signedOut: ["sign-out"] } as const;
const FAILURE = {
  reconnecting: ["a failure that time can mend"],
  attention: ["a failure that only the person can mend"],
  ...SIGN_OUT,
} as const;

/** How a session goes on. The first sign-in shows its stages; a return stays `reconnecting` until it is online. */
export const SESSION_TRANSITIONS: Transitions<SessionState["name"], string> = {
  signedOut: { discovering: ["start"] },
  discovering: { authenticating: ["a server is found"], ...FAILURE },
  authenticating: { creating: ["a token"], ...FAILURE },
  creating: { online: ["an event request is parked and the user is available"], ...FAILURE },
  online: FAILURE,
  reconnecting: { online: ["an event request is parked and the user is available"], ...FAILURE },
  attention: { discovering: ["start"], ...SIGN_OUT },
};
