import type { Conversation } from "../../../conversations/conversation.ts";
import type { AppState } from "../../../core/app-state.ts";
import { happenings } from "../happenings.ts";
import { UNPAINTED } from "../paint.ts";
import { liveLines, type PlainContext } from "../plain.ts";
import { aConversation } from "./a-talk.ts";
import { ONLINE, START } from "./an-invitation.ts";

export const BEN = {
  id: "p2",
  name: "Ben",
  uri: "sip:ben@contoso.example",
  network: "SameEnterprise",
  anonymous: false,
  typing: false,
} as const;
export const LENA = {
  ...BEN,
  id: "p1",
  name: "Lena Berg",
  uri: "sip:lena@contoso.example",
} as const;
export const MEETING = aConversation({ kind: "meeting", subject: "Strategy", participants: [LENA, BEN] });

export const state = (...conversations: Conversation[]): AppState => ({
  session: ONLINE,
  invitations: [],
  conversations,
});

/** What is said between two states, without the time. */
export function said(previous: AppState, next: AppState, everything = false): string[] {
  const context = { address: "anna@contoso.example", paint: UNPAINTED, everything };
  return happenings(previous, next, START, context).map((line) => line.replace(/^\d\d:00:00 /, ""));
}

export function live(shown: Partial<AppState>, context: Partial<PlainContext> = {}): string[] {
  return liveLines({ session: ONLINE, invitations: [], conversations: [], ...shown }, START + 5_000, {
    address: "anna@contoso.example",
    numbers: new Map(),
    selected: null,
    keys: true,
    hints: null,
    keeps: () => false,
    columns: 100,
    rows: 24,
    paint: UNPAINTED,
    shown: (text) => text,
    ...context,
  });
}
