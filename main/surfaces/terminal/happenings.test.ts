import { describe, expect, it } from "vitest";
import type { AppState } from "../../core/app-state.ts";
import type { EndState, Invitation } from "../../invitations/invitation.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { happenings } from "./happenings.ts";
import { UNPAINTED } from "./paint.ts";
import { anInvitation, ONLINE, START } from "./testing/an-invitation.ts";

describe("What stays on the screen", () => {
  const context = { address: "anna@contoso.example", paint: UNPAINTED, everything: false };
  const ringing: AppState = { session: ONLINE, invitations: [anInvitation()], conversations: [] };
  const ended = (overrides: Partial<Invitation>): AppState => ({
    session: ONLINE,
    invitations: [anInvitation({ endedAt: START + 25_300, ...overrides })],
    conversations: [],
  });
  const said = (previous: AppState, state: AppState, everything = false): string[] =>
    happenings(previous, state, START + 25_300, { ...context, everything }).map((line) =>
      line.replace(/^\d\d:00:25 /, ""),
    );

  it.each<[EndState, string]>([
    ["accepted", "accepted"],
    ["declined", "declined on another device"],
    ["missed", "missed"],
    ["cancelled", "gave up"],
    ["answeredElsewhere", "answered on another device"],
    ["forwarded", "forwarded to someone else"],
    ["failed", "failed"],
    ["withdrawn", "connection lost while ringing"],
  ])("is how an invitation ended: %s", (state, words) => {
    expect(said(ringing, ended({ state }))).toEqual([
      `Lena Berg (lena@contoso.example): ${words} after 25 s.`,
    ]);
    expect(said(ended({ state }), ended({ state }))).toEqual([]);
  });

  it("is where a decline of ours counts", () => {
    expect(said(ringing, ended({ state: "declined", declineScope: "Global" }))[0]).toContain(
      "declined after",
    );
    expect(said(ringing, ended({ state: "declined", declineScope: "Local" }))[0]).toContain(
      "declined on this device only after",
    );
  });

  it("is that the organiser of a meeting has yet to let the person in, where nothing can be drawn", () => {
    const waiting = anInvitation({ state: "answering", answering: "accept", inLobby: true });
    const lobby: AppState = { session: ONLINE, invitations: [waiting], conversations: [] };
    expect(said(ringing, lobby, true)[0]).toContain("Waiting to be let in…");
    expect(said(lobby, lobby, true)).toEqual([]);
  });

  it("is who took a forwarded one, and why one failed", () => {
    const took = { name: "Ben", uri: "sip:ben@contoso.example" };
    expect(said(ringing, ended({ state: "answeredElsewhere", acceptedBy: took }))[0]).toContain(
      "answered by Ben after",
    );
    const acceptedBy = { name: "Ben", uri: "sip:ben@contoso.example" };
    expect(said(ringing, ended({ state: "forwarded", acceptedBy }))[0]).toContain("taken by Ben");
    const reason = {
      code: "RemoteFailure",
      subcode: "MediaFailure",
      message: "The call could not be set up",
    };
    expect(said(ringing, ended({ state: "failed", reason }))[0]).toContain(
      "failed: The call could not be set up after",
    );
  });

  it("is everything where nothing can be drawn in place", () => {
    const calm: AppState = { session: { name: "creating" }, invitations: [], conversations: [] };
    expect(said(calm, { ...calm, session: ONLINE }, true)).toEqual([
      "anna@contoso.example: Online. Waiting for invitations.",
    ]);
    expect(said({ ...calm, session: ONLINE }, ringing, true)).toEqual([
      "Lena Berg (lena@contoso.example) invites you to a conversation. “Quarterly figures” Have you got a minute?",
    ]);
    expect(said(ringing, ringing, true)).toEqual([]);
    const lost: SessionState = { name: "reconnecting", reason: "timeout", detail: "Lost.", retryAt: null };
    expect(said(ringing, { ...ringing, session: lost }, true)).toEqual(["Lost. Trying again…"]);
    expect(
      said({ ...ringing, session: lost }, { ...ringing, session: { ...lost, retryAt: START } }, true),
    ).toEqual([]);
  });
});
