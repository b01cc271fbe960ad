/** The ring that tries everything out. */
export const testRing = {
  /** Stands where a caller's name stands. */
  name: "Test ring",
  subject: "This is what an invitation looks like",
  ringing: "The test ring is ringing now.",
  alreadyRinging: "Something is ringing already.",
  /** How it was shown, followed by `soundOff` where that is so, and by one of `ends`. */
  shownBy: (service: string) => `Shown as a notification by ${service}.`,
  shownBySystem: "Shown as a notification by your system.",
  sent: {
    waitingForService: "Sent as a notification, but nothing that shows notifications has answered yet.",
    noActions: "Sent as a notification, but notifications have no buttons here.",
    noRoom: "Sent as a notification, but there was no room for another notification.",
    noBus: "Sent as a notification, but notifications aren't available here.",
    noService: "Sent as a notification, but nothing shows notifications here.",
    slow: "Sent as a notification, but what shows notifications doesn't answer.",
    failed: "Sent as a notification, but showing a notification failed.",
  },
  inPopUp: {
    notificationsOff: "Shown in Doorbell's own pop-up, because system notifications are off.",
    noActions: "Shown in Doorbell's own pop-up, because notifications have no buttons here.",
    noRoom: "Shown in Doorbell's own pop-up, because there was no room for another notification.",
    noBus: "Shown in Doorbell's own pop-up, because notifications aren't available here.",
    noService: "Shown in Doorbell's own pop-up, because nothing shows notifications here.",
    slow: "Shown in Doorbell's own pop-up, because what shows notifications doesn't answer.",
    failed: "Shown in Doorbell's own pop-up, because showing a notification failed.",
  },
  /** Why nobody heard it, as a sentence. */
  silent: (why: string) => `${why}.`,
  soundOff: "Its sound is off.",
  ends: {
    accepted: "You accepted it.",
    declined: "You declined it.",
    dismissed: "You closed it without an answer.",
    unanswered: "Nobody answered, so it ended after 15 seconds.",
    interrupted: "It ended because a real invitation came.",
  },
};
