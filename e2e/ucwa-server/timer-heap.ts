import TinyQueue from "tinyqueue";

/** Something that is due at a time. */
export interface Timer {
  readonly at: number;
  readonly run: () => void;
  /** Its place in the order of their making. */
  readonly number: number;
}

/**
 * Timers by the order of their time, then of their making. A heap: with thousands of clients, looking through all of
 * them at every change would cost more than everything else.
 */
export class TimerHeap {
  #queue = new TinyQueue<Timer>([], inOrder);
  readonly #waiting = new Set<Timer>();
  #made = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** How many places are taken, also by timers that have been taken out. */
  get kept(): number {
    return this.#queue.length;
  }

  add(at: number, run: () => void): Timer {
    const timer = { at, run, number: ++this.#made };
    this.#waiting.add(timer);
    this.#queue.push(timer);
    return timer;
  }

  /** Takes a timer out; whether it was there. Its place in the heap is given up when it comes to the top. */
  remove(timer: Timer): boolean {
    const waited = this.#waiting.delete(timer);
    // What lies far in the future and has been taken out would otherwise stay until then.
    if (this.kept > 2 * this.size + 64) this.#queue = new TinyQueue([...this.#waiting], inOrder);
    return waited;
  }

  /** What is due first; it stays. */
  earliest(): Timer | undefined {
    let first = this.#queue.peek();
    for (; first && !this.#waiting.has(first); first = this.#queue.peek()) this.#queue.pop();
    return first;
  }
}

function inOrder(a: Timer, b: Timer): number {
  return a.at - b.at || a.number - b.number;
}
