import type { Clock } from "../../platform/ports.ts";
import type { Output } from "../output.ts";
import type { Check, Report } from "./check.ts";

/** One JSON object a line, the public form that scripts read: fields are added, never renamed or removed. */
export class JsonReport implements Report {
  readonly #out: Output;
  readonly #errors: Output;
  readonly #clock: Clock;

  constructor(outputs: { readonly out: Output; readonly errors: Output }, clock: Clock) {
    this.#out = outputs.out;
    this.#errors = outputs.errors;
    this.#clock = clock;
  }

  check({ name, result, detail }: Check): void {
    this.#line({ type: "check", at: this.#at(), name, result, detail });
  }

  progress(): void {
    // A line is a finding; a reader that waits for the next one knows as much.
  }

  verdict(ok: boolean): void {
    this.#line({ type: "verdict", at: this.#at(), ok });
  }

  notice(line: string): void {
    this.#errors.write(`${line}\n`);
  }

  async close(): Promise<void> {
    await Promise.all([this.#out.flush(), this.#errors.flush()]);
  }

  #at(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  #line(body: Readonly<Record<string, string | boolean>>): void {
    this.#out.write(`${JSON.stringify(body)}\n`);
  }
}
