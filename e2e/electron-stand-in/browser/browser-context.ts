import type { Chromium } from "./chromium.ts";
import { chromium } from "./shared-chromium.ts";

/**
 * What Chromium keeps for one session of the program: cookies, storage, downloads. Never on the disk: the default one is
 * in a throw-away profile, the others are as a private window is.
 */
export class BrowserContext {
  readonly #isDefault: boolean;
  readonly #onDownload: (url: string, suggestedName: string) => void;
  readonly #frames = new Set<string>();
  #id: Promise<string | undefined> | null = null;

  constructor(isDefault: boolean, onDownload: (url: string, suggestedName: string) => void) {
    this.#isDefault = isDefault;
    this.#onDownload = onDownload;
  }

  /** Opened with its first use; undefined stands for Chromium's default one. */
  id(): Promise<string | undefined> {
    this.#id ??= chromium().then((browser) => this.#open(browser));
    return this.#id;
  }

  async #open({ cdp: { browser } }: Chromium): Promise<string | undefined> {
    const id = this.#isDefault
      ? undefined
      : (await browser.send("Target.createBrowserContext", { disposeOnDetach: true })).browserContextId;
    const own = id === undefined ? {} : { browserContextId: id };
    // Denied below whatever the program says: the stand-in has no download that goes on.
    await browser.send("Browser.setDownloadBehavior", { behavior: "deny", eventsEnabled: true, ...own });
    browser.on("Browser.downloadWillBegin", ({ url, suggestedFilename, frameId }) => {
      if (this.#frames.has(frameId)) this.#onDownload(url, suggestedFilename);
    });
    return id;
  }

  /** The main frame of a page that belongs here. */
  addFrame(frameId: string): void {
    this.#frames.add(frameId);
  }
}
