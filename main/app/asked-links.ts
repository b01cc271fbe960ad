import { texts } from "../../locales/texts.ts";
import type { Ask } from "../desktop/message-box.ts";

export interface AskedLinksOptions {
  readonly ask: Ask;
  /** Resolves to whether a program took it. */
  readonly open: (url: string) => Promise<boolean>;
}

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
    const { program } = texts;
    const buttons = [program.cancel, program.links.open];
    const button = await ask({ type: "question", ...question(href), buttons });
    // Some systems say that it was opened only when the program that took it has ended.
    this.#asking = false;
    if (button === 1 && !(await open(href)))
      await ask({
        type: "error",
        message: program.links.notOpened,
        detail: program.links.notTaken,
        buttons: [program.ok],
      });
  }
}

/** What a person has to know before the yes. Pure. */
export function question(href: string): { readonly message: string; readonly detail: string } {
  const { links } = texts.program;
  const { protocol, origin, host, pathname } = new URL(href);
  if (protocol === "mailto:") return { message: links.email, detail: links.emailTo(pathname) };
  const notes = [
    protocol === "http:" ? links.notEncrypted : "",
    /(?:^|\.)xn--/.test(host) ? links.lookAlike : "",
  ].filter((note) => note !== "");
  const shown = href.length <= LONGEST ? href : `${href.slice(0, LONGEST)}…`;
  return {
    message: links.page(origin),
    detail: [shown, ...notes].join("\n\n"),
  };
}
