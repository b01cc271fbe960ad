import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { ToastBridge, ToastState } from "../../preload/contract.ts";
import { Announcer } from "../shared/announcer.tsx";
import { BellIcon } from "../shared/icons.tsx";
import { InvitationList } from "../shared/invitation-list.tsx";

interface Props {
  readonly state: ReadonlySignal<ToastState | null>;
  readonly bridge: ToastBridge;
}

/** More would hide what the person works at. */
const MOST = 3;

/** The invitations that have rung here the longest, and how many more there are. */
export function Toasts({ state, bridge }: Props) {
  const invitations = state.value?.invitations ?? [];
  const toasts = useRef<HTMLDivElement>(null);
  const stack = useRef<HTMLDivElement>(null);
  const told = useRef(-1);
  const fit = (): void => {
    const height = neededHeight(toasts.current, stack.current);
    if (height === told.current) return;
    told.current = height;
    void bridge.fit(height);
  };
  useLayoutEffect(fit);
  // A card may grow by itself, and gaps go when the pointer leaves.
  useEffect(() => {
    const observer = new ResizeObserver(fit);
    for (const element of [stack.current, ...(stack.current?.children ?? [])])
      if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <Announcer invitations={invitations} />
      <main>
        <h1 class="said">{texts.cards.invitations}</h1>
        <div class="toasts" ref={toasts} hidden={invitations.length === 0}>
          <p class="mark" aria-hidden="true">
            <BellIcon size={14} />
            Doorbell
          </p>
          <div class="stack" ref={stack}>
            <InvitationList
              invitations={invitations}
              answers={bridge}
              dismiss={(id) => void bridge.dismiss(id)}
              most={MOST}
              more={(waiting) => (
                <button
                  type="button"
                  class="more"
                  aria-label={texts.cards.moreInWindow(texts.cards.more(waiting))}
                  onClick={() => void bridge.showPanel()}
                >
                  {texts.cards.more(waiting)}
                </button>
              )}
            />
          </div>
        </div>
      </main>
    </>
  );
}

/** For all that there is to see, however high the window is now; 0 without any. */
function neededHeight(toasts: HTMLElement | null, stack: HTMLElement | null): number {
  if (toasts === null || stack === null || toasts.hidden) return 0;
  return Math.ceil(toasts.getBoundingClientRect().height) + stack.scrollHeight - stack.clientHeight;
}
