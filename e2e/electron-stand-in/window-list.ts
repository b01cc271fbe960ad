/** What quitting needs of a window. */
export interface ListedWindow {
  close(): void;
  destroy(): void;
}

/** The open windows, in the order of their making, and what happens when the last one has closed. */
export class WindowList {
  readonly #windows = new Set<ListedWindow>();
  /** Set by the program's life cycle. */
  onAllClosed: () => void = () => {};
  onCloseCancelled: () => void = () => {};

  add(window: ListedWindow): void {
    this.#windows.add(window);
  }

  remove(window: ListedWindow): void {
    if (this.#windows.delete(window) && this.#windows.size === 0) this.onAllClosed();
  }

  get all(): readonly ListedWindow[] {
    return [...this.#windows];
  }
}

export const windowList = new WindowList();
