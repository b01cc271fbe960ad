import { once } from "node:events";
import electron from "./electron.ts";
import { whenChromiumStarts } from "./browser/shared-chromium.ts";
import { asked } from "./desktop-parts.ts";
import { shownTrays } from "./tray.ts";

/** What the driver may ask over the channel that it opened to this process. */
export interface Evaluation {
  readonly id: number;
  /** The text of a function of (electron, argument). */
  readonly source: string;
  readonly argument: unknown;
}

/** What this process tells the driver. */
export type ControlMessage =
  | { readonly type: "chromium"; readonly endpoint: string }
  | { readonly type: "value"; readonly id: number; readonly value: unknown }
  | { readonly type: "error"; readonly id: number; readonly message: string };

/** What only the stand-in can show; the driver finds it as `globalThis.__electronStandIn`. */
const standIn = {
  asked,
  shownTrays,
  systemPrefersDark: (dark: boolean) => electron.nativeTheme.systemPrefers(dark),
};
export type StandIn = typeof standIn;

/** Answers the driver that started this process with a channel; does nothing without one. */
export function openControl(): void {
  const { channel } = process;
  if (!channel) return;
  const tell = (message: ControlMessage): void => void process.send?.(message);
  Object.assign(globalThis, { __electronStandIn: standIn });
  whenChromiumStarts(({ endpoint }) => tell({ type: "chromium", endpoint }));
  process.on("message", (message) => void evaluate(message as Evaluation, tell));
  // A driver must not keep a program alive that has ended.
  channel.unref();
  void once(process, "disconnect").then(() => electron.app.exit(1));
}

async function evaluate(
  { id, source, argument }: Evaluation,
  tell: (message: ControlMessage) => void,
): Promise<void> {
  try {
    // oxlint-disable-next-line no-eval -- the driver sends the text of its own functions
    const run = (0, eval)(`(${source})`) as (module: unknown, argument: unknown) => unknown;
    tell({ type: "value", id, value: await run(electron, argument) });
  } catch (error) {
    tell({
      type: "error",
      id,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
