import type { Page } from "@playwright/test";

/** Collects what went wrong in pages, and which of them are lost. */
export class PageErrors {
  readonly #watched = new WeakSet<Page>();
  readonly #crashed = new WeakSet<Page>();
  readonly list: string[] = [];

  watch(page: Page): void {
    if (this.#watched.has(page)) return;
    this.#watched.add(page);
    page.on("console", (message) => {
      if (message.type() === "error") this.list.push(`${message.text()} ${message.location().url}`.trim());
    });
    page.on("crash", () => this.#crashed.add(page));
    page.on("pageerror", (error) => this.list.push(String(error)));
  }

  /** Whether the page can still be driven: not closed, and its renderer never crashed. */
  isUsable(page: Page): boolean {
    return !page.isClosed() && !this.#crashed.has(page);
  }
}
