import { describe, expect, it } from "vitest";

import type { Invitation } from "../invitations/invitation.ts";
import type { Importance } from "../ucwa/resources/wire-invitation.ts";
import { invitation } from "./native/testing/ringing-invitation.ts";
import { type Decision, loudest, LOUD, presentation, type PresentationFacts } from "./presentation.ts";
import { QUIET_CAUSES, type Quiet, type QuietCause } from "../core/quiet/quiet.ts";

const capabilities = { name: "Stage", actions: true, body: true, bodyMarkup: true };
const FACTS: PresentationFacts = {
  service: { available: true, capabilities },
  dismissedByUser: false,
  last: null,
  full: false,
  toast: true,
  ...LOUD,
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
const nowhere = { way: "none", reason: "quietHours" } as const;
const quiet = (cause: QuietCause, until: number | null = null): Quiet => ({ cause, until });

const ANSWERING = { state: "answering" } as const;
const OUTGOING = { direction: "outgoing", state: "inviting" } as const;
const ENDED = { state: "missed", endedAt: 1 } as const;

describe("which way an invitation is shown", () => {
  it.each<readonly [string, Partial<Invitation>, Partial<PresentationFacts>, string, string]>([
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
    ["not when it went out", OUTGOING, {}, "none", "outgoing"],
    ["not when it has ended", ENDED, {}, "none", "ended"],
    ["not when answered before it was up", ANSWERING, {}, "none", "alreadyAnswering"],
    ["where it rang, while the answer is on its way", ANSWERING, { last: rang }, "native", "shown"],
    [
      "where it rang, while the answer is on its way and the service goes",
      ANSWERING,
      { last: rang, service: gone },
      "native",
      "shown",
    ],
    [
      "where it rang, while the answer is on its way and a service comes",
      ANSWERING,
      { last: onToast },
      "toast",
      "noService",
    ],
    [
      "where it rang, while the answer is on its way and quiet begins",
      ANSWERING,
      { last: rang, quiet: [quiet("quietHours")] },
      "native",
      "shown",
    ],
    ["not when quiet is wanted", {}, { quiet: [quiet("quietHours")] }, "none", "quietHours"],
    [
      "not any more when quiet begins while it rings",
      {},
      { last: rang, quiet: [quiet("systemFocus")] },
      "none",
      "systemFocus",
    ],
    ["by the service when quiet ends while it rings", {}, { last: nowhere }, "native", "shown"],
    [
      "not when dismissed, which stays true when quiet begins",
      {},
      { dismissedByUser: true, quiet: [quiet("presence")] },
      "none",
      "dismissedByUser",
    ],
  ])("%s", (_, over, facts, way, reason) => {
    expect(presentation(invitation(over), { ...FACTS, ...facts })).toMatchObject({ way, reason });
  });
});

/** What is done, by what rings and who wants quiet: the way and the sound. */
const THROUGH = {
  none: { Normal: "native ring", Urgent: "native urgentRing", Emergency: "native urgentRing" },
  doNotDisturb: { Normal: "none -", Urgent: "none -", Emergency: "native urgentRing" },
  systemFocus: { Normal: "none -", Urgent: "none -", Emergency: "native urgentRing" },
  quietHours: { Normal: "none -", Urgent: "native urgentRing", Emergency: "native urgentRing" },
  presence: { Normal: "none -", Urgent: "native urgentRing", Emergency: "native urgentRing" },
} as const satisfies Record<QuietCause | "none", Record<Importance, string>>;

const IMPORTANCES = ["Normal", "Urgent", "Emergency"] as const;

describe("over all that it depends on", () => {
  const cases = [];
  for (const cause of ["none", ...QUIET_CAUSES] as const)
    for (const importance of IMPORTANCES)
      for (const state of ["ringing", "answering", "ended", "outgoing"] as const)
        for (const dismissedByUser of [false, true])
          for (const soundOn of [true, false])
            for (const service of [FACTS.service, gone, null, "off" as const])
              cases.push({ cause, importance, state, dismissedByUser, soundOn, service });

  it.each(cases)(
    "quiet $cause, $importance, $state, dismissed $dismissedByUser, sound $soundOn",
    ({ cause, importance, state, dismissedByUser, soundOn, service }) => {
      const over = { ringing: {}, answering: ANSWERING, ended: ENDED, outgoing: OUTGOING }[state];
      const decision = presentation(invitation({ importance, ...over }), {
        ...FACTS,
        service,
        dismissedByUser,
        quiet: cause === "none" ? [] : [quiet(cause, 5)],
        sounds: { ring: soundOn, urgentRing: soundOn },
      });
      const { way, reason, sound, soundReason, until } = decision;
      const isQuiet = THROUGH[cause][importance] === "none -";
      // What nobody is to see is not heard either, and one that is being answered is silent at once.
      const rings = state === "ringing" && !dismissedByUser && !isQuiet;
      expect(way !== "none").toBe(rings);
      expect(sound).toBe(rings && soundOn ? THROUGH[cause][importance].split(" ")[1] : null);
      const silent =
        state === "outgoing" || state === "ended" ? state : dismissedByUser ? "dismissedByUser" : null;
      if (silent) expect([reason, soundReason]).toEqual([silent, silent]);
      else if (state === "answering")
        expect([reason, soundReason]).toEqual(["alreadyAnswering", "answering"]);
      else if (isQuiet) expect([reason, soundReason, until]).toEqual([cause, cause, 5]);
      else expect([soundReason, until]).toEqual([soundOn ? "rings" : "soundOff", null]);
    },
  );
});

describe("what is heard", () => {
  it("is switched off for each importance by itself", () => {
    const sounds = { ring: false, urgentRing: true };
    const heard = IMPORTANCES.map(
      (importance) => presentation(invitation({ importance }), { ...FACTS, sounds }).sound,
    );
    expect(heard).toEqual([null, "urgentRing", "urgentRing"]);
  });

  it("is one sound of all that ring, the more pressing one", () => {
    const decisions = (...all: readonly Importance[]): readonly Decision[] =>
      all.map((importance) => presentation(invitation({ importance }), FACTS));
    expect(loudest([])).toBeNull();
    expect(loudest(decisions("Normal", "Normal"))).toBe("ring");
    expect(loudest(decisions("Normal", "Urgent", "Normal"))).toBe("urgentRing");
    const answering = presentation(invitation(ANSWERING), { ...FACTS, last: rang });
    expect(loudest([answering, ...decisions("Normal")])).toBe("ring");
    expect(loudest([answering])).toBeNull();
  });
});
