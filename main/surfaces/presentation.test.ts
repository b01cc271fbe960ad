import { describe, expect, it } from "vitest";
import { presentation, type PresentationFacts } from "./presentation.ts";
import { invitation } from "./native/testing/ringing-invitation.ts";

const capabilities = { name: "Stage", actions: true, body: true, bodyMarkup: true };
const FACTS: PresentationFacts = {
  service: { available: true, capabilities },
  dismissedByUser: false,
  last: null,
  full: false,
  toast: true,
};
const gone = { available: false, reason: "noService", detail: "" } as const;
const noActions = { available: true, capabilities: { ...capabilities, actions: false } } as const;
const menu = {
  available: true,
  capabilities: { ...capabilities, profile: { hidesActions: true } },
} as const;
const rang = { way: "native", reason: "shown" } as const;
const waited = { way: "toast", reason: "noRoom" } as const;
const onToast = { way: "toast", reason: "noService" } as const;

describe("which way an invitation is shown", () => {
  it.each([
    ["by the service", {}, {}, "native", "shown"],
    ["by the service, before it has answered", {}, { service: null }, "native", "waitingForService"],
    ["by a toast without a service", {}, { service: gone }, "toast", "noService"],
    ["by a toast where there are no buttons", {}, { service: noActions }, "toast", "noActions"],
    ["by a toast where notifications are not wanted", {}, { service: "off" }, "toast", "notificationsOff"],
    [
      "by the service all the same in a terminal",
      {},
      { service: noActions, toast: false },
      "native",
      "noActions",
    ],
    ["by a toast where the buttons are in a menu", {}, { service: menu }, "toast", "noActions"],
    ["by a toast where there is no room for one more", {}, { full: true }, "toast", "noRoom"],
    ["by a toast still when there is room again", {}, { last: waited }, "toast", "noRoom"],
    ["later in a terminal when there is no room", {}, { full: true, toast: false }, "native", "noRoom"],
    ["again and again in a terminal", {}, { service: gone, toast: false }, "native", "noService"],
    ["not when dismissed", {}, { dismissedByUser: true }, "none", "dismissedByUser"],
    [
      "not when dismissed on the toast",
      {},
      { dismissedByUser: true, service: "off" },
      "none",
      "dismissedByUser",
    ],
    ["not when it went out", { direction: "outgoing", state: "inviting" }, {}, "none", "outgoing"],
    ["not when it has ended", { state: "missed", endedAt: 1 }, {}, "none", "ended"],
    ["not when answered before it was up", { state: "answering" }, {}, "none", "alreadyAnswering"],
    [
      "where it rang, while the answer is on its way",
      { state: "answering" },
      { last: rang },
      "native",
      "shown",
    ],
    [
      "where it rang, while the answer is on its way and the service goes",
      { state: "answering" },
      { last: rang, service: gone },
      "native",
      "shown",
    ],
    [
      "on the toast where it rang, while the answer is on its way and a service comes",
      { state: "answering" },
      { last: onToast },
      "toast",
      "noService",
    ],
  ] as const)("%s", (_, over, facts, way, reason) => {
    expect(presentation(invitation(over), { ...FACTS, ...facts })).toEqual({ way, reason });
  });
});
