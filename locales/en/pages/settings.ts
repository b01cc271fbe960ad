/** The settings in the panel, without those of quiet, sound and start. */
export const settings = {
  ringing: "Ringing",
  systemNotifications: "Use system notifications",
  systemNotificationsHint: "Off: Doorbell shows its own pop-up.",
  noPopUp: "Always on here: under Wayland, Doorbell can't show its own pop-up above other windows.",
  personLinks: "Open links to people in Doorbell",
  personLinksHint:
    "Links that begin with sip: or im: fill in a new conversation. You always press Call yourself.",
  trayIcon: "Icon in the tray",
  trayIcons: {
    auto: "Automatic",
    light: "White, for a dark panel",
    dark: "Black, for a light panel",
    colour: "In colour",
  },
  /** Linux does not tell the colour of a panel. */
  automaticOnLinux: "Automatic (colour)",
  language: "Language",
  /** Each language in its own words, for whoever is lost in another. */
  languages: { auto: "As in your system", en: "English", de: "Deutsch" },
  languageHint: "From the next start on.",
  afterAccept: "After I accept",
  afterAccepts: { here: "Talk here", handOver: "Hand over to another program (sip:)" },
  afterAcceptHints: {
    here: "The conversation opens in a window of Doorbell.",
    handOver:
      "Your program for sip: addresses opens a conversation of its own with the caller. Doorbell stays in the one that you accepted: what the caller writes there still comes to Doorbell, as a notification. Meetings open here.",
    personLinks: "Links to people open in Doorbell, so there is no other program to hand over to.",
  },
  account: "Account",
  signedInAs: "Signed in as",
  withoutPassword: (singleSignOn: string) =>
    `Without a password: with ${singleSignOn}, or on your organisation's sign-in page.`,
  signingOutForgets: "Signing out also forgets your password.",
  trustedServers: "Servers you trust",
  forget: "Forget",
  forgetServer: (origin: string) => `Forget ${origin}`,
  forgetHint: "Doorbell will ask again at your next sign-in.",
  version: (version: string) => `Doorbell ${version}`,
};
