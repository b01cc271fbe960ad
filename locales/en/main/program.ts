/** Boxes, menus and notices of the program. */
export const program = {
  /** Buttons of several boxes. */
  ok: "OK",
  cancel: "Cancel",
  close: "Close",
  tryAgain: "Try again",
  quit: "Quit",
  quitDoorbell: "Quit Doorbell",
  /** Before a message is lost that was not sent. */
  unsent: {
    message: "Quit without sending?",
    detail: "You have written a message that was not sent. It will be lost.",
    show: "Show it",
  },
  /** The menu on macOS. Without a name of its own, an entry would be in the language of Electron. */
  menu: {
    about: (name: string) => `About ${name}`,
    hide: (name: string) => `Hide ${name}`,
    hideOthers: "Hide Others",
    showAll: "Show All",
    quit: (name: string) => `Quit ${name}`,
    edit: "Edit",
    undo: "Undo",
    redo: "Redo",
    cut: "Cut",
    copy: "Copy",
    paste: "Paste",
    selectAll: "Select All",
    window: "Window",
    minimize: "Minimize",
    closeWindow: "Close Window",
    /** What its Quit asks first. */
    quitMessage: "Quit Doorbell?",
    quitDetail: "While Doorbell isn't running, invitations can't reach you.",
  },
  /** Before a link is opened that somebody has sent. */
  links: {
    open: "Open",
    page: (origin: string) => `Open a page of ${origin}?`,
    notEncrypted: "It is not encrypted: others may read along.",
    lookAlike: "Its name has letters that may look like others.",
    email: "Write an email?",
    emailTo: (address: string) => `To ${address}`,
    notOpened: "The link couldn't be opened.",
    notTaken: "No program on this computer took it.",
  },
  /** When the window was closed for the first time. */
  closed: {
    message: "Doorbell is still running.",
    noTray: "No tray was found here. To open this window again, start Doorbell again.",
    tray: "To open this window again, click the bell in the tray.",
    menuBar: "To open this window again, click the bell in the menu bar.",
  },
  /** A window that cannot be shown. */
  failing: {
    panel: {
      message: "Doorbell's window cannot be shown.",
      detail: "It failed again and again. Doorbell goes on ringing with notifications and in the tray.",
    },
    toast: {
      message: "Doorbell's pop-up cannot be shown.",
      detail: "It failed again and again. Open Doorbell's window, or quit and start Doorbell again.",
    },
    conversation: {
      message: "Doorbell's conversations cannot be shown.",
      detail:
        "Their window failed again and again. What was said, and what you have written, is kept meanwhile.",
    },
  },
  /** Why it could not start, and what to do. */
  start: {
    elsewhere: (host: string) => `Doorbell seems to be running on another computer, ${host}.`,
    elsewhereDetail: (lock: string) =>
      `Both use the same settings folder. Quit it there, then start Doorbell again. If it does not run there any more, delete this file first: ${lock}`,
    full: "Doorbell could not start because the disk is full.",
    fullDetail: "Free some space, then start Doorbell again.",
    folder: "Doorbell could not start because it cannot use its settings folder.",
    /** `code`: as the system calls the error, such as `ELOOP`. */
    folderWithCode: (code: string) =>
      `Doorbell could not start because it cannot use its settings folder (${code}).`,
    folderDetail: (directory: string) =>
      `Check that this folder is yours and can be written to, then start Doorbell again: ${directory}`,
    unexpected: "Doorbell could not start.",
    /** `fault`: kind and place of the error in the program, such as `TypeError at index.js:1:2`. */
    unexpectedDetail: (fault: string) =>
      `Try again. If that does not help: Stopped by an unexpected ${fault}. Please report this.`,
  },
  settings: {
    notSaved: "Your settings couldn't be saved.",
    untilQuit: "It holds until you quit Doorbell: your settings couldn't be saved.",
    folderNotWritable: (directory: string) => `Doorbell cannot save its settings in ${directory}.`,
    /** `key`: its name in the file. */
    invalid: (key: string) => `The setting ${key} is not valid. It is left out.`,
    invalidIn: (key: string, file: string) => `The setting ${key} in ${file} is not valid. It is left out.`,
    unreadable: (file: string) => `The settings in ${file} cannot be read. They are left out.`,
    putAside: (file: string) => `The settings could not be read. They were put aside as ${file}.`,
    inMemory: "Settings that you change now are lost when Doorbell quits.",
    linksNotTaken:
      "Your desktop didn't take that up. Choose Doorbell for these links in your desktop's settings.",
    linksLeft:
      "Doorbell leaves these links alone from now on. Choose another program for them in your desktop's settings.",
  },
  startAtLogin: {
    /** What Doorbell is, among other programs that start with the desktop. */
    comment: "Rings when someone invites you to a Skype for Business conversation",
    notInstalled: "Doorbell has to be installed for that.",
    notTaken:
      "Your system didn't take that up. Look for Doorbell in its settings, among what starts when you sign in.",
    notWritten: (folder: string) => `Doorbell won't start by itself: it can't write to ${folder}.`,
    notRemoved: (file: string) => `Doorbell will go on starting by itself: it can't remove ${file}.`,
  },
  /** Sound files of the person's own. */
  sounds: {
    choose: "Choose a sound",
    /** The kind of files to choose from. */
    kind: "Sounds",
    tooLarge: "That file has more than 5 MB. Choose a shorter sound.",
    unreadable: "That file can't be read.",
    noSound: "That isn't a sound that Doorbell can play. Choose a WAV, MP3, Ogg or FLAC file.",
    /** What is wrong with a file that was chosen before. */
    gone: "This file is gone or can't be read. You hear Doorbell's own sound instead.",
    unplayable: "Doorbell can't play this file. You hear its own sound instead.",
  },
  /** Why a window did not get what it asked for. */
  refused: {
    forbidden: "This window may not do that.",
    malformed: "Something went wrong. Please try again.",
    failed: "That didn't work. Please try again.",
    unanswered: "Doorbell did not answer.",
    link: "That link can't be opened.",
    conversation: "This conversation is gone.",
    message: "This message is gone.",
    address: "There is no address to copy.",
  },
  /** Why nothing can be said in the window with the conversations. */
  unconnected: {
    signedOut: "You're signed out.",
    attention: "You're offline. Open Doorbell to see what it needs.",
    reconnecting: "You're offline. Doorbell is reconnecting…",
  },
  /** Titles of windows. */
  windows: { invitation: "Invitation – Doorbell", conversations: "Conversations – Doorbell" },
};
