/**
 * An error that nobody caught: its kind and its place. Its message stays out, since nobody can say what it quotes.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const kind = /^\w{1,60}$/.test(error.name) ? error.name : "Error";
  const code =
    "code" in error && typeof error.code === "string" && /^\w{1,60}$/.test(error.code)
      ? ` ${error.code}`
      : "";
  const place = /([\w.-]{1,80}:\d+:\d+)\)?$/m.exec(framesOf(error))?.[1];
  return `${kind}${code}${place === undefined ? "" : ` at ${place}`}`;
}

/** The same as one line for a log or a terminal. */
export function faultLine(error: unknown): string {
  return `doorbell: stopped by an unexpected ${faultOf(error)}. Please report this.`;
}

/** The stack without the message, which comes before it and may have any form. */
function framesOf(error: Error): string {
  return (error.stack ?? "").replace(error.message, "").replace(/^(?!\s+at ).*$/gm, "");
}

/** What a log may say of anything that was thrown: its code, or else its name. Its message may quote anything. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
