import type { ElectronApplication } from "@playwright/test";

/** What one of these asks of Playwright. */
export type Evaluating = Pick<ElectronApplication, "evaluate">;

/** What V8 answers for a promise that nobody but the debugger's weak handle held. */
const COLLECTED = "promise was garbage collected";

interface Call {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

let last = 0;

/**
 * Runs a function in the main process exactly once, and answers what it answered.
 *
 * Playwright waits for a promise that the program itself does not hold. When the program collects garbage before that
 * promise is settled, Playwright throws, although the function has run (microsoft/playwright#33737). The answer is
 * therefore kept in the program under a number, and asked for again by it: a click is not made twice.
 */
export async function evaluateOnce(
  app: Evaluating,
  run: (...given: never[]) => unknown,
  argument: unknown,
): Promise<unknown> {
  const call: Call = { id: ++last, source: String(run), argument };
  for (;;) {
    try {
      return await app.evaluate(keepingAnswer, call);
    } catch (error) {
      if (!String(error).includes(COLLECTED)) throw error;
    }
  }
}

/** Runs in the main process. */
function keepingAnswer(electron: unknown, { id, source, argument }: Call): unknown {
  const kept = (globalThis.__answers ??= new Map<number, unknown>());
  if (!kept.has(id)) {
    // Several may be asked for at the same time; what is older than these has been read.
    kept.delete(id - 100);
    const run = process.getBuiltinModule("node:vm").runInThisContext(`(${source})`) as (
      ...given: unknown[]
    ) => unknown;
    kept.set(id, run(electron, argument));
  }
  return kept.get(id);
}

declare global {
  var __answers: Map<number, unknown> | undefined;
}
