import { beforeEach, expect, it } from "vitest";

import { VirtualClock } from "../../testing/virtual-clock.ts";
import { Attention, type AttentionWindow } from "./attention.ts";

let clock: VirtualClock;
let focused: boolean;
let destroyed: boolean;
let flashes: boolean[];
let listeners: Array<() => void>;
let attention: Attention;

beforeEach(() => {
  clock = new VirtualClock();
  focused = false;
  destroyed = false;
  flashes = [];
  listeners = [];
  const window: AttentionWindow = {
    isDestroyed: () => destroyed,
    isFocused: () => focused,
    flashFrame: (flashing) => flashes.push(flashing),
    on: (_event, listener) => listeners.push(listener),
  };
  attention = new Attention(window, clock);
});

function focus(): void {
  focused = true;
  for (const listener of listeners) listener();
}

it("a window that gets the focus a moment later asks for nothing", async () => {
  attention.ask();
  await clock.advance(100);
  focus();
  await clock.advance(10_000);
  expect(flashes).toEqual([]);
});

it("a window that has the focus already asks for nothing, though no event tells so", async () => {
  attention.ask();
  focused = true;
  await clock.advance(10_000);
  expect(flashes).toEqual([]);
});

it("a window that is kept in the back asks for attention until it gets the focus", async () => {
  attention.ask();
  await clock.advance(499);
  expect(flashes).toEqual([]);
  await clock.advance(1);
  expect(flashes).toEqual([true]);
  focus();
  expect(flashes).toEqual([true, false]);
});

it("asking again and again leaves one listener and one timer", () => {
  for (let time = 0; time < 20; time += 1) attention.ask();
  expect(listeners).toHaveLength(1);
  expect(clock.pending).toBe(1);
  attention.dispose();
  expect(clock.pending).toBe(0);
});

it("a window that was closed meanwhile is left alone", async () => {
  attention.ask();
  destroyed = true;
  await clock.advance(10_000);
  expect(flashes).toEqual([]);
});
