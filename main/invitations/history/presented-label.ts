const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "native: shown": "As a system notification",
    "native: waitingForService": "As a system notification",
    "native: noRoom": "Not shown: there was no room for one more system notification",
    "native: noActions": "As a system notification without buttons",
    "toast: notificationsOff": "In Doorbell's pop-up",
    "toast: noActions": "In a pop-up, because system notifications have no buttons here",
    "toast: noRoom": "In a pop-up, because there was no room for one more system notification",
    ...Object.fromEntries(
      ["noBus", "noService", "slow", "failed"].flatMap((reason) => [
        [`native: ${reason}`, "Not shown: system notifications didn't work"],
        [`toast: ${reason}`, "In a pop-up, because system notifications didn't work"],
      ]),
    ),
    "silent: alreadyAnswering": "Not shown: it was being answered already",
    "silent: dismissedByUser": "Not shown",
    "silent: ended": "Not shown: it was over at once",
    "silent: doNotDisturb": "In Doorbell's window only",
    "silent: systemFocus": "In Doorbell's window only",
    "silent: quietHours": "In Doorbell's window only",
    "silent: presence": "In Doorbell's window only",
  }),
);

/**
 * How an invitation was put in front of the person, in words, from the reason code that the history keeps, such as
 * `toast: noBus`; empty for what the person began, and for what is not known. Pure.
 */
export function presentedLabel(how: string): string {
  return WORDS.get(how) ?? "";
}
