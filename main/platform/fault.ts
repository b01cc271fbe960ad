/**
 * One line for an error that nobody caught: its kind and its place. Its message stays out, since nobody can say what
 * it quotes.
 */
export function faultLine(error: unknown): string {
  if (!(error instanceof Error))
    return `doorbell: stopped by an unexpected ${typeof error}. Please report this.`;
  const kind = /^\w{1,60}$/.test(error.name) ? error.name : "Error";
  const code =
    "code" in error && typeof error.code === "string" && /^\w{1,60}$/.test(error.code)
      ? ` ${error.code}`
      : "";
  const place = /([\w.-]{1,80}:\d+:\d+)\)?$/m.exec(framesOf(error))?.[1];
  return `doorbell: stopped by an unexpected ${kind}${code}${place === undefined ? "" : ` at ${place}`}. Please report this.`;
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
