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

/** What macOS opens the program with; the first link may come before there is anybody to follow it. */
export class OpenedLinks {
  #follow: ((url: string) => void) | null = null;
  #waiting: string | null = null;

  constructor() {
    app.on("open-url", (event, url) => {
      event.preventDefault();
      if (this.#follow) this.#follow(url);
      else this.#waiting = url;
    });
  }

  /** The last one that came before is followed at once. */
  follow(listener: (url: string) => void): void {
    this.#follow = listener;
    if (this.#waiting !== null) listener(this.#waiting);
    this.#waiting = null;
  }
}
