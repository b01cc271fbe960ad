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
import { Keyboard } from "../keyboard.ts";
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
  /** Whether this output can be drawn on in place, and that input can be asked for keys, in the foreground. */
  readonly #mayDraw: boolean;
  readonly #mayType: boolean;
  readonly #keyboard: Keyboard | null;
  /** Null where nothing can be drawn in place. */
  #screen: Screen | null = null;
  readonly #numbers = new KeyNumbers();
  #control: Control | null = null;
  #stopTicking: Cancel = () => undefined;
  /** What the person is asked to approve; null while nothing is asked. */
  #question: string | null = null;
  readonly #approved = new Set<string>();
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
    this.#mayDraw = io.stdout.isTTY === true && io.env["TERM"] !== "dumb";
    this.#mayType = io.stdin.isTTY === true;
    this.#paint = this.#mayDraw && !io.env["NO_COLOR"] ? PAINT : UNPAINTED;
    this.#keyboard =
      this.#mayDraw || this.#mayType
        ? new Keyboard(io, clock, {
            pressed: (chunk) => this.#press(String(chunk)),
            leaving: () => {
              this.#screen?.close();
              this.#screen = null;
            },
            changed: () => this.#takeScreen(),
          })
        : null;
  }

  start(control: Control): void {
    this.#control = control;
    control.bell.subscribe((state, previous) => this.#changed(state, previous, control));
    this.#keyboard?.open();
    if (this.#mayType) this.#io.stdin.once("end", () => control.leave(EXIT.quit));
    this.#io.stdout.on("resize", this.#onResize);
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
    this.#keyboard?.close();
    this.#io.stdin.pause();
    await Promise.all([this.#out.flush(), this.#errors.flush()]);
  }

  /** Somebody is there to press keys. */
  get #keys(): boolean {
    return this.#mayType && this.#keyboard?.held === true;
  }

  /** What was drawn stays where it is; from now on lines are printed, or a new screen is drawn. */
  #takeScreen(): void {
    const { stdout } = this.#io;
    this.#screen =
      this.#mayDraw && this.#keyboard?.held === true
        ? new Screen({
            write: (text) => this.#out.write(text),
            get columns() {
              return stdout.columns || 80;
            },
          })
        : null;
    this.#draw();
  }

  #changed(state: AppState, previous: AppState, control: Control): void {
    const open = openInvitations(state);
    this.#numbers.update(open.map(({ id }) => id));
    const final = finalStatus(state, this.#keys);
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
    const columns = Math.max(1, (this.#io.stdout.columns || 80) - 1);
    const question = this.#question === null ? [] : questionLines(this.#question, columns, this.#paint);
    const live = liveLines(state, now, {
      address: this.#address,
      numbers: this.#numbers.byId,
      selected: this.#numbers.selected,
      keys: this.#keys,
      columns,
      rows: Math.max(1, (this.#io.stdout.rows || 24) - 1 - question.length),
      paint: this.#paint,
      shown: this.#io.shown,
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
        case "stop":
          this.#io.job.stop();
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

/** The exit status for what only another start can mend, or a person who is not there; null when there is a point in going on. */
function finalStatus({ session }: AppState, somebodyIsThere: boolean): number | null {
  if (session.name !== "attention") return null;
  if (session.reason === "notFound") return EXIT.noServer;
  const refused = session.reason === "badCredentials" || session.reason === "signInNotOffered";
  return refused || !somebodyIsThere ? EXIT.signInRefused : null;
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
