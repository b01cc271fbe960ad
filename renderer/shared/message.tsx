import type { ComponentChildren } from "preact";

import { WarningIcon } from "./icons.tsx";

interface Props {
  /** An error interrupts a screen reader; a notice waits. */
  readonly kind: "error" | "notice";
  readonly children: ComponentChildren;
  /** The focus comes here when what had it has gone. */
  readonly focus?: boolean;
}

export function Message({ kind, children, focus = false }: Props) {
  return (
    <div
      class={kind === "error" ? "message error" : "message"}
      role={kind === "error" ? "alert" : "status"}
      {...(focus && { tabIndex: -1, "data-focus": true })}
    >
      <WarningIcon />
      {children}
    </div>
  );
}
