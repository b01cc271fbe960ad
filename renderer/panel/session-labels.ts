import { texts } from "../../locales/page-texts.ts";
import type { AccountView, SessionView } from "../../preload/contract.ts";

/** A session that is not online and has something to tell. */
export type Trouble = Extract<SessionView, { readonly detail: string }>;

/** What the panel says of it: what has happened, in detail, and what to do. `advice` may be empty. */
export interface TroubleLabels {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
}

/** The sentences for a session in trouble; of one that goes on by itself, `detail` says what to do, too. */
export function troubleLabels(
  session: Trouble,
  account: Pick<AccountView, "withoutPassword">,
): TroubleLabels {
  const { detail } = session;
  const words = texts.connection;
  if (session.name === "reconnecting") {
    return session.wasOnline
      ? { title: words.offline, detail, advice: words.offlineAdvice }
      : { title: words.notYet, detail, advice: "" };
  }
  const { reason } = session;
  if (reason === "untrustedServer" && session.origin !== null)
    return { title: words.trustQuestion, detail, advice: "" };
  if (reason === "badCredentials" && account.withoutPassword)
    return { title: words.notSignedIn, detail, advice: words.notSignedInAdvice };
  return { title: words.titles[reason], detail, advice: words.advice[reason] };
}
