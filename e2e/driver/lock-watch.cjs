// Electron loads it before the program: it looks at every page that the program opens, whichever test opens it, and
// at that page's session, and says on standard error what of Electron's security checklist is not kept there.
const { app } = require("electron");

/** What a page may be, under the names of Electron. */
const PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: "",
};
const LISTENERS = ["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"];
/** Each of them has to be there, and to deny; nothing is granted by a session without one. */
const DENIALS = {
  setPermissionRequestHandler: (handler, name) => {
    let answer = null;
    handler(null, name, (granted) => (answer = granted), {});
    return answer;
  },
  setPermissionCheckHandler: (handler, name) => handler(null, name, "https://page.example", {}),
  setDevicePermissionHandler: (handler, name) => handler({ deviceType: name, origin: "", device: {} }),
};
/** Where there is none of these, Electron itself denies. */
const GRANTS = [
  "setDisplayMediaRequestHandler",
  "setBluetoothPairingHandler",
  "setUSBProtectedClassesHandler",
];
const CHOICES = ["select-hid-device", "select-serial-port", "select-usb-device"];
const PERMISSIONS = [
  "clipboard-read",
  "clipboard-sanitized-write",
  "display-capture",
  "fileSystem",
  "fullscreen",
  "geolocation",
  "hid",
  "idle-detection",
  "keyboardLock",
  "media",
  "mediaKeySystem",
  "midi",
  "midiSysex",
  "notifications",
  "openExternal",
  "pointerLock",
  "serial",
  "speaker-selection",
  "storage-access",
  "top-level-storage-access",
  "usb",
  "window-management",
];

/** For tests that want to know what was looked at. */
globalThis.__watched = { pages: 0, sessions: [], ofSession };
const watched = globalThis.__watched;
const handlers = new Map();

app.on("session-created", (session) => {
  const own = {};
  handlers.set(session, own);
  watched.sessions.push(session);
  for (const name of [...Object.keys(DENIALS), ...GRANTS]) {
    const set = session[name]?.bind(session);
    if (set === undefined) continue;
    session[name] = (handler) => {
      own[name] = handler;
      return set(handler);
    };
  }
});

app.on("web-contents-created", (_event, contents) => {
  // By then whoever opened it has locked it.
  setImmediate(() => {
    if (contents.isDestroyed()) return;
    const preferences = contents.getLastWebPreferences();
    watched.pages += 1;
    for (const weakness of [...ofPage(contents, preferences), ...ofSession(contents.session)])
      console.error(`WEAKNESS ${weakness}`);
  });
});

function ofPage(contents, preferences) {
  return [
    ...Object.entries(PREFERENCES)
      .filter(([name, value]) => preferences?.[name] !== value)
      .map(([name]) => `${name} is ${JSON.stringify(preferences?.[name])}`),
    ...LISTENERS.filter((name) => contents.listenerCount(name) === 0).map(
      (name) => `nobody decides on ${name}`,
    ),
  ];
}

/** What the session would grant to a page. */
function ofSession(session) {
  const own = handlers.get(session) ?? {};
  return [
    ...Object.entries(DENIALS).flatMap(([name, ask]) =>
      typeof own[name] === "function"
        ? PERMISSIONS.filter((one) => ask(own[name], one) !== false).map((one) => `${name} grants ${one}`)
        : [`${name} was not called`],
    ),
    ...GRANTS.filter((name) => own[name]).map((name) => `${name} was called`),
    ...CHOICES.filter((name) => session.listenerCount(name) > 0).map((name) => `somebody chooses on ${name}`),
  ];
}
