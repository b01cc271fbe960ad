/** Something that is due at a time. */
export interface Timer {
  readonly at: number;
  readonly run: () => void;
}

interface Entry {
  readonly timer: Timer;
  readonly number: number;
  removed: boolean;
}

/**
 * Timers by the order of their time, then of their making. A binary heap: with thousands of clients, looking through
 * all of them at every change would cost more than everything else.
 */
export class TimerHeap {
  #entries: Entry[] = [];
  readonly #byTimer = new Map<Timer, Entry>();
  #made = 0;

  get size(): number {
    return this.#byTimer.size;
  }

  /** How many places are taken, also by timers that have been taken out. */
  get kept(): number {
    return this.#entries.length;
  }

  add(timer: Timer): void {
    const entry: Entry = { timer, number: ++this.#made, removed: false };
    this.#byTimer.set(timer, entry);
    let index = this.#entries.push(entry) - 1;
    for (;;) {
      const parent = (index - 1) >> 1;
      if (index === 0 || !this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** Takes a timer out; whether it was there. Its place in the heap is given up when it comes to the top. */
  remove(timer: Timer): boolean {
    const entry = this.#byTimer.get(timer);
    if (!entry) return false;
    entry.removed = true;
    this.#byTimer.delete(timer);
    // What lies far in the future and has been taken out would otherwise stay until then. A sorted array is a heap.
    if (this.#entries.length > 2 * this.size + 64)
      this.#entries = this.#entries
        .filter(({ removed }) => !removed)
        .toSorted((a, b) => a.timer.at - b.timer.at || a.number - b.number);
    return true;
  }

  /** What is due first; it stays. */
  earliest(): Timer | undefined {
    while (this.#entries[0]?.removed) this.#dropTop();
    return this.#entries[0]?.timer;
  }

  #dropTop(): void {
    const last = this.#entries.pop();
    if (!last || this.#entries.length === 0) return;
    this.#entries[0] = last;
    for (let index = 0; ;) {
      let first = index;
      for (const child of [2 * index + 1, 2 * index + 2])
        if (child < this.#entries.length && this.#isBefore(child, first)) first = child;
      if (first === index) return;
      this.#swap(index, first);
      index = first;
    }
  }

  #isBefore(index: number, other: number): boolean {
    const a = this.#entries[index];
    const b = this.#entries[other];
    if (!a || !b) return false;
    return a.timer.at < b.timer.at || (a.timer.at === b.timer.at && a.number < b.number);
  }

  #swap(index: number, other: number): void {
    const a = this.#entries[index];
    const b = this.#entries[other];
    if (!a || !b) return;
    this.#entries[index] = b;
    this.#entries[other] = a;
  }
}
