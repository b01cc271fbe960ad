import { app, type Session } from "electron";

import { APP_SCHEME } from "./app-scheme.ts";

/** Pages of this session get nothing but their own files: no permission, no network, no download. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const { protocol } = new URL(details.url);
    decide({ cancel: protocol !== `${APP_SCHEME}:` && protocol !== "devtools:" });
  });
  session.on("will-download", (event) => event.preventDefault());
}

/** Whatever shows a page in this program stays on that page, opens no other and embeds none. */
export function lockDownPages(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => event.preventDefault());
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
}
