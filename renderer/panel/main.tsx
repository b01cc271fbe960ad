import { signal } from "@preact/signals";
import { render } from "preact";

import type { PanelBridge, PanelState } from "../../preload/contract.ts";
import { guardClicks } from "../shared/guard-clicks.ts";
import { speakPage } from "../shared/speak-page.ts";
import { Panel } from "./panel.tsx";

declare global {
  interface Window {
    readonly doorbell: unknown;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the preload script of this window's role put it there
const bridge = window.doorbell as PanelBridge;
await speakPage(bridge.locale);
// A page that is loaded into a window which has the focus does not know of it by itself, and takes nothing for seen.
window.focus();
const state = signal<PanelState | null>(null);
bridge.subscribe((next) => {
  if (state.value === null) afterNextFrame(() => void bridge.drawn());
  state.value = next;
});
guardClicks((listener) => bridge.onPlaced(listener));

const app = document.querySelector("#app");
if (app) render(<Panel state={state} bridge={bridge} />, app);

/** Once what is shown now has been drawn: the first callback comes before that frame, the second after it. */
function afterNextFrame(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
