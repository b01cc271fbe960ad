import { app } from "electron";

/** Links of our own open the program that is installed; the unpacked one would take them away from it. */
export function registerLinkScheme(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient("doorbell");
}

/** What other programs name people by. */
const PERSON_SCHEMES = ["sip", "im"] as const;

/**
 * Whether links that name a person come here, as the person wants it. Returns whether the system has done so: on Linux
 * Electron can take links and not give them back.
 */
export function takePersonLinks(wanted: boolean): boolean {
  const done = PERSON_SCHEMES.map((scheme) => {
    if (wanted) return app.setAsDefaultProtocolClient(scheme);
    return !app.isDefaultProtocolClient(scheme) || app.removeAsDefaultProtocolClient(scheme);
  });
  return done.every(Boolean);
}
