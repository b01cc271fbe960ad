import type { Invitation } from "../invitations/invitation.ts";
import { ALL_SOUNDS, type SoundSwitches } from "../platform/settings/sound-settings.ts";
import type { Importance } from "../ucwa/resources/wire-invitation.ts";
import type { Capability, UnavailableReason } from "./native/notification-service.ts";
import { type Quiet, type QuietCause, quietFor } from "../core/quiet/quiet.ts";

/**
 * How an invitation is shown and why.
 * - `native`: by the system's notification service.
 * - `toast`: by a window of our own, because the system's service cannot do it or is not wanted.
 * - `none`: not at all, besides the panel and the tray, which show everything that rings.
 */
export type Presentation =
  | {
      readonly way: "native";
      readonly reason: "shown" | "waitingForService" | "noActions" | "noRoom" | UnavailableReason;
    }
  | {
      readonly way: "toast";
      readonly reason: "notificationsOff" | "noActions" | "noRoom" | UnavailableReason;
    }
  | {
      readonly way: "none";
      readonly reason: "outgoing" | "ended" | "alreadyAnswering" | "dismissedByUser" | QuietCause;
    };

/** What is heard for as long as an invitation rings. */
export type RingSound = "ring" | "urgentRing";

/** What an invitation does, to the eye and to the ear, with a reason for each. */
export type Decision = Presentation & {
  /** When the quiet that is the reason ends, in epoch milliseconds; null when nobody knows, or there is none. */
  readonly until: number | null;
  readonly sound: RingSound | null;
  /** `soundOff`: the person wants none for this importance. `rings`: it is heard. */
  readonly soundReason:
    | "rings"
    | "soundOff"
    | "outgoing"
    | "ended"
    | "answering"
    | "dismissedByUser"
    | QuietCause;
};

export interface PresentationFacts {
  /** `off` when the person does not want the system's notifications; null as long as the service has not answered. */
  readonly service: Capability | "off" | null;
  /** The person has waved it off, wherever it was shown. */
  readonly dismissedByUser: boolean;
  /** What was decided for it last; null for one that has just come. */
  readonly last: Presentation | null;
  /** The service shows as many others of ours as it has room for. */
  readonly full: boolean;
  /** A toast window can be shown: not in the terminal. Without one, the service is tried again and again. */
  readonly toast: boolean;
  /** Who wants quiet, as in `quietCauses`: from the settings, the clock, the system's focus and the person's presence. */
  readonly quiet: readonly Quiet[];
  /** Which sounds the person wants. */
  readonly sounds: Readonly<Record<RingSound, boolean>>;
}

/** What an invitation does, and why: the only place that decides it. Pure. */
export function presentation(invitation: Invitation, facts: PresentationFacts): Decision {
  const quiet = quietFor(invitation.importance, facts.quiet);
  const until = quiet?.until ?? null;
  const shown = shownBy(invitation, facts, quiet);
  const isQuiet = shown.way === "none" && shown.reason === quiet?.cause;
  return { ...shown, until: isQuiet ? until : null, ...heard(invitation, facts, quiet) };
}

function shownBy(invitation: Invitation, facts: PresentationFacts, quiet: Quiet | null): Presentation {
  const { service, dismissedByUser, last, full, toast } = facts;
  if (invitation.direction === "outgoing") return { way: "none", reason: "outgoing" };
  if (invitation.endedAt !== null) return { way: "none", reason: "ended" };
  if (dismissedByUser) return { way: "none", reason: "dismissedByUser" };
  // While an answer is on its way it is shown where it rang. One that never rang here would only disturb now.
  if (invitation.state === "answering") return last ?? { way: "none", reason: "alreadyAnswering" };
  if (quiet) return { way: "none", reason: quiet.cause };
  if (service === "off") return { way: "toast", reason: "notificationsOff" };
  if (service === null) return { way: "native", reason: "waitingForService" };
  const way = toast ? "toast" : "native";
  if (!service.available) return { way, reason: service.reason };
  // What is seen on the toast stays there when there is room again.
  if (full || (last?.way === "toast" && last.reason === "noRoom")) return { way, reason: "noRoom" };
  const { actions, profile = {} } = service.capabilities;
  if (!actions || profile.hidesActions) return { way, reason: "noActions" };
  return { way: "native", reason: "shown" };
}

function heard(
  { importance, direction, endedAt, state }: Invitation,
  { dismissedByUser, sounds }: PresentationFacts,
  quiet: Quiet | null,
): Pick<Decision, "sound" | "soundReason"> {
  const silent = (soundReason: Decision["soundReason"]) => ({ sound: null, soundReason });
  if (direction === "outgoing") return silent("outgoing");
  if (endedAt !== null) return silent("ended");
  if (dismissedByUser) return silent("dismissedByUser");
  if (state === "answering") return silent("answering");
  if (quiet) return silent(quiet.cause);
  const sound = SOUND_OF[importance];
  return sounds[sound] ? { sound, soundReason: "rings" } : silent("soundOff");
}

/** What rings by how pressing it is. */
export const SOUND_OF: Readonly<Record<Importance, RingSound>> = {
  Normal: "ring",
  Urgent: "urgentRing",
  Emergency: "urgentRing",
};

/** For a surface without settings: everything is shown and heard. */
export const LOUD: Pick<PresentationFacts, "quiet"> & { readonly sounds: SoundSwitches } = {
  quiet: [],
  sounds: ALL_SOUNDS,
};

/** What is heard of all that ring: one sound, the more pressing one. Pure. */
export function loudest(decisions: Iterable<Decision>): RingSound | null {
  let sound: RingSound | null = null;
  for (const decision of decisions) {
    if (decision.sound === "urgentRing") return "urgentRing";
    sound ??= decision.sound;
  }
  return sound;
}
