import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Moves the focus to what changed when `key` changes and what had the focus has gone: to the element marked with
 * `data-focus`, or else to the heading. Whatever else has the focus keeps it. As everywhere here where the focus moves, it
 * does so before the next frame: a key that is pressed as soon as something is seen goes there.
 */
export function useFocusOnChange(root: RefObject<HTMLElement | null>, key: string): void {
  const before = useRef(key);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = key;
    // What a page shows at first has a field of its own for the focus.
    if (was === key || was === "") return;
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const marked = root.current?.querySelector<HTMLElement>("[data-focus]");
    (marked ?? root.current?.querySelector<HTMLElement>("h1"))?.focus();
  }, [root, key]);
}
