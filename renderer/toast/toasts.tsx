import type { ReadonlySignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { ToastBridge, ToastState } from "../../preload/contract.ts";
import { Announcer } from "../shared/announcer.tsx";
import { InvitationList } from "../shared/invitation-list.tsx";

interface Props {
  readonly state: ReadonlySignal<ToastState | null>;
  readonly bridge: ToastBridge;
}

/** Every invitation that rings here, the oldest on top. */
export function Toasts({ state, bridge }: Props) {
  const invitations = state.value?.invitations ?? [];
  const list = useRef<HTMLDivElement>(null);
  const told = useRef(-1);
  useLayoutEffect(() => {
    // scrollHeight: what they need, however high the window is now. Two pixels of border.
    const height = invitations.length === 0 ? 0 : (list.current?.scrollHeight ?? 0) + 2;
    if (height === told.current) return;
    told.current = height;
    void bridge.fit(height);
  });
  return (
    <>
      <Announcer invitations={invitations} />
      <main>
        <h1 class="said">Invitations</h1>
        <div class="toasts" ref={list} hidden={invitations.length === 0}>
          <InvitationList
            invitations={invitations}
            answers={bridge}
            dismiss={(id) => void bridge.dismiss(id)}
          />
        </div>
      </main>
    </>
  );
}
