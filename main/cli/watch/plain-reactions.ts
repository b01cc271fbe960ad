import type { AppState } from "../../core/app-state.ts";
import { openInvitations } from "../../surfaces/terminal/plain.ts";
import { EXIT } from "../composition.ts";

// What a state asks of the form for people: the terminal's bell, the end of the program, a question.

/** Somebody new rings, or has written where the person is not writing just now. */
export function wantsTheBell(state: AppState, previous: AppState, writing: string | null): boolean {
  const known = new Set(previous.invitations.map(({ id }) => id));
  if (openInvitations(state).some(({ id }) => !known.has(id))) return true;
  const unread = new Map(previous.conversations.map((one) => [one.id, one.unread]));
  return state.conversations.some(
    (one) => one.id !== writing && one.unread > (unread.get(one.id) ?? one.unread),
  );
}

/** The exit status for what only another start can mend, or a person who is not there; null when there is a point in going on. */
export function finalStatus({ session }: AppState, somebodyIsThere: boolean): number | null {
  if (session.name !== "attention") return null;
  if (session.reason === "notFound") return EXIT.noServer;
  const refused = session.reason === "badCredentials" || session.reason === "signInNotOffered";
  return refused || !somebodyIsThere ? EXIT.signInRefused : null;
}

/** The origin that discovery stopped at, when the person's word is enough to go on. */
export function originInQuestion({ session }: AppState): string | null {
  if (session.name !== "attention" || session.reason !== "untrustedServer") return null;
  return session.origin ?? null;
}
