import { expect, it } from "vitest";
import { brokenPromises, newCall, timePassed } from "./kept-promise.ts";
import type { Call, Told } from "./kept-promise.ts";

const caller = { uri: "sip:dana@partner.example", name: "Dana Birkby" };

/** A call that could be seen for ten seconds and was cancelled. */
function cancelled(): Call {
  const call = newCall({ subject: "call 1", id: "1", caller, disturbed: false });
  timePassed(call, 10_000, { inOrder: true, deaf: false });
  call.known = "cancelled";
  return call;
}

const rang: Told = { subject: "call 1", from: caller, state: "ringing", endedAt: null };
const over: Told = { ...rang, state: "cancelled", endedAt: 1 };

it("a call that rang once and ended once, as the server knows, keeps the promise", () => {
  expect(brokenPromises([cancelled()], new Map([["i1", [rang, over]]]))).toEqual([]);
});

it.each<[string, readonly (readonly [string, readonly Told[]])[], RegExp]>([
  ["was never shown", [], /never rang/],
  ["ended without ringing", [["i1", [over]]], /never rang/],
  ["still rings", [["i1", [rang]]], /ended 0 times/],
  ["ended twice", [["i1", [rang, over, over]]], /ended 2 times/],
  ["rang after its end", [["i1", [rang, over, rang]]], /last in the state ringing/],
  [
    "was shown twice",
    [
      ["i1", [rang, over]],
      ["i2", [rang, over]],
    ],
    /shown 2 times/,
  ],
  ["ended otherwise", [["i1", [rang, { ...over, state: "missed" }]]], /shown as missed/],
  [
    "was withdrawn with a session that goes on",
    [["i1", [rang, { ...over, state: "withdrawn" }]]],
    /withdrawn/,
  ],
  [
    "was nobody's",
    [
      ["i1", [rang, over]],
      ["i2", [{ ...over, subject: "call 2" }]],
    ],
    /nobody called/,
  ],
  ["had another's name", [["i1", [{ ...rang, from: { ...caller, name: "Chen" } }, over]]], /as by Chen/],
  [
    "never had its caller's name",
    [["i1", [rang, { ...over, from: { ...caller, name: "" } }]]],
    /never shown/,
  ],
  [
    "had another's address",
    [["i1", [{ ...rang, from: { ...caller, uri: "sip:chen@a.example" } }, over]]],
    /chen@/,
  ],
])("a call that %s breaks it", (_, told, sentence) => {
  expect(brokenPromises([cancelled()], new Map(told)).join()).toMatch(sentence);
});

it("a call that nobody could see for five seconds need not ring", () => {
  const call = { ...cancelled(), calmMs: 4_999 };
  expect(brokenPromises([call], new Map())).toEqual([]);
});

it.each([
  ["missed", { darkMs: 25_000 }, { darkMs: 24_999 }],
  ["missed", { untold: true }, { disturbed: true }],
  ["withdrawn", { lost: true }, {}],
  [
    "failed",
    { disturbed: true, tried: new Set(["accept"] as const) },
    { tried: new Set(["accept"] as const) },
  ],
  ["declined", { disturbed: true, tried: new Set(["decline"] as const) }, { disturbed: true }],
])("less than the truth, %s, is let pass only where it is explained", (state, excuse, none) => {
  const told = new Map([["i1", [rang, { ...over, state }]]]);
  expect(brokenPromises([{ ...cancelled(), ...excuse }], told)).toEqual([]);
  expect(brokenPromises([{ ...cancelled(), ...none }], told)).toHaveLength(1);
});
