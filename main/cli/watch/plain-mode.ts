import { StringDecoder } from "node:string_decoder";
import { texts } from "../../../locales/texts.ts";
import type { AppState } from "../../core/app-state.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import { happenings } from "../../surfaces/terminal/happenings.ts";
import { PAINT, UNPAINTED, type Paint } from "../../surfaces/terminal/paint.ts";
import { liveLines, openCalls, openInvitations, type PlainContext } from "../../surfaces/terminal/plain.ts";
import { Screen } from "../../surfaces/terminal/screen.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { EXIT, type Control, type Front, type ProgramIo } from "../composition.ts";
import { Keyboard } from "../keyboard.ts";
import type { Output } from "../output.ts";
import { KeyCommands } from "./key-commands.ts";
import { BRACKETED_PASTE, KEY_MS, Keystrokes, type Keystroke } from "./keystrokes.ts";
import { pressed } from "./keys.ts";
import { finalStatus, originInQuestion, wantsTheBell } from "./plain-reactions.ts";
import { ringingSound, type RingPlayer } from "./ring-player.ts";
import { questionLines, questionText, type Question } from "./question.ts";
import { Writing } from "./writing.ts";
import { writtenLines } from "./written-row.ts";

/**
 * The form for people. On a terminal the invitations that ring are drawn in place, with the keys that answer them;
 * into anything else each happening is one line.
 */
export class PlainMode implements Front {
  readonly #io: ProgramIo;
  readonly #out: Output;
  readonly #errors: Output;
  readonly #player: RingPlayer;
  readonly #clock: Clock;
  readonly #address: string;
  readonly #paint: Paint;
  /** Whether this output can be drawn on in place, and that input can be asked for keys, in the foreground. */
  readonly #mayDraw: boolean;
  readonly #mayType: boolean;
  readonly #keyboard: Keyboard | null;
  /** Null where nothing can be drawn in place. */
  #screen: Screen | null = null;
  readonly #decoder = new StringDecoder("utf8");
  readonly #keystrokes = new Keystrokes();
  /** Whether the terminal tells where a paste begins and ends. */
  #pastesTold = false;
  /** Set when the session is about to start. */
  #running: Running | null = null;
  #stopTicking: Cancel = () => undefined;
  /** For the rest of a key. */
  #stopWaiting: Cancel = () => undefined;
  #question: Question | null = null;
  readonly #approved = new Set<string>();
  readonly #onResize = (): void => this.#draw();

  constructor(
    io: ProgramIo,
    outputs: { readonly out: Output; readonly errors: Output; readonly player: RingPlayer },
    clock: Clock,
    address: string,
  ) {
    this.#io = io;
    this.#out = outputs.out;
    this.#errors = outputs.errors;
    this.#player = outputs.player;
    this.#clock = clock;
    this.#address = address;
    this.#mayDraw = io.stdout.isTTY === true && io.env["TERM"] !== "dumb";
    this.#mayType = io.stdin.isTTY === true;
    this.#paint = this.#mayDraw && !io.env["NO_COLOR"] ? PAINT : UNPAINTED;
    this.#keyboard =
      this.#mayDraw || this.#mayType
        ? new Keyboard(io, clock, {
            pressed: (chunk) => this.#press(chunk),
            leaving: () => this.#leaveScreen(),
            changed: () => this.#takeScreen(),
          })
        : null;
  }

  start(control: Control): void {
    const hint = (text: string): void => this.#say([this.#paint.bad(safeLine(text))]);
    const writing = new Writing(control.bell, {
      hint,
      begun: (text) => this.#say([this.#paint.faint(safeLine(text))]),
      changed: () => this.#draw(),
    });
    const commands = new KeyCommands(this.#io, control, {
      writing,
      canWrite: () => this.#screen !== null,
      hint,
      ask: (question) => this.#ask(question),
    });
    this.#running = { control, writing, commands };
    control.bell.subscribe((state, previous) => this.#changed(state, previous));
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
    this.#stopWaiting();
    this.#leaveScreen();
    this.#io.stdout.removeListener("resize", this.#onResize);
    this.#keyboard?.close();
    this.#io.stdin.pause();
    await Promise.all([this.#out.flush(), this.#errors.flush()]);
  }

  /** Somebody is there to press keys. */
  get #keys(): boolean {
    return this.#mayType && this.#keyboard?.held === true;
  }

  #leaveScreen(): void {
    this.#player.play(null);
    this.#tellPastes(false);
    this.#screen?.close();
    this.#screen = null;
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
    this.#tellPastes(this.#screen !== null && this.#mayType);
    this.#draw();
  }

  /** Continued in the foreground, the terminal has to be told again: somebody else had it meanwhile. */
  #tellPastes(wanted: boolean): void {
    if (wanted || this.#pastesTold) this.#out.write(wanted ? BRACKETED_PASTE.on : BRACKETED_PASTE.off);
    this.#pastesTold = wanted;
  }

  #changed(state: AppState, previous: AppState): void {
    if (this.#running === null) return;
    const { control, writing, commands } = this.#running;
    commands.update(state);
    writing.forget(state.conversations);
    const final = finalStatus(state, this.#keys);
    this.#askToTrust(state, control);
    this.#say(
      happenings(previous, state, this.#clock.now(), {
        address: this.#address,
        paint: this.#paint,
        everything: this.#screen === null || final !== null,
      }),
    );
    if (this.#screen !== null && wantsTheBell(state, previous, writing.conversation))
      this.#out.write("\u0007");
    this.#draw();
    if (final !== null) control.leave(final);
    else if (this.#keys) writing.see(state.conversations);
  }

  #draw(): void {
    this.#stopTicking();
    if (this.#screen === null || this.#running === null) return;
    const { control, writing, commands } = this.#running;
    const { state } = control.bell;
    this.#player.play(ringingSound(state));
    const now = this.#clock.now();
    const view = writing.view;
    const context: PlainContext = {
      address: this.#address,
      numbers: commands.numbers.byId,
      selected: commands.numbers.selected,
      keys: this.#keys,
      hints: view?.hints ?? null,
      keeps: (conversation) => writing.keeps(conversation),
      // A line that fills the last column would already break in some terminals.
      columns: Math.max(1, (this.#io.stdout.columns || 80) - 1),
      rows: Math.max(1, (this.#io.stdout.rows || 24) - 1),
      paint: this.#paint,
      shown: this.#io.shown,
    };
    const question = this.#question === null ? [] : questionLines(this.#question, context);
    const written = view === null ? null : writtenLines(view, context);
    const own = [...question, ...(written?.lines ?? [])];
    const room = context.rows - own.length;
    // In the smallest window the person sees what is being written; that somebody rings is heard.
    const live =
      room <= 0 && written !== null ? [] : liveLines(state, now, { ...context, rows: Math.max(1, room) });
    this.#screen.draw([...live, ...own], written?.caret ?? null);
    const { session } = state;
    const counting = session.name === "reconnecting" && session.retryAt !== null && session.retryAt > now;
    if (counting || openInvitations(state).length > 0 || openCalls(state).length > 0)
      this.#stopTicking = this.#clock.after(1_000, () => this.#draw());
  }

  /** Asks once for each origin; only where keys can be pressed. */
  #askToTrust(state: AppState, control: Control): void {
    const origin = originInQuestion(state);
    const about = origin === null ? null : `trust ${origin}`;
    if (!this.#keys || about === (this.#question?.about ?? null)) return;
    // The sign-in that was asked about has not ended yet.
    if (origin !== null && this.#approved.has(origin)) return;
    if (origin !== null && about !== null)
      this.#ask({
        about,
        text: texts.terminal.questions.trust(origin),
        answered: (yes) => {
          if (!yes) return control.leave(EXIT.noServer);
          this.#approved.add(origin);
          control.trust(origin);
        },
      });
    else if (this.#question?.about.startsWith("trust ")) this.#question = null;
  }

  #ask(question: Question): void {
    this.#question = question;
    if (this.#screen === null) this.#errors.write(questionText(question));
  }

  #press(chunk: Buffer | string): void {
    if (this.#running === null) return;
    this.#stopWaiting();
    this.#take(
      this.#keystrokes.read(typeof chunk === "string" ? chunk : this.#decoder.write(chunk)),
      this.#running,
    );
    if (this.#keystrokes.unfinished) this.#stopWaiting = this.#clock.after(KEY_MS, () => this.#settle());
  }

  #settle(): void {
    if (this.#running !== null) this.#take(this.#keystrokes.settle(), this.#running);
  }

  #take(strokes: readonly Keystroke[], { writing, commands }: Running): void {
    // Where a text is being written everything is text but what ends it.
    if (writing.view !== null) {
      for (const stroke of strokes) {
        if (stroke.kind === "interrupt" || stroke.kind === "stop") commands.carryOut(pressed([stroke]));
        else writing.press(stroke);
      }
    } else if (this.#question === null || !this.#answerQuestion(strokes, this.#question))
      commands.carryOut(pressed(strokes));
    this.#draw();
  }

  /** Whether the key was an answer. Enter alone is the answer in capitals: no. */
  #answerQuestion(strokes: readonly Keystroke[], question: Question): boolean {
    const [stroke, ...others] = strokes;
    if (stroke === undefined || others.length > 0) return false;
    const answer = stroke.kind === "text" ? stroke.text.toLowerCase() : stroke.kind;
    const letters = texts.terminal.questions;
    // Both letters mean yes, as to other programs of a terminal.
    const yes = answer === letters.yes || answer === "y";
    if (!yes && answer !== letters.no && answer !== "n" && answer !== "enter") return false;
    this.#question = null;
    const letter = yes ? letters.yes : letters.no;
    if (this.#screen === null) this.#errors.write(`${letter}\n`);
    else this.#screen.print([`${questionText(question)}${letter}`]);
    question.answered(yes);
    return true;
  }

  #say(lines: readonly string[]): void {
    if (this.#screen === null) for (const line of lines) this.#out.write(`${line}\n`);
    else this.#screen.print(lines);
  }
}

/** What there is once the session is about to start. */
interface Running {
  readonly control: Control;
  readonly writing: Writing;
  readonly commands: KeyCommands;
}
