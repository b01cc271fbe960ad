/** What a web contents emits. */
export const EMITTED = [
  "did-start-loading",
  "did-stop-loading",
  "did-navigate",
  "did-navigate-in-page",
  "dom-ready",
  "did-finish-load",
  "did-fail-load",
  "page-title-updated",
  "will-navigate",
  "will-frame-navigate",
  "will-redirect",
  "console-message",
  "render-process-gone",
  "preload-error",
  "ipc-message",
  "destroyed",
];
/** What cannot come about: there is no webview, no second window, no developer tools. */
export const NEVER = [
  "will-attach-webview",
  "did-attach-webview",
  "did-create-window",
  "devtools-opened",
  "unresponsive",
  "responsive",
  "context-menu",
  "before-input-event",
  "will-prevent-unload",
  "select-bluetooth-device",
  "login",
  "certificate-error",
];

/** Chromium's numbers of what can go wrong when a page loads. */
export const LOAD_ERRORS: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_CERT_AUTHORITY_INVALID: -202,
  ERR_EMPTY_RESPONSE: -324,
};

/** Electron's name for a level of Chromium's console. */
export function levelOf(level: string): "info" | "warning" | "error" | "debug" {
  if (level === "error" || level === "assert") return "error";
  if (level === "warning") return "warning";
  return level === "debug" || level === "verbose" ? "debug" : "info";
}
