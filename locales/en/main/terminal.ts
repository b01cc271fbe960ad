import { plural } from "../../format.ts";

/** What `doorbell watch` writes for a person, and what the terminal program asks and refuses. */
export const terminal = {
  /** Whom it is about, and what there is to say. */
  about: (whom: string, what: string) => `${whom}: ${what}`,
  quoted: (text: string) => `“${text}”`,
  somebody: "somebody",
  callers: {
    anonymous: "Somebody anonymous",
    /** Anonymous all the same. */
    named: (name: string) => `${name} (anonymous)`,
    unknown: "Somebody",
    /** Behind a name and an address, between brackets. */
    outside: "outside your organisation",
  },
  /** How the session is, a sentence each; the last two where nothing more is known. */
  session: {
    signedOut: "Signed out.",
    discovering: "Looking for the server…",
    authenticating: "Signing in…",
    creating: "Registering with the server…",
    online: "Online. Waiting for invitations.",
    reconnecting: "The connection was lost.",
    attention: "The sign-in did not succeed.",
  },
  retrying: "Trying again…",
  /** `duration` as in "1 min 05 s". */
  retryingIn: (duration: string) => `Trying again in ${duration}.`,
  /** What the person can do, behind the sentence that says what is wrong. */
  advice: {
    badCredentials: "Check your address and password, then start again.",
    // A terminal has neither the Windows session nor a window for the page of the organisation.
    signInNotOffered:
      "In a terminal the sign-in is by name and password alone: use the Doorbell app, or ask your administrator to allow it.",
    untrustedServer: "If it belongs to your organisation, start again with --trust and its origin.",
    certificate:
      "Check the clock of this computer, or ask your administrator for the certificate of your organisation.",
    clientCertificate: "Ask your administrator how to sign in without one.",
    proxy:
      "Set them in the variable HTTPS_PROXY, as in http://name:password@proxy:port, and start Doorbell again. Or ask your administrator to let Doorbell through without.",
    notFound: "Check the address and the network, or name the server with --server.",
    tooManyApplications: "Sign out on one of them, then try again.",
    userAgentNotAllowed: "Your administrator can allow it on the server.",
    mobileNotAllowed: "Your administrator can allow it for your account.",
    refused: "Ask your administrator; `doorbell doctor` tells what the server has said.",
    unsupportedServer: "Ask your administrator for the address of a newer server.",
  },
  /** In the place of `untrustedServer` where nobody may trust it. */
  notToBeTrusted: "Ask your administrator which server you should be signed in to.",
  /** How an invitation ended; `where` and `why` are of `invitations`. */
  ends: {
    accepted: "accepted",
    declined: "declined",
    missed: "missed",
    cancelled: "gave up",
    answeredElsewhere: "answered on another device",
    forwarded: "forwarded to someone else",
    failed: "failed",
    withdrawn: "connection lost while ringing",
  },
  declinedWhere: (where: string) => `declined ${where}`,
  failedBecause: (why: string) => `failed: ${why}`,
  ended: (whom: string, end: string, after: string) => `${whom}: ${end} after ${after}.`,
  calling: (whom: string) => `Calling ${whom}.`,
  more: (count: number) => plural(count, { other: "… and # more" }),
  moreConversations: (count: number) => plural(count, { other: "… and # more conversations" }),
  /** The names of keys. Letters are the same in every language. */
  keys: { number: "number", enter: "Enter" },
  /** What a key does, behind its name, as in "a = accept": as short as can be. */
  does: {
    choose: "choose",
    accept: "accept",
    decline: "decline",
    cancel: "cancel the call",
    write: "write",
    sendAgain: "send again",
    leave: "leave",
    call: "call",
    tryNow: "try again now",
    quit: "quit",
    send: "send",
    goOn: "go on",
    back: "back",
  },
  /** Before the keys that answer, while a text is being written. */
  afterEscape: "after Esc:",
  /** Facts of a conversation, behind its name and between commas. */
  facts: {
    notSent: (count: number) => plural(count, { other: "# not sent" }),
    unread: (count: number) => plural(count, { other: "# new" }),
    typing: "typing…",
    connecting: "connecting…",
    inLobby: "waiting to be let in…",
    draft: "your text is kept",
    sending: "sending…",
    none: "in conversation",
  },
  meetingWith: (title: string, names: string) => `${title} with ${names}`,
  /** Who says something, before a colon; with a name where there are several conversations. */
  said: {
    you: "you",
    youTo: (label: string) => `you to ${label}`,
    senderIn: (sender: string, title: string) => `${sender} in ${title}`,
    notSent: "not sent",
    notSentTo: (label: string) => `not sent to ${label}`,
    sendingAgain: "sending again",
    sendingAgainTo: (label: string) => `sending again to ${label}`,
  },
  came: (name: string) => `${name} has come.`,
  went: (name: string) => `${name} has gone.`,
  join: (url: string) => `join with sound and picture at ${url}`,
  /** Answered by one letter each. */
  questions: {
    yes: "y",
    no: "n",
    trust: (origin: string) => `Trust ${origin}?`,
    leave: (title: string) => `Leave the conversation with ${title}?`,
    quit: "Quit, though a text has not been sent?",
  },
  nobodyIsNumber: (number: number) => `Nobody is number ${number}.`,
  several: {
    ringing: "Several are ringing: press the number of one first.",
    called: "Several are being called: press the number of one first.",
    notSent: "Several conversations have texts that were not sent: press the number of one first.",
    goingOn: "Several conversations go on: press the number of one first.",
  },
  /** Around the row that a text is written in. */
  writing: {
    to: (label: string) => `to ${label}`,
    callee: "name or address",
    calling: (label: string) => `Calling ${label}…`,
    notNow: "Nothing can be said there now. Your text is kept.",
    /** `why`: a sentence. */
    notCalled: (why: string) => `${why} Your text is kept.`,
    searching: (query: string) => `Looking for “${query}”…`,
    nobodyFound: (query: string) => `Nobody was found by “${query}”.`,
    moreFound: "… and more: write more of the name.",
  },
  notifications: {
    linuxOnly: "--notify works on Linux only. Invitations ring here only.",
    /** `problem`: a sentence. */
    notShown: (problem: string) => `${problem} Invitations ring here only.`,
    shownAgain: "Notifications are shown again.",
  },
  /** `code` as of a full disk, ENOSPC. */
  unwritable: (code: string) => `The output could not be written (${code}).`,
  wrongProxy: "HTTPS_PROXY or HTTP_PROXY does not hold the address of a proxy.",
  nobodySignsIn: "Whose invitations? Give the sign-in address with --user.",
  /** Where the address of a server was given, for the sentences of `signIn.server`. */
  serverSetting: "The setting server",
  password: {
    prompt: (address: string) => `Password of ${address}: `,
    inForeground: "The password is asked for in the foreground.",
    waiting:
      "Waiting for your keyring to be unlocked on the desktop. To sign in without it: Ctrl-C, then --password-stdin.",
    tooLong: "The first line of standard input is too long for a password.",
    notInFirstLine: "--password-stdin was given, but standard input holds no password in its first line.",
    notTyped: "No password was typed.",
    /** `keyring` is a sentence of those below. */
    none: (address: string, keyring: string) =>
      `There is no password for ${address}. DOORBELL_PASSWORD is not set. ${keyring} Standard input is no terminal to ask on. Use --password-stdin.`,
    keyring: {
      empty: "The keyring holds none.",
      absent: "No keyring is available.",
      locked: "The keyring was not unlocked.",
      library: "The keyring cannot be used because libsecret is missing.",
      refused: "The keyring did not give one.",
      broken: "The keyring did not give one.",
      givenUp: "The keyring did not give one.",
    },
  },
  /** What is wrong with the command line; names of options and commands are the same in every language. */
  usage: {
    noCommand: "Name a command.",
    unknownOption: (name: string) => `There is no option "${name}".`,
    unknownCommand: (name: string) => `There is no command "${name}".`,
    didYouMean: (name: string) => `Did you mean "${name}"?`,
    optionsOnly: (command: string) => `${command} takes options only.`,
    password:
      "A password among the arguments could be read by everybody on this machine; use --password-stdin.",
    noValue: (option: string) => `${option} takes no value.`,
    needsValue: (option: string) => `${option} needs a value.`,
    logLevels: (levels: string) => `--log takes one of ${levels}.`,
    originOnly: "--trust takes an origin: scheme, host and port, without a path.",
    /** `help`: what to type. */
    tryHelp: (help: string) => `Try "${help}".`,
  },
};
