import type { Clock, Logger } from "../../platform/ports.ts";
import { answerLine, JsonLines, type CommandAnswer } from "../../surfaces/terminal/json-lines.ts";
import { answerTo, carryOut } from "./carry-out.ts";
import { readCommand } from "./command.ts";
import { EXIT, type Control, type Front } from "../composition.ts";
import type { InputLine } from "./lines.ts";
import type { Output } from "../output.ts";

/** How long answers that are still due may hold up the end, in milliseconds. */
const LAST_ANSWERS_LIMIT_MS = 1_000;

/** Lines of JSON in and out: the form for scripts. */
export class JsonMode implements Front {
  readonly #out: Output;
  readonly #errors: Output;
  readonly #lines: AsyncGenerator<InputLine>;
  readonly #clock: Clock;
  readonly #logger: () => Logger;
  readonly #due = new Set<Promise<void>>();
  #over = false;

  constructor(
    io: { readonly out: Output; readonly errors: Output; readonly lines: AsyncGenerator<InputLine> },
    clock: Clock,
    logger: () => Logger,
  ) {
    this.#out = io.out;
    this.#errors = io.errors;
    this.#lines = io.lines;
    this.#clock = clock;
    this.#logger = logger;
  }

  start(control: Control): void {
    const lines = new JsonLines(control.bell.state.session);
    const tell = (): void => {
      for (const line of lines.changes(control.bell.state, this.#clock.now())) this.#out.write(`${line}\n`);
    };
    control.bell.subscribe(tell);
    tell();
    void this.#obey(control);
  }

  notice(line: string): void {
    this.#errors.write(`${line}\n`);
  }

  async close(): Promise<void> {
    this.#over = true;
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(LAST_ANSWERS_LIMIT_MS, resolve);
    await Promise.race([Promise.all(this.#due), tooLong]);
    cancel();
    await Promise.all([this.#out.flush(), this.#errors.flush()]);
  }

  /** One command after the other is begun; none waits for the answer of the one before. */
  async #obey(control: Control): Promise<void> {
    for await (const line of this.#lines) {
      if (this.#over) return;
      const reading = readCommand(line);
      if (!reading.ok) this.#answer(reading.answer);
      else if (reading.command.name === "quit") {
        this.#answer(await carryOut(reading.command, control));
        break;
      } else {
        const { command } = reading;
        const answered = carryOut(command, control)
          .catch((): CommandAnswer => {
            this.#logger().error("commandFailed", { command: command.name });
            return answerTo(command, { code: "internal", message: "The command failed inside Doorbell." });
          })
          .then((answer) => this.#answer(answer));
        this.#due.add(answered);
        void answered.then(() => this.#due.delete(answered));
      }
      // A reader that does not read its answers gets no more of them, instead of filling the memory.
      await this.#out.ready();
    }
    control.leave(EXIT.quit);
  }

  #answer(answer: CommandAnswer): void {
    this.#out.write(`${answerLine(answer, this.#clock.now())}\n`);
  }
}
