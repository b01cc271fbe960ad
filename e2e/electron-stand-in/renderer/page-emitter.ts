type Listener = (...args: unknown[]) => void;

/**
 * Makes the `EventEmitter` of a sandboxed preload. Sent to pages as text: uses nothing from outside itself.
 */
export function pageEmitter(): new () => PageEmitter {
  return class EventEmitter {
    readonly #listeners = new Map<string | symbol, Listener[]>();

    on(event: string | symbol, listener: Listener): this {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
      return this;
    }

    addListener(event: string | symbol, listener: Listener): this {
      return this.on(event, listener);
    }

    once(event: string | symbol, listener: Listener): this {
      const once = Object.assign(
        (...args: unknown[]) => {
          this.off(event, once);
          listener.apply(this, args);
        },
        { listener },
      );
      return this.on(event, once);
    }

    off(event: string | symbol, listener: Listener): this {
      const listeners = this.#listeners.get(event) ?? [];
      const at = listeners.findLastIndex(
        (one) => one === listener || (one as { listener?: unknown }).listener === listener,
      );
      if (at >= 0) this.#listeners.set(event, listeners.toSpliced(at, 1));
      return this;
    }

    removeListener(event: string | symbol, listener: Listener): this {
      return this.off(event, listener);
    }

    removeAllListeners(event?: string | symbol): this {
      if (event === undefined) this.#listeners.clear();
      else this.#listeners.delete(event);
      return this;
    }

    emit(event: string | symbol, ...args: unknown[]): boolean {
      const listeners = this.#listeners.get(event) ?? [];
      for (const listener of listeners) listener.apply(this, args);
      return listeners.length > 0;
    }

    listeners(event: string | symbol): Listener[] {
      return (this.#listeners.get(event) ?? []).map(
        (one) => (one as { listener?: Listener }).listener ?? one,
      );
    }

    listenerCount(event: string | symbol): number {
      return this.#listeners.get(event)?.length ?? 0;
    }

    eventNames(): (string | symbol)[] {
      return [...this.#listeners.keys()];
    }

    setMaxListeners(): this {
      return this;
    }
  };
}

/** What of Node's class a preload has here. */
export interface PageEmitter {
  on(event: string | symbol, listener: Listener): this;
  emit(event: string | symbol, ...args: unknown[]): boolean;
}
