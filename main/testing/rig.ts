import { Doorbell, type DoorbellDeps } from "../core/doorbell.ts";
import type { AppState } from "../core/app-state.ts";
import type { Logger } from "../platform/ports.ts";
import type { CommandOutcome, FailedLookup, InvitationLookup, RefusalStatus } from "../ucwa/session-port.ts";
import { ScriptedSession } from "./scripted-session.ts";
import { VirtualClock } from "./virtual-clock.ts";
import type { Invitation } from "../invitations/invitation.ts";

export const SILENT_LOGGER: Logger = { error() {}, warn() {}, info() {}, debug() {} };

export interface Rig {
  readonly clock: VirtualClock;
  readonly session: ScriptedSession;
  readonly doorbell: Doorbell;
  readonly logged: string[];
  /** Every state that was told, in order. */
  readonly told: AppState[];
  /** The only invitation there is. */
  readonly only: () => Invitation;
  /** The states that the only invitation went through, as surfaces saw them. */
  readonly shownStates: () => string[];
}

/** A whole Doorbell on a virtual clock, with a session that a test scripts. */
export function rig(more: Pick<DoorbellDeps, "drawsPhotos" | "followsPresence"> = {}): Rig {
  const clock = new VirtualClock();
  const logged: string[] = [];
  let uuids = 0;
  const log = (event: string, fields?: object) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const doorbell = new Doorbell({
    clock,
    random: { uuid: () => `operation-${++uuids}`, fraction: () => 0.5 },
    logger: { error: log, warn: log, info: log, debug: log },
    ...more,
  });
  const session = new ScriptedSession(clock, doorbell);
  const told: AppState[] = [];
  doorbell.subscribe((state) => void told.push(state));
  doorbell.attach(session);
  return {
    clock,
    session,
    doorbell,
    logged,
    told,
    only() {
      const { invitations } = doorbell.state;
      const [first] = invitations;
      if (!first || invitations.length > 1)
        throw new Error(`expected one invitation, not ${invitations.length}`);
      return first;
    },
    shownStates() {
      const states = told.map((state) => state.invitations[0]?.state).filter((state) => state !== undefined);
      return states.filter((state, index) => state !== states[index - 1]);
    },
  };
}

export function found(invitation: Extract<InvitationLookup, { outcome: "found" }>["invitation"]) {
  return (): Promise<InvitationLookup> => Promise.resolve({ outcome: "found", invitation });
}

export function gone(): Promise<Extract<FailedLookup, { outcome: "gone" }>> {
  return Promise.resolve({ outcome: "gone", reason: null });
}

export function unreachable(): Promise<Extract<FailedLookup, { outcome: "unreachable" }>> {
  return Promise.resolve({ outcome: "unreachable", detail: "no answer" });
}

export function taken(): Promise<CommandOutcome> {
  return Promise.resolve({ outcome: "taken" });
}

export function conflict(): Promise<CommandOutcome> {
  return Promise.resolve({ outcome: "conflict", reason: null });
}

export function refused(status: RefusalStatus) {
  return (): Promise<Extract<FailedLookup, { outcome: "refused" }>> =>
    Promise.resolve({ outcome: "refused", status, reason: null });
}

/** Look-ups that the test answers one by one. */
export function byHand() {
  const pending: Array<(result: InvitationLookup) => void> = [];
  return {
    onLookUp: () => new Promise<InvitationLookup>((resolve) => void pending.push(resolve)),
    /** Once the question has been sent. */
    answer: (result: InvitationLookup) => {
      const resolve = pending.shift();
      if (!resolve) throw new Error("Nothing was asked.");
      resolve(result);
    },
  };
}
