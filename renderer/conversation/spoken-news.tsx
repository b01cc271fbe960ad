import { useEffect, useRef, useState } from "preact/hooks";

import type { ConversationsState } from "../../preload/contract.ts";
import { newsBetween, type Said } from "./news.ts";

/** What comes within that time is said together. */
const GATHERED_MS = 800;

/** Tells a screen reader what comes. The messages themselves are no live region: they would all be read at every change. */
export function SpokenNews({ state }: { readonly state: ConversationsState }) {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const told = useRef(state);
  const newest = useRef(state);
  newest.current = state;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    if (timer.current !== null || told.current === state) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      const news = newsBetween(told.current, newest.current);
      told.current = newest.current;
      if (news.length > 0) setSaid(news);
    }, GATHERED_MS);
  }, [state]);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  return (
    <div class="said" role="status" aria-live="polite" aria-relevant="additions" aria-atomic="false">
      {said.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
