import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { speak } from "../../../locales/texts.ts";
import type { AppState } from "../../core/app-state.ts";
import type { EndState, Invitation } from "../../invitations/invitation.ts";
import type { AttentionReason, SessionState } from "../../ucwa/session-port.ts";
import { shownIn } from "./ascii.ts";
import { happenings } from "./happenings.ts";
import { UNPAINTED } from "./paint.ts";
import { aConversation, aMessage, ownMessage } from "./testing/a-talk.ts";
import { anInvitation, ONLINE, START } from "./testing/an-invitation.ts";
import { live, MEETING, said, state } from "./testing/told-in-lines.ts";
import { columnsOf } from "./width.ts";

beforeEach(() => speak({ language: "de", region: "de" }));
afterEach(() => speak({ language: "en", region: "en" }));

/** Of a kind that rings, of a call, and of conversations that want something, all at once. */
const BUSY: Partial<AppState> = {
  invitations: [
    anInvitation({ importance: "Urgent", from: { ...anInvitation().from, network: "Federated" } }),
    anInvitation({ id: "i2", state: "answering", answering: "accept", canAccept: false }),
    anInvitation({ id: "i3", direction: "outgoing", state: "inviting", canCancel: true, to: null }),
  ],
  conversations: [
    aConversation({ invitation: null, unread: 2, messages: [ownMessage({ state: "failed" })] }),
    aConversation({ id: "c2", invitation: null, state: "connecting" }),
  ],
};

describe("A German terminal", () => {
  it("shows who rings, and names the same keys as every other", () => {
    expect(live({ invitations: [anInvitation({ importance: "Urgent" })] })).toEqual([
      "♪ Dringend: Lena Berg (lena@contoso.example) lädt Sie zu einer Unterhaltung ein 5 s",
      "  „Quarterly figures“",
      "  Have you got a minute?",
      "anna@contoso.example: Online. Doorbell wartet auf Einladungen.",
      "a = annehmen   d = ablehnen   q = beenden",
    ]);
    const keys = (columns: number) =>
      live({ ...BUSY, session: ONLINE }, { columns })
        .slice(-3)
        .join("   ");
    for (const key of ["Nummer = wählen", "x = Anruf abbrechen", "Eingabe = schreiben"])
      expect(keys(40)).toContain(key);
  });

  it.each<SessionState>([
    ONLINE,
    { name: "reconnecting", reason: "timeout", detail: "", retryAt: START + 95_000 },
    { name: "attention", reason: "proxy", detail: "" },
  ])("fits in 40 columns, whatever is cut away: %o", (session) => {
    for (const shown of [(text: string) => text, shownIn("linux", { LANG: "de_DE" })]) {
      const lines = live({ ...BUSY, session }, { columns: 39, rows: 40, shown });
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(39);
      // Keys and how the session is are broken between words, and never cut.
      const words =
        /Doorbell wartet auf Einladungen\.|Neuer Versuch in 1 min 30 s\.|ohne Anmeldung durchzulassen\./;
      expect(lines.join(" ")).toMatch(words);
      expect(lines.slice(-4).join(" ")).toMatch(/Nummer = .*d = ablehnen.*Eingabe = schreiben.*q = beenden$/);
    }
  });

  it("says how the session is and what to do about it", () => {
    const attention = (reason: AttentionReason): string =>
      live({ session: { name: "attention", reason, detail: "Warum." } }, { columns: 200, keys: false })[0] ??
      "";
    expect(attention("notFound")).toBe(
      "Warum. Prüfen Sie die Adresse und das Netzwerk, oder nennen Sie den Server mit --server.",
    );
    expect(attention("untrustedServer")).toContain("Fragen Sie Ihren Administrator");
    const lost = { name: "reconnecting", reason: "timeout", detail: "", retryAt: START + 100_000 } as const;
    expect(live({ session: lost }, { keys: false })).toEqual([
      "Die Verbindung ging verloren. Neuer Versuch in 1 min 35 s.",
    ]);
  });

  it.each<[EndState, Partial<Invitation>, string]>([
    ["declined", { declineScope: "Local" }, "nur auf diesem Gerät abgelehnt"],
    ["missed", {}, "verpasst"],
    ["cancelled", {}, "aufgelegt"],
    ["answeredElsewhere", {}, "auf einem anderen Gerät angenommen"],
    ["forwarded", { acceptedBy: { name: "Ben", uri: "" } }, "angenommen von Ben"],
    ["failed", { reason: { code: "x", subcode: null, message: "Kein Platz" } }, "fehlgeschlagen: Kein Platz"],
    ["withdrawn", {}, "Verbindung während des Klingelns verloren"],
  ])("says how an invitation ended: %s", (end, overrides, words) => {
    const ringing: AppState = { session: ONLINE, invitations: [anInvitation()], conversations: [] };
    const over = anInvitation({ state: end, endedAt: START + 65_000, ...overrides });
    const context = { address: "anna@contoso.example", paint: UNPAINTED, everything: false };
    expect(happenings(ringing, { ...ringing, invitations: [over] }, START, context)[0]).toMatch(
      / Lena Berg \(lena@contoso\.example\): (.*) \(nach 1 min 05 s\)\.$/,
    );
    expect(happenings(ringing, { ...ringing, invitations: [over] }, START, context)[0]).toContain(words);
  });

  it("tells what is said, to whom and by whom, and what became of it", () => {
    const other = aConversation({ id: "c2" });
    const failed = ownMessage({ state: "failed", problem: "Kein Netz." });
    const talk = (...messages: Parameters<typeof aMessage>[0][]) =>
      aConversation({ messages: messages.map((message) => aMessage(message)) });
    expect(said(state(talk(), other), state(talk(failed), other))).toEqual([
      "Sie an Lena Berg: I have.",
      "✗ nicht gesendet an Lena Berg: „I have.“ Kein Netz.",
    ]);
    expect(said(state(talk(failed)), state(talk({ ...failed, state: "sending" })))).toEqual([
      "wird noch einmal gesendet: „I have.“",
    ]);
    expect(said(state(MEETING), state({ ...MEETING, messages: [aMessage()] }))).toEqual([
      "Lena Berg in Strategy: Have you got a minute?",
    ]);
    const [, ben] = MEETING.participants;
    expect(said(state(MEETING), state({ ...MEETING, participants: [ben!] }))).toEqual([
      "Strategy: Lena Berg ist gegangen.",
    ]);
  });

  it("takes nobody for the person because of a name", () => {
    for (const [name, shown] of [
      ["Sie", "Sie (eve@contoso.example)"],
      ["sie an Ben", "sie an Ben (eve@contoso.example)"],
      ["Sieglinde", "Sieglinde"],
    ])
      expect(
        said(
          state(aConversation()),
          state(
            aConversation({
              messages: [aMessage({ from: { name: name!, uri: "sip:eve@contoso.example" } })],
            }),
          ),
        ),
      ).toEqual([`${shown}: Have you got a minute?`]);
  });
});
