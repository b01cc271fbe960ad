import { texts, type Texts } from "../../../locales/texts.ts";

const WORDS: ReadonlyMap<string, keyof Texts["invitations"]["presented"]> = new Map([
  ["native: shown", "notification"],
  ["native: waitingForService", "notification"],
  ["native: noRoom", "notificationNoRoom"],
  ["native: noActions", "notificationNoButtons"],
  ["toast: notificationsOff", "popUp"],
  ["toast: noActions", "popUpNoButtons"],
  ["toast: noRoom", "popUpNoRoom"],
  ...["noBus", "noService", "slow", "failed"].flatMap(
    (reason) =>
      [
        [`native: ${reason}`, "notificationFailed"],
        [`toast: ${reason}`, "popUpNotificationFailed"],
      ] as const,
  ),
  ["silent: alreadyAnswering", "answeredBefore"],
  ["silent: dismissedByUser", "dismissed"],
  ["silent: ended", "over"],
  ["silent: doNotDisturb", "quiet"],
  ["silent: systemFocus", "quiet"],
  ["silent: quietHours", "quiet"],
  ["silent: presence", "quiet"],
]);

/**
 * How an invitation was put in front of the person, in words, from the reason code that the history keeps, such as
 * `toast: noBus`; empty for what the person began, and for what is not known. Pure.
 */
export function presentedLabel(how: string): string {
  const words = WORDS.get(how);
  return words === undefined ? "" : texts.invitations.presented[words];
}
