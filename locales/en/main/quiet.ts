/**
 * Why it is quiet, and until when, by who wants it: `label` where it stands alone, `silent` where it tells why nobody heard
 * an invitation. `moment` is a time, with its day before it where that is another than today.
 */
export const quiet = {
  doNotDisturb: {
    label: "Do not disturb",
    until: (moment: string) => `Do not disturb until ${moment}`,
    silent: "Silent: do not disturb",
    silentUntil: (moment: string) => `Silent: do not disturb until ${moment}`,
  },
  systemFocus: {
    label: "Do not disturb is on in your system",
    until: (moment: string) => `Do not disturb is on in your system until ${moment}`,
    silent: "Silent: do not disturb is on in your system",
    silentUntil: (moment: string) => `Silent: do not disturb is on in your system until ${moment}`,
  },
  quietHours: {
    label: "Quiet hours",
    until: (moment: string) => `Quiet hours until ${moment}`,
    silent: "Silent: quiet hours",
    silentUntil: (moment: string) => `Silent: quiet hours until ${moment}`,
  },
  presence: {
    label: "Your presence is Do not disturb",
    until: (moment: string) => `Your presence is Do not disturb until ${moment}`,
    silent: "Silent: your presence is Do not disturb",
    silentUntil: (moment: string) => `Silent: your presence is Do not disturb until ${moment}`,
  },
};
