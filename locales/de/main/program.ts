import type { program as english } from "../../en/main/program.ts";

export const program: typeof english = {
  ok: "OK",
  cancel: "Abbrechen",
  close: "Schließen",
  tryAgain: "Noch einmal versuchen",
  quit: "Beenden",
  quitDoorbell: "Doorbell beenden",
  unsent: {
    message: "Beenden, ohne zu senden?",
    detail: "Sie haben eine Nachricht geschrieben, die nicht gesendet wurde. Sie geht verloren.",
    show: "Anzeigen",
  },
  menu: {
    about: (name) => `Über ${name}`,
    hide: (name) => `${name} ausblenden`,
    hideOthers: "Andere ausblenden",
    showAll: "Alle einblenden",
    quit: (name) => `${name} beenden`,
    edit: "Bearbeiten",
    undo: "Widerrufen",
    redo: "Wiederholen",
    cut: "Ausschneiden",
    copy: "Kopieren",
    paste: "Einsetzen",
    selectAll: "Alles auswählen",
    window: "Fenster",
    minimize: "Im Dock ablegen",
    closeWindow: "Fenster schließen",
    quitMessage: "Doorbell beenden?",
    quitDetail: "Solange Doorbell nicht läuft, erreichen Einladungen Sie nicht.",
  },
  links: {
    open: "Öffnen",
    page: (origin) => `Eine Seite von ${origin} öffnen?`,
    notEncrypted: "Die Verbindung ist nicht verschlüsselt: Andere können mitlesen.",
    lookAlike: "Der Name enthält Buchstaben, die anderen ähnlich sehen können.",
    email: "Eine E-Mail schreiben?",
    emailTo: (address) => `An ${address}`,
    notOpened: "Der Link konnte nicht geöffnet werden.",
    notTaken: "Kein Programm auf diesem Computer hat ihn angenommen.",
  },
  closed: {
    message: "Doorbell läuft weiter.",
    noTray:
      "Hier wurde keine Leiste gefunden. Um dieses Fenster wieder zu öffnen, starten Sie Doorbell noch einmal.",
    tray: "Um dieses Fenster wieder zu öffnen, klicken Sie auf die Glocke in der Leiste.",
    menuBar: "Um dieses Fenster wieder zu öffnen, klicken Sie auf die Glocke in der Menüleiste.",
  },
  failing: {
    panel: {
      message: "Das Fenster von Doorbell kann nicht gezeigt werden.",
      detail: "Es ist immer wieder abgestürzt. Doorbell klingelt weiter, mit Mitteilungen und in der Leiste.",
    },
    toast: {
      message: "Doorbells eigenes Fenster für Einladungen kann nicht gezeigt werden.",
      detail:
        "Es ist immer wieder abgestürzt. Öffnen Sie das Hauptfenster, oder beenden Sie Doorbell und starten Sie es neu.",
    },
    conversation: {
      message: "Die Unterhaltungen können nicht gezeigt werden.",
      detail:
        "Ihr Fenster ist immer wieder abgestürzt. Was gesagt wurde und was Sie geschrieben haben, bleibt solange erhalten.",
    },
  },
  start: {
    elsewhere: (host) => `Doorbell läuft anscheinend auf einem anderen Computer, ${host}.`,
    elsewhereDetail: (lock) =>
      `Beide verwenden denselben Ordner für Einstellungen. Beenden Sie Doorbell dort und starten Sie es dann hier neu. Wenn es dort nicht mehr läuft, löschen Sie zuerst diese Datei: ${lock}`,
    full: "Doorbell konnte nicht starten, weil der Datenträger voll ist.",
    fullDetail: "Schaffen Sie Platz und starten Sie Doorbell dann neu.",
    folder: "Doorbell konnte nicht starten, weil es den Ordner für seine Einstellungen nicht verwenden kann.",
    folderWithCode: (code) =>
      `Doorbell konnte nicht starten, weil es den Ordner für seine Einstellungen nicht verwenden kann (${code}).`,
    folderDetail: (directory) =>
      `Prüfen Sie, ob dieser Ordner Ihnen gehört und beschrieben werden kann, und starten Sie Doorbell dann neu: ${directory}`,
    unexpected: "Doorbell konnte nicht starten.",
    unexpectedDetail: (fault) =>
      `Versuchen Sie es noch einmal. Wenn das nicht hilft, melden Sie bitte diesen unerwarteten Fehler: ${fault}`,
  },
  settings: {
    notSaved: "Ihre Einstellungen konnten nicht gespeichert werden.",
    untilQuit: "Das gilt, bis Sie Doorbell beenden: Ihre Einstellungen konnten nicht gespeichert werden.",
    folderNotWritable: (directory) => `Doorbell kann seine Einstellungen nicht in ${directory} speichern.`,
    invalid: (key) => `Die Einstellung ${key} ist nicht gültig und wird nicht verwendet.`,
    invalidIn: (key, file) => `Die Einstellung ${key} in ${file} ist nicht gültig und wird nicht verwendet.`,
    unreadable: (file) => `Die Einstellungen in ${file} sind nicht lesbar und werden nicht verwendet.`,
    putAside: (file) => `Die Einstellungen waren nicht lesbar. Sie wurden aufgehoben als ${file}.`,
    inMemory: "Einstellungen, die Sie jetzt ändern, gehen beim Beenden von Doorbell verloren.",
    linksNotTaken:
      "Das System hat das nicht übernommen. Wählen Sie Doorbell für diese Links in den Einstellungen des Systems.",
    linksLeft:
      "Doorbell öffnet diese Links ab jetzt nicht mehr. Wählen Sie in den Einstellungen des Systems ein anderes Programm dafür.",
  },
  startAtLogin: {
    comment: "Klingelt, wenn Sie jemand zu einer Unterhaltung in Skype for Business einlädt",
    notInstalled: "Dafür muss Doorbell installiert sein.",
    notTaken:
      "Das System hat das nicht übernommen. Suchen Sie Doorbell in seinen Einstellungen, bei den Programmen, die mit der Anmeldung starten.",
    notWritten: (folder) => `Doorbell startet nicht von selbst: Es kann nicht in ${folder} schreiben.`,
    notRemoved: (file) => `Doorbell startet weiter von selbst: Es kann ${file} nicht entfernen.`,
  },
  sounds: {
    choose: "Einen Ton wählen",
    kind: "Töne",
    tooLarge: "Diese Datei hat mehr als 5 MB. Wählen Sie einen kürzeren Ton.",
    unreadable: "Diese Datei ist nicht lesbar.",
    noSound:
      "Das ist kein Ton, den Doorbell abspielen kann. Wählen Sie eine Datei in WAV, MP3, Ogg oder FLAC.",
    gone: "Diese Datei ist weg oder nicht lesbar. Sie hören stattdessen den Ton von Doorbell.",
    unplayable: "Doorbell kann diese Datei nicht abspielen. Sie hören stattdessen seinen eigenen Ton.",
  },
  refused: {
    forbidden: "Dieses Fenster darf das nicht.",
    malformed: "Etwas ist schiefgegangen. Versuchen Sie es bitte noch einmal.",
    failed: "Das hat nicht geklappt. Versuchen Sie es bitte noch einmal.",
    unanswered: "Doorbell hat nicht geantwortet.",
    link: "Dieser Link kann nicht geöffnet werden.",
    conversation: "Diese Unterhaltung gibt es nicht mehr.",
    message: "Diese Nachricht gibt es nicht mehr.",
    address: "Es gibt keine Adresse zu kopieren.",
  },
  unconnected: {
    signedOut: "Sie sind abgemeldet.",
    attention: "Sie sind offline. Öffnen Sie Doorbell, um zu sehen, was es braucht.",
    reconnecting: "Sie sind offline. Doorbell verbindet sich neu …",
  },
  windows: { invitation: "Einladung – Doorbell", conversations: "Unterhaltungen – Doorbell" },
};
