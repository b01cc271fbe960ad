import { getEventListeners } from "node:events";

/** Which signals were listened to since `watch`, and how many still are. */
export class AbortListeners {
  readonly #signals = new Set<AbortSignal>();
  readonly #stop: () => void;

  private constructor() {
    const signals = this.#signals;
    const add = Reflect.get(EventTarget.prototype, "addEventListener");
    function addEventListener(
      this: EventTarget,
      ...given: Parameters<EventTarget["addEventListener"]>
    ): void {
      if (this instanceof AbortSignal) signals.add(this);
      Reflect.apply(add, this, given);
    }
    EventTarget.prototype.addEventListener = addEventListener;
    this.#stop = () => {
      EventTarget.prototype.addEventListener = add;
    };
  }

  static watch(): AbortListeners {
    return new AbortListeners();
  }

  /** On signals that may still be aborted. Those of an aborted one are called and gone. */
  get open(): number {
    return this.#counts().reduce((sum, count) => sum + count, 0);
  }

  /** The most on one signal. */
  get most(): number {
    return Math.max(0, ...this.#counts());
  }

  get signals(): number {
    return this.#signals.size;
  }

  stop(): void {
    this.#stop();
  }

  #counts(): number[] {
    const living = [...this.#signals].filter(({ aborted }) => !aborted);
    return living.map((signal) => getEventListeners(signal, "abort").length);
  }
}
