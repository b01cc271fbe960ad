import { useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { PanelBridge, QuietFor, QuietView } from "../../preload/contract.ts";
import { ChevronIcon, QuietIcon } from "../shared/icons.tsx";

interface Props {
  readonly quiet: QuietView | null;
  readonly bridge: Pick<PanelBridge, "setQuiet">;
}

/** One row below the top: who wants quiet and until when, or else the way to it. It is always there, so that nothing moves. */
export function QuietRow({ quiet, bridge }: Props) {
  const [problem, setProblem] = useState("");
  const set = (wanted: QuietFor): void => {
    void bridge.setQuiet(wanted).then((answer) => setProblem(answer.ok ? "" : answer.error.message));
  };
  return (
    <section class={quiet === null ? "quiet-row" : "quiet-row on"} aria-label={texts.cards.quiet}>
      <p role="status">
        {quiet !== null && (
          <>
            <QuietIcon size={18} />
            <span>{quiet.words}</span>
          </>
        )}
      </p>
      {quiet === null && <QuietMenu choose={set} />}
      {quiet?.cause === "doNotDisturb" && (
        <button
          type="button"
          class="plain"
          aria-label={texts.panel.turnOffDoNotDisturb}
          onClick={() => set("off")}
        >
          {texts.panel.turnOff}
        </button>
      )}
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

const CHOICES = ["15min", "1h", "tomorrow", "untilTurnedOff"] as const satisfies readonly QuietFor[];

/** A button and its menu (ARIA: menu button): arrow keys go through it, Enter or Space takes, Escape and Tab leave it. */
function QuietMenu({ choose }: { readonly choose: (wanted: QuietFor) => void }) {
  const menu = useRef<HTMLDivElement>(null);
  const items = (): readonly HTMLElement[] => [
    ...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []),
  ];
  const go = (index: number): void =>
    items()
      .at(index % CHOICES.length)
      ?.focus();
  const take = (wanted: QuietFor): void => {
    menu.current?.hidePopover();
    choose(wanted);
  };
  return (
    <>
      <button
        type="button"
        class="plain"
        id="quiet-button"
        aria-haspopup="menu"
        popovertarget="quiet-menu"
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          menu.current?.showPopover();
          go(event.key === "ArrowDown" ? 0 : -1);
        }}
      >
        <QuietIcon size={18} />
        {texts.panel.doNotDisturb}
        <ChevronIcon />
      </button>
      <div
        class="menu"
        id="quiet-menu"
        role="menu"
        aria-labelledby="quiet-button"
        popover="auto"
        ref={menu}
        onToggle={({ currentTarget }) => {
          if (currentTarget.matches(":popover-open") && !currentTarget.contains(document.activeElement))
            go(0);
        }}
      >
        {CHOICES.map((wanted, index) => (
          <div
            key={wanted}
            role="menuitem"
            tabIndex={-1}
            onClick={() => take(wanted)}
            onMouseEnter={({ currentTarget }) => currentTarget.focus()}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown") go(index + 1);
              else if (event.key === "ArrowUp") go(index - 1);
              else if (event.key === "Home") go(0);
              else if (event.key === "End") go(-1);
              else if (event.key === "Enter" || event.key === " ") take(wanted);
              else if (event.key === "Tab") menu.current?.hidePopover();
              else return;
              event.preventDefault();
            }}
          >
            {texts.panel.quietFor[wanted]}
          </div>
        ))}
      </div>
    </>
  );
}
