import { app } from "electron";

/** Links of our own open the program that is installed; the unpacked one would take them away from it. */
export function registerLinkScheme(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient("doorbell");
}

/** What other programs name people by. */
const PERSON_SCHEMES = ["sip", "im"] as const;

/**
 * Whether links that name a person come here, as the person wants it. On Linux a link can be taken and not given back:
 * there the person chooses another program in the settings of the desktop.
 */
export function takePersonLinks(wanted: boolean): void {
  for (const scheme of PERSON_SCHEMES) {
    if (wanted) app.setAsDefaultProtocolClient(scheme);
    else if (app.isDefaultProtocolClient(scheme)) app.removeAsDefaultProtocolClient(scheme);
  }
}
