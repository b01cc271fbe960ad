import type { ComponentChildren } from "preact";

import { WarningIcon } from "../shared/icons.tsx";

interface Props {
  /** An error interrupts a screen reader; a notice waits. */
  readonly kind: "error" | "notice";
  readonly children: ComponentChildren;
}

export function Message({ kind, children }: Props) {
  return (
    <div class={kind === "error" ? "message error" : "message"} role={kind === "error" ? "alert" : "status"}>
      <WarningIcon />
      {children}
    </div>
  );
}
