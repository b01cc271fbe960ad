import type { Reporter } from "@playwright/test/reporter";
import { chooseRuntime, runtimeSummary } from "../driver/runtime.ts";

/** Says at the end which runtime the suite held and which it did not. */
export default class RuntimeReporter implements Reporter {
  onEnd(): void {
    console.log(runtimeSummary(chooseRuntime()));
  }
}
