import { MeantClicks, type Place } from "./meant-clicks.ts";

/** Buttons answer, forget, sign out, or stand where one that does so may come next. */
const BUTTON = "button";
const CONTROL = "label, button, input, select, textarea, summary, a";
/** What can move a button without an element coming or going. */
const MOVING_ATTRIBUTES = ["class", "style", "hidden", "open"];

/**
 * Lets only clicks that are meant reach the buttons of this page, as `MeantClicks` decides; a button that came up or
 * moved a moment ago says so to assistive technology. The second press of a double click reaches nothing that was not
 * under the first. `onPlaced` tells that the window came up or was moved by the program.
 */
export function guardClicks(onPlaced: (listener: () => void) => void): void {
  const clicks = new MeantClicks();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pointerDownAt = 0;

  const look = (): void => {
    const now = performance.now();
    const buttons = [...document.querySelectorAll<HTMLElement>(BUTTON)];
    clicks.look(new Map(buttons.map((button) => [button, placeOf(button)])), now);
    clearTimeout(timer);
    let next = Infinity;
    for (const button of buttons) {
      const settledAt = clicks.settledAt(button);
      if (settledAt > now) next = Math.min(next, settledAt);
      if (settledAt > now !== (button.ariaDisabled === "true"))
        button.ariaDisabled = settledAt > now ? "true" : null;
    }
    if (next < Infinity) timer = setTimeout(look, next - now);
  };

  onPlaced(() => {
    clicks.windowPlaced(performance.now());
    look();
  });
  // It is called before the browser handles the next click.
  new MutationObserver(look).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: MOVING_ATTRIBUTES,
  });
  addEventListener("resize", look);
  document.addEventListener("scroll", look, true);
  document.addEventListener("pointerdown", ({ timeStamp }) => (pointerDownAt = timeStamp), true);
  document.addEventListener(
    "mousedown",
    (event) => {
      look();
      const control = controlOf(event.target, CONTROL);
      // A list of choices opens at the press.
      if (!clicks.isItsOwn(control, event.detail)) stop(event);
      clicks.pressed(control, { detail: event.detail, at: pointerDownAt });
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      const { detail, timeStamp: at } = event;
      const button = controlOf(event.target, BUTTON);
      if (detail === 0 && isSentByItsField(button)) return;
      const meant =
        button === null
          ? clicks.isItsOwn(controlOf(event.target, CONTROL), detail)
          : clicks.isMeant(button, { detail, at });
      if (!meant) stop(event);
    },
    true,
  );
  look();
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function controlOf(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}

/** Whether Enter in a field made this click of its form's button: whoever types there has seen the form. */
function isSentByItsField(button: HTMLElement | null): boolean {
  const field = document.activeElement;
  return (
    button instanceof HTMLButtonElement &&
    field instanceof HTMLInputElement &&
    button.form !== null &&
    field.form === button.form
  );
}

function placeOf(element: Element): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}
