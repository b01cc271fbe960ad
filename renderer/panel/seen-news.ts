import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

import type { PanelBridge } from "../../preload/contract.ts";

/** Whoever sees something has had it before their eyes for so long, in milliseconds. */
const SEEN_AFTER_MS = 2_500;

/**
 * Tells main that the history was seen once the first and the last element below `root` that are marked with `data-news`
 * have been in view for a moment, on a page that is visible and has the focus: hidden windows look at nothing, and what
 * is scrolled out of sight is not seen. `news` changes with them; empty when there are none.
 */
export function useSeenNews(
  root: RefObject<HTMLElement | null>,
  news: string,
  bridge: Pick<PanelBridge, "onPlaced" | "historySeen">,
): void {
  useEffect(() => {
    if (news === "") return;
    const marked = [...(root.current?.querySelectorAll("[data-news]") ?? [])];
    const unseen = new Set(marked.filter((_, index) => index === 0 || index === marked.length - 1));
    const inView = new Set<Element>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === "visible" && document.hasFocus())
        timer = setTimeout(saw, SEEN_AFTER_MS);
    };
    const saw = (): void => {
      for (const element of inView) unseen.delete(element);
      if (unseen.size === 0) void bridge.historySeen();
    };
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes)
          if (isIntersecting) inView.add(target);
          else inView.delete(target);
        look();
      },
      { threshold: 0.5 },
    );
    for (const element of unseen) observer.observe(element);
    const stopped = new AbortController();
    const { signal } = stopped;
    document.addEventListener("visibilitychange", look, { signal });
    window.addEventListener("focus", look, { signal });
    window.addEventListener("blur", look, { signal });
    const unsubscribe = bridge.onPlaced(look);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      stopped.abort();
      unsubscribe();
    };
  }, [root, news, bridge]);
}
