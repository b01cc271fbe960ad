import { signal } from "@preact/signals";
import { render } from "preact";

import { texts } from "../../locales/page-texts.ts";
import type { ToastBridge, ToastState } from "../../preload/contract.ts";
import { guardClicks } from "../shared/guard-clicks.ts";
import { speakPage } from "../shared/speak-page.ts";
import { SoundPlayer } from "./sound-player.ts";
import { Toasts } from "./toasts.tsx";

declare global {
  interface Window {
    readonly doorbell: unknown;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the preload script of this window's role put it there
const bridge = window.doorbell as ToastBridge;
await speakPage(bridge.locale);
document.title = texts.cards.toastTitle;
const state = signal<ToastState | null>(null);
let opened = 0;
const player = new SoundPlayer({
  // Chromium keeps what it has played by its address, whatever the headers say.
  open: (source, anew) => new Audio(anew ? `${source}?${(opened += 1)}` : source),
  unplayable: (sound) => void bridge.unplayable(sound),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
});
bridge.subscribe((next) => {
  state.value = next;
  // What is seen comes first.
  setTimeout(() => player.update(next.sound));
});
// On Windows it stands at the bottom of the screen.
if (navigator.userAgent.includes("Windows")) document.documentElement.classList.add("grows-upwards");
guardClicks((listener) => bridge.onPlaced(listener));

const app = document.querySelector("#app");
if (app) render(<Toasts state={state} bridge={bridge} />, app);
