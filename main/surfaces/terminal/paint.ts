import { styleText } from "node:util";
import type { SessionState } from "../../ucwa/session-port.ts";

/** Returns the text, decorated or as it is. */
export type Style = (text: string) => string;

/** The colours and weights that the form for people uses. */
export type Paint = Readonly<Record<"strong" | "faint" | "good" | "bad", Style>>;

export const UNPAINTED: Paint = { strong: same, faint: same, good: same, bad: same };

const paintWith =
  (format: Parameters<typeof styleText>[0]) =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

export const PAINT: Paint = {
  strong: paintWith("bold"),
  faint: paintWith("dim"),
  good: paintWith("green"),
  bad: paintWith("red"),
};

/** What needs no weight. */
export function same(text: string): string {
  return text;
}

/** How the session stands. */
export function sessionStyle(session: SessionState, paint: Paint): Style {
  switch (session.name) {
    case "online":
      return paint.good;
    case "attention":
    case "reconnecting":
      return paint.bad;
    case "signedOut":
    case "discovering":
    case "authenticating":
    case "creating":
      return paint.faint;
  }
}
