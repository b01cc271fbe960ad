import { app, type Session } from "electron";

import { APP_SCHEME } from "./app-scheme.ts";
import { isSecureUrlWithoutUser } from "../platform/secure-url.ts";

/** Whose pages are of the web and not ours. */
const webSessions = new WeakSet<Session>();

/** Pages of this session get nothing but their own files: no permission, no network, no download. */
export function lockDownSession(session: Session): void {
  denyEverything(session);
  session.webRequest.onBeforeRequest((details, decide) => {
    const { protocol } = new URL(details.url);
    decide({ cancel: protocol !== `${APP_SCHEME}:` && protocol !== "devtools:" });
  });
}

/**
 * Pages of this session are of the web: they may go from one to the next where nobody can read along, and have no
 * permission and no download either. Its requests are not looked at one by one, because those of HTTP are among them;
 * a page over https cannot load scripts or frames over http by Chromium's own rule.
 */
export function lockDownWebSession(session: Session): void {
  denyEverything(session);
  webSessions.add(session);
}

/** Whatever shows a page in this program opens no other and embeds none; a page of our own stays where it is. */
export function lockDownPages(): void {
  app.on("web-contents-created", (_event, contents) => {
    const isWeb = webSessions.has(contents.session);
    const stay = (event: Electron.Event, url: string): void => {
      if (!isWeb || !isSecureUrlWithoutUser(url)) event.preventDefault();
    };
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-navigate", (event) => stay(event, event.url));
    contents.on("will-frame-navigate", (event) => {
      // A frame that its page fills in itself has no address.
      const isEmpty = !event.isMainFrame && /^about:(?:blank|srcdoc)$/.test(event.url);
      if (!isWeb || !isEmpty) stay(event, event.url);
    });
    contents.on("will-redirect", (event) => stay(event, event.url));
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
}

function denyEverything(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
}
