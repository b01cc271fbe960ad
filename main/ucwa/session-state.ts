import type { SessionState } from "./session-port.ts";

type Name = SessionState["name"];

const NEXT: Readonly<Record<Name, readonly Name[]>> = {
  signedOut: ["discovering"],
  discovering: ["authenticating", "reconnecting", "attention", "signedOut"],
  authenticating: ["creating", "reconnecting", "attention", "signedOut"],
  creating: ["online", "reconnecting", "attention", "signedOut"],
  online: ["reconnecting", "attention", "signedOut"],
  reconnecting: ["online", "reconnecting", "attention", "signedOut"],
  attention: ["discovering", "signedOut"],
};

/** Throws when the diagram of `SessionState` does not lead from one to the other: that is a mistake in the program. */
export function assertTransition(from: SessionState, to: SessionState): void {
  if (!NEXT[from.name].includes(to.name))
    throw new Error(`No way from session state ${from.name} to ${to.name}`);
}
