import { describe, expect, it } from "vitest";

import { ended, invitation } from "../../testing/invitations.ts";
import type { Presentation } from "../presentation.ts";
import { toastDecision, type ToastFacts } from "./toast-decision.ts";

const facts: ToastFacts = { notifications: true, decision: undefined, dismissed: false, alreadyUp: false };
const native: Presentation = { way: "native", reason: "shown" };
const toast: Presentation = { way: "toast", reason: "noActions" };
const silent: Presentation = { way: "none", reason: "dismissedByUser" };
const answering = invitation({ state: "answering", answering: "accept" });

describe("the toast", () => {
  it.each([
    ["waits for a decision", invitation(), {}, false, "undecided"],
    ["leaves it to the system's notification", invitation(), { decision: native }, false, "native"],
    ["steps in where that has no buttons", invitation(), { decision: toast }, true, "noActions"],
    ["respects a notification that was waved off", invitation(), { decision: silent }, false, "dismissed"],
    [
      "shows all when notifications are off",
      invitation(),
      { notifications: false },
      true,
      "notificationsOff",
    ],
    [
      "stays silent about one waved off here",
      invitation(),
      { notifications: false, dismissed: true },
      false,
      "dismissed",
    ],
    ["never begins with one being answered", answering, { notifications: false }, false, "alreadyAnswering"],
    [
      "keeps one being answered",
      answering,
      { notifications: false, alreadyUp: true },
      true,
      "notificationsOff",
    ],
    [
      "lets go of one that is over",
      ended("missed", 5),
      { notifications: false, alreadyUp: true },
      false,
      "ended",
    ],
    [
      "is not for what the person sent",
      invitation({ direction: "outgoing" }),
      { notifications: false },
      false,
      "outgoing",
    ],
  ] as const)("%s", (_name, one, over, shown, reason) => {
    expect(toastDecision(one, { ...facts, ...over })).toEqual({ shown, reason });
  });
});
