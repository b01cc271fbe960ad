import type { Ask } from "../desktop/message-box.ts";

export interface AskedLinksOptions {
  readonly ask: Ask;
  /** Resolves to whether a program took it. */
  readonly open: (url: string) => Promise<boolean>;
}

const OPEN = "Open";
const BUTTONS: readonly string[] = ["Cancel", OPEN];
/** Of an address in the box; what says where it leads stands apart and whole. */
const LONGEST = 200;

/**
 * Opens a link once the person has seen where it leads and said yes. Asked here and not by the window, so that a page that
 * was taken over opens nothing. One box at a time; further links are let go meanwhile.
 */
export class AskedLinks {
  readonly #options: AskedLinksOptions;
  #asking = false;

  constructor(options: AskedLinksOptions) {
    this.#options = options;
  }

  /** `href` as `hrefOf` makes it: its host is in ASCII. Resolves when all is done. */
  async open(href: string): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const { ask, open } = this.#options;
    const button = await ask({ type: "question", ...question(href), buttons: BUTTONS });
    // Some systems say that it was opened only when the program that took it has ended.
    this.#asking = false;
    if (BUTTONS[button] === OPEN && !(await open(href)))
      await ask({
        type: "error",
        message: "The link couldn't be opened.",
        detail: "No program on this computer took it.",
        buttons: ["OK"],
      });
  }
}

/** What a person has to know before the yes. Pure. */
export function question(href: string): { readonly message: string; readonly detail: string } {
  const { protocol, origin, host, pathname } = new URL(href);
  if (protocol === "mailto:") return { message: "Write an email?", detail: `To ${pathname}` };
  const notes = [
    protocol === "http:" ? "It is not encrypted: others may read along." : "",
    /(?:^|\.)xn--/.test(host) ? "Its name has letters that may look like others." : "",
  ].filter((note) => note !== "");
  const shown = href.length <= LONGEST ? href : `${href.slice(0, LONGEST)}…`;
  return {
    message: `Open a page of ${origin}?`,
    detail: [shown, ...notes].join("\n\n"),
  };
}
