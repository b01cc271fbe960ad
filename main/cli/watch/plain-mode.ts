import { styleText } from "node:util";
import type { AppState, AnswerReceipt } from "../../core/app-state.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import {
  happenings,
  liveLines,
  openInvitations,
  UNPAINTED,
  type Paint,
} from "../../surfaces/terminal/plain.ts";
import { Screen } from "../../surfaces/terminal/screen.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { EXIT, type Control, type Front, type ProgramIo } from "../composition.ts";
import { KeyNumbers, pressed } from "./keys.ts";
import type { Output } from "../output.ts";

/**
 * The form for people. On a terminal the invitations that ring are drawn in place, with the keys that answer them;
 * into anything else each happening is one line.
 */
export class PlainMode implements Front {
  readonly #io: ProgramIo;
  readonly #out: Output;
  readonly #errors: Output;
  readonly #clock: Clock;
  readonly #address: string;
  readonly #paint: Paint;
  /** Null where nothing can be drawn in place. */
  readonly #screen: Screen | null;
  readonly #keys: boolean;
  readonly #numbers = new KeyNumbers();
  #control: Control | null = null;
  #stopTicking: Cancel = () => undefined;
  /** What the person is asked to approve; null while nothing is asked. */
  #question: string | null = null;
  readonly #approved = new Set<string>();
  readonly #onKey = (chunk: Buffer | string): void => this.#press(String(chunk));
  readonly #onResize = (): void => this.#draw();

  constructor(
    io: ProgramIo,
    outputs: { readonly out: Output; readonly errors: Output },
    clock: Clock,
    address: string,
  ) {
    this.#io = io;
    this.#out = outputs.out;
    this.#errors = outputs.errors;
    this.#clock = clock;
    this.#address = address;
    const terminal = io.stdout.isTTY === true && io.env["TERM"] !== "dumb";
    this.#paint = terminal && !io.env["NO_COLOR"] ? PAINT : UNPAINTED;
    this.#keys = io.stdin.isTTY === true;
    this.#screen = terminal
      ? new Screen({
          write: (text) => this.#out.write(text),
          get columns() {
            return io.stdout.columns ?? 80;
          },
        })
      : null;
  }

  start(control: Control): void {
    this.#control = control;
    control.bell.subscribe((state, previous) => this.#changed(state, previous, control));
    if (this.#keys) {
      this.#io.stdin.setRawMode?.(true);
      this.#io.stdin.on("data", this.#onKey);
      this.#io.stdin.once("end", () => control.leave(EXIT.quit));
      this.#io.stdin.resume();
    }
    this.#io.stdout.on("resize", this.#onResize);
    this.#draw();
  }

  notice(line: string): void {
    // On one terminal a line of its own would end up in the middle of what is drawn.
    if (this.#screen !== null && this.#io.stderr.isTTY === true) this.#screen.print([line]);
    else this.#errors.write(`${line}\n`);
  }

  async close(): Promise<void> {
    this.#stopTicking();
    this.#screen?.close();
    this.#io.stdout.removeListener("resize", this.#onResize);
    this.#io.stdin.removeListener("data", this.#onKey);
    if (this.#keys) this.#io.stdin.setRawMode?.(false);
    this.#io.stdin.pause();
    await Promise.all([this.#out.flush(), this.#errors.flush()]);
  }

  #changed(state: AppState, previous: AppState, control: Control): void {
    const open = openInvitations(state);
    this.#numbers.update(open.map(({ id }) => id));
    const final = finalStatus(state);
    this.#ask(questionOf(state));
    this.#say(
      happenings(previous, state, this.#clock.now(), {
        address: this.#address,
        paint: this.#paint,
        everything: this.#screen === null || final !== null,
      }),
    );
    const known = new Set(previous.invitations.map(({ id }) => id));
    if (this.#screen !== null && open.some(({ id }) => !known.has(id))) this.#out.write("\u0007");
    this.#draw();
    if (final !== null) control.leave(final);
  }

  #draw(): void {
    this.#stopTicking();
    if (this.#screen === null || this.#control === null) return;
    const { state } = this.#control.bell;
    const now = this.#clock.now();
    // A line that fills the last column would already break in some terminals.
    const columns = Math.max(1, (this.#io.stdout.columns ?? 80) - 1);
    const question = this.#question === null ? [] : questionLines(this.#question, columns, this.#paint);
    const live = liveLines(state, now, {
      address: this.#address,
      numbers: this.#numbers.byId,
      selected: this.#numbers.selected,
      keys: this.#keys,
      columns,
      rows: Math.max(1, (this.#io.stdout.rows ?? 24) - 1 - question.length),
      paint: this.#paint,
    });
    this.#screen.draw([...live, ...question]);
    const { session } = state;
    const counting = session.name === "reconnecting" && session.retryAt !== null && session.retryAt > now;
    if (counting || openInvitations(state).length > 0)
      this.#stopTicking = this.#clock.after(1_000, () => this.#draw());
  }

  /** Asks once for each origin; only where keys can be pressed. */
  #ask(origin: string | null): void {
    if (!this.#keys || origin === this.#question) return;
    // The sign-in that was asked about has not ended yet.
    if (origin !== null && this.#approved.has(origin)) return;
    this.#question = origin;
    if (origin !== null && this.#screen === null) this.#errors.write(questionText(origin));
  }

  #press(chunk: string): void {
    const control = this.#control;
    if (control === null) return;
    if (this.#question !== null && this.#answerQuestion(chunk, this.#question, control)) return;
    for (const key of pressed(chunk)) {
      const open = openInvitations(control.bell.state);
      switch (key.kind) {
        case "number":
          if (!this.#numbers.select(key.number)) this.#hint(`Nobody rings as ${key.number}.`);
          break;
        case "accept":
        case "decline": {
          const chosen = open.length === 1 ? open[0] : open.find(({ id }) => id === this.#numbers.selected);
          if (chosen !== undefined)
            void this.#answered(
              control,
              chosen.id,
              key.kind === "accept" ? control.bell.accept(chosen.id) : control.bell.decline(chosen.id),
            );
          else if (open.length > 1) this.#hint("Several are ringing: press the number of one first.");
          break;
        }
        case "tryNow":
          control.tryNow();
          break;
        case "quit":
          control.leave(EXIT.quit);
          break;
        case "interrupt":
          this.#io.interruption.raise(EXIT.interrupted);
          break;
      }
      this.#draw();
    }
  }

  /** Whether the key was an answer. Enter alone is the answer in capitals: no. */
  #answerQuestion(chunk: string, origin: string, control: Control): boolean {
    const answer = chunk.toLowerCase();
    const yes = answer === "y";
    if (!yes && answer !== "n" && answer !== "\r" && answer !== "\n") return false;
    this.#question = null;
    const line = `${questionText(origin)}${yes ? "y" : "n"}`;
    if (this.#screen === null) this.#errors.write(`${yes ? "y" : "n"}\n`);
    else this.#screen.print([line]);
    if (yes) {
      this.#approved.add(origin);
      control.trust(origin);
    } else control.leave(EXIT.noServer);
    return true;
  }

  async #answered(control: Control, id: string, answering: Promise<AnswerReceipt>): Promise<void> {
    const receipt = await answering;
    if (receipt.ok) return;
    // What the state says of it is on the screen already.
    const invitation = control.bell.state.invitations.find((candidate) => candidate.id === id);
    const shown = invitation !== undefined && invitation.answerProblem !== null;
    if (!shown) this.#hint(receipt.error.message);
  }

  #hint(text: string): void {
    this.#say([this.#paint.bad(safeLine(text))]);
  }

  #say(lines: readonly string[]): void {
    if (this.#screen === null) for (const line of lines) this.#out.write(`${line}\n`);
    else this.#screen.print(lines);
  }
}

/** The exit status for what only another start can mend; null when there is a point in going on. */
function finalStatus({ session }: AppState): number | null {
  if (session.name !== "attention") return null;
  if (session.reason === "badCredentials" || session.reason === "signInNotOffered") return EXIT.signInRefused;
  return session.reason === "notFound" ? EXIT.noServer : null;
}

/** The origin that discovery stopped at, when the person's word is enough to go on. */
function questionOf({ session }: AppState): string | null {
  if (session.name !== "attention" || session.reason !== "untrustedServer") return null;
  return session.origin ?? null;
}

function questionText(origin: string): string {
  return `Trust ${safeLine(origin)}? [y/N] `;
}

/** Never cut: an origin that is read in part may be taken for another. */
function questionLines(origin: string, columns: number, paint: Paint): string[] {
  const text = questionText(origin).trimEnd();
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += columns) lines.push(paint.strong(text.slice(at, at + columns)));
  return lines;
}

const paintWith =
  (format: Parameters<typeof styleText>[0]) =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

const PAINT: Paint = {
  strong: paintWith("bold"),
  faint: paintWith("dim"),
  good: paintWith("green"),
  bad: paintWith("red"),
};
