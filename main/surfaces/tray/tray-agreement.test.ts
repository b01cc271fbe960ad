import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { QUIET_CAUSES, quietFor, type Quiet } from "../../core/quiet/quiet.ts";
import type { EndState, InvitationState } from "../../invitations/invitation.ts";
import { appState, invitation } from "../../testing/invitations.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { entry } from "./testing/a-history.ts";
import { trayModel, type TrayItem } from "./tray-model.ts";

const ENDS: readonly EndState[] = [
  "accepted",
  "declined",
  "missed",
  "cancelled",
  "answeredElsewhere",
  "forwarded",
  "failed",
  "withdrawn",
];
const SESSIONS: readonly SessionState[] = [
  { name: "signedOut" },
  { name: "discovering" },
  { name: "creating" },
  { name: "online", generation: 1 },
  { name: "reconnecting", reason: "timeout", detail: "No answer.", retryAt: 5 },
  { name: "attention", reason: "badCredentials", detail: "No." },
  { name: "attention", reason: "certificate", detail: "No." },
];
/** What the first part of the tooltip, and the entry that says how it stands, begin with; of what rings it is a name. */
const STATUS: Readonly<Record<string, RegExp>> = {
  ringing: /is ringing$|^\d+ invitations$/,
  needsYou: /^(?!Online|Offline|Connecting|Signed)/,
  offline: /^(?:Offline – |Signed out$)/,
  connecting: /^Connecting…$/,
  missed: /^Online$/,
  quiet: /^Online$/,
  available: /^Online$/,
};

const invitations = fc.array(
  fc.record({
    state: fc.constantFrom<InvitationState>("ringing", "answering", ...ENDS),
    importance: fc.constantFrom("Normal" as const, "Urgent" as const, "Emergency" as const),
    direction: fc.constantFrom("incoming" as const, "outgoing" as const),
    name: fc.string({ maxLength: 60 }),
  }),
  { maxLength: 7 },
);
const history = fc
  .array(
    fc.record({
      end: fc.constantFrom(...ENDS),
      direction: fc.constantFrom("incoming" as const, "outgoing" as const),
    }),
    { maxLength: 14 },
  )
  .chain((entries) => fc.record({ entries: fc.constant(entries), unseen: fc.nat(entries.length) }));
const causes = fc.subarray([...QUIET_CAUSES]);

describe("icon, tooltip and menu of the tray", () => {
  it("tell the same of every state", () => {
    fc.assert(
      fc.property(
        invitations,
        fc.constantFrom(...SESSIONS),
        history,
        causes,
        (some, session, { entries, unseen }, quiet) => {
          const live = some.map(({ state, importance, direction, name }, index) =>
            invitation({
              id: `i${index}`,
              importance,
              direction,
              // What the person calls neither rings nor is answered here.
              state: direction === "outgoing" && !isEnd(state) ? "inviting" : state,
              from: { ...invitation().from, name },
              canAccept: state === "ringing",
              canDecline: state === "ringing",
              endedAt: isEnd(state) ? 2_000 : null,
            }),
          );
          const kept = entries.map((one, index) => entry({ id: `h${index}`, ...one }));
          const wanted: readonly Quiet[] = quiet.map((cause) => ({ cause, until: null }));
          const label = wanted.length > 0 ? "Quiet, please" : "";
          const model = trayModel(
            appState(live, session),
            { entries: kept, unseen },
            { causes: wanted, label, doNotDisturb: quiet[0] === "doNotDisturb" },
          );
          const items = model.menu.filter((item) => item.type !== "separator");
          const labelOf = (id: string) => items.find((item) => item.id === id)?.label;

          // The icon names the state that the words tell.
          const status = labelOf("status") ?? "";
          expect(status).toMatch(STATUS[model.bell] ?? /never/);
          expect(model.tooltip.startsWith(`Doorbell: ${status}`)).toBe(true);
          const rings = live.filter(({ state }) => state === "ringing");
          expect(model.bell === "ringing").toBe(rings.length > 0);
          expect(model.frames.every((frame) => frame.startsWith(model.bell))).toBe(true);
          expect(model.frames.length > 1).toBe(
            rings.some(({ importance }) => quietFor(importance, wanted) === null),
          );

          // The count is the same on the icon, in the tooltip and in the menu.
          const missed = labelOf("missed");
          const count = Number(missed?.split(" ")[0] ?? 0);
          expect(model.tooltip.includes("missed invitation")).toBe(count > 0 && model.bell !== "ringing");
          if (missed !== undefined && model.bell !== "ringing") expect(model.tooltip).toContain(missed);
          if (model.bell === "missed")
            expect(model.frames).toEqual([count > 9 ? "missedMany" : `missed${count}`]);

          // Quiet is told by words wherever it holds, and by the icon where nothing else is to be told.
          expect(labelOf("quiet") ?? "").toBe(label);
          expect(model.tooltip.endsWith(", Quiet, please")).toBe(label !== "");
          if (model.bell === "available") expect(model.tooltip).toBe("Doorbell: Online");

          // Whatever rings can be answered, what does not cannot, and each entry is there once.
          const answers = items.filter(({ id }) => id.startsWith("accept:")).map(({ id }) => id);
          const shown = live.filter(({ direction, endedAt }) => direction === "incoming" && endedAt === null);
          const answerable = shown.slice(0, 5).filter(({ canAccept }) => canAccept);
          expect(answers).toEqual(answerable.map(({ id }) => `accept:${id}`));
          expect(labelOf("tryNow") !== undefined).toBe(session.name === "reconnecting");
          expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
          expect(separatorsStandApart(model.menu)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function isEnd(state: InvitationState): boolean {
  return (ENDS as readonly InvitationState[]).includes(state);
}

function separatorsStandApart(menu: readonly TrayItem[]): boolean {
  const line = menu.map(({ type }) => (type === "separator" ? "-" : "x")).join("");
  return !/^-|--|-$/.test(line);
}
