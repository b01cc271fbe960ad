import { ControlError, listen } from "../../ucwa-server/index.ts";
import type { Control, Listening } from "../../ucwa-server/index.ts";
import { brokenPromises, newCall, serverForgets, timePassed } from "../../protocol/kept-promise.ts";
import type { Call, Told } from "../../protocol/kept-promise.ts";
import type { Chance } from "./chance.ts";
import { ClientProcess } from "./client-process.ts";
import type { ClientLine } from "./client-process.ts";
import { drawCall } from "./people.ts";
import type { CallPlan } from "./people.ts";
import { lateness, STILL_OPEN } from "./played-call.ts";
import type { Played } from "./played-call.ts";
import { calmDown, drawSpelling } from "./trouble.ts";
import type { Trouble } from "./trouble.ts";

export const USER = { address: "ada@doorbell.example", password: "ada" };
/** The server, the client at it, and all that is known of the calls between them. */
export class Stage {
  readonly counts = new Map<string, number>();
  readonly broken: string[] = [];
  readonly client: ClientProcess;
  readonly #calls: Call[] = [];
  readonly #told = new Map<string, Told[]>();
  readonly #playing = new Map<string, Played>();
  readonly #alive = new Map<string, string>();
  readonly #chance: Chance;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #breaches = new Map<string, number>();
  #listening: Listening;
  #session = "signedOut";
  #sessionSince = Date.now();
  #inTrouble = false;
  #lookedAt = Date.now();

  private constructor(listening: Listening, chance: Chance, where: { home: string; log: string }) {
    this.#listening = listening;
    this.#chance = chance;
    this.client = new ClientProcess(`${listening.discovery}/`, USER, where, (line) => this.#hear(line));
  }

  static async open(chance: Chance, where: { home: string; log: string }): Promise<Stage> {
    return new Stage(await listen(), chance, where);
  }

  get control(): Control {
    return this.#listening.server.control;
  }

  /** Breaches of the protocol, but those that a client cannot help: it does not know of an answer that was lost. */
  get breaches(): readonly string[] {
    return [...this.#breaches].map(([breach, times]) => `${breach} (${times} times)`);
  }

  get session(): { readonly state: string; readonly sinceMs: number } {
    return { state: this.#session, sinceMs: Date.now() - this.#sessionSince };
  }

  /** Calls whose end is still to come, for the server or for the client. */
  get openCalls(): number {
    return [...this.#playing.values()].filter(({ finalAt }) => finalAt === null).length + this.#alive.size;
  }

  invite(): void {
    const subject = `call ${this.#calls.length + 1}`;
    const plan = drawCall(this.#chance, USER.address, subject);
    try {
      const id = this.control.invite(plan.request);
      const call = newCall({ subject, id, caller: plan.caller, disturbed: !this.#inOrder });
      this.#calls.push(call);
      this.#playing.set(subject, { ...plan, call, connectedAt: null, lateMs: 0, finalAt: null });
      this.#count("calls");
      if (plan.deed !== null) this.#later(plan.deedAfterMs, () => this.#deed(plan.deed, id));
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      // Nobody is signed in: the caller hears so, and nothing has to ring.
      this.#count("callers who found nobody signed in");
      if (this.#inOrder) this.broken.push(`${subject} could not call, and all was in order`);
    }
  }

  begin(trouble: Trouble): void {
    this.look();
    this.#inTrouble = true;
    for (const { call } of this.#playing.values()) if (!call.shown) call.disturbed = true;
    trouble.begin(this.control);
    this.#count(`trouble: ${trouble.kind}`);
  }

  /** The server is started anew at the same addresses, and knows nothing. */
  async restart(): Promise<void> {
    this.#inTrouble = true;
    this.#count("trouble: server started anew");
    const { discovery, applications } = this.#listening;
    await this.#listening.close();
    // What came to its end while the server was being closed may have been told.
    this.look();
    for (const { call } of this.#playing.values()) {
      serverForgets(call);
      if (call.known === "connected") call.known = "over";
      call.lost = true;
    }
    const [port, applicationsPort] = [discovery, applications].map((origin) => Number(new URL(origin).port));
    this.#listening = await listen({
      port: port ?? 0,
      applicationsPort: applicationsPort ?? 0,
      restarted: true,
    });
  }

  /** All is in order again; applications that a client was told are gone end now, and not after a quarter of an hour. */
  calm(): void {
    this.look();
    calmDown(this.control);
    this.control.setSwitches(drawSpelling(this.#chance));
    const { applications } = this.control.state();
    if (applications.some(({ parked }) => parked > 0))
      for (const { id, parked } of applications)
        if (parked === 0) this.control.kill({ id }, 404, "ApplicationNotFound");
    this.#inTrouble = false;
  }

  /** The person presses "try now". */
  reconnect(): void {
    this.#count("reconnect pressed");
    this.client.send({ reconnect: true });
  }

  /** What was broken in the end, in sentences. */
  verify(): readonly string[] {
    this.look();
    return [...this.broken, ...brokenPromises(this.#calls, this.#told)];
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.client.kill();
    await this.#listening.close();
  }

  get #inOrder(): boolean {
    if (this.#inTrouble || this.#session !== "online") return false;
    const { applications, faults, held } = this.control.state();
    return faults.length === 0 && held === 0 && applications.some(({ parked }) => parked > 0);
  }

  /** Looks at what has become of every call since the last look. */
  look(): void {
    const now = Date.now();
    const passedMs = now - this.#lookedAt;
    this.#lookedAt = now;
    const { applications, breaches, faults, held, invitations } = this.control.state();
    // What waits for a request that is held back has been taken from the list.
    const deaf = held > 0 || faults.some(({ endpoint }) => endpoint === "events" || endpoint === "any");
    const inOrder = this.#inOrder;
    const parkedAt = new Set(applications.filter(({ parked }) => parked > 0).map(({ id }) => id));
    const views = new Map(invitations.map((view) => [view.id, view]));
    for (const [subject, played] of this.#playing) {
      const { call } = played;
      const view = views.get(call.id);
      if (view && call.known !== "lost") {
        const isNews = STILL_OPEN.has(call.known) && !STILL_OPEN.has(view.state);
        // No client is told how it ended: the contract calls that missed.
        if (isNews && view.state !== "connected" && this.control.switches.withoutReason) call.untold = true;
        call.known = view.state;
      }
      const here = view === undefined || view.endpoints.some(({ application }) => parkedAt.has(application));
      if (!call.shown) timePassed(call, passedMs, { inOrder: inOrder && here, deaf });
      this.#talk(played);
      const isAlive = this.#isAlive(subject);
      const late = lateness(played, isAlive && inOrder && here, passedMs);
      if (late !== null) this.broken.push(late);
      if (STILL_OPEN.has(call.known) || call.known === "connected" || isAlive) continue;
      played.finalAt ??= now;
      // It may be told of late, but not that late.
      if (now - played.finalAt > 60_000) this.#playing.delete(subject);
    }
    for (const { rule, method, address } of breaches) {
      // A server takes for told what it has answered; it cannot know that the answer was lost on the way.
      if (rule === "requestToDeadApplication") continue;
      const breach = `${rule} ${method} ${address.replaceAll(/\d{6,}/g, "N")}`;
      this.#breaches.set(breach, (this.#breaches.get(breach) ?? 0) + 1);
    }
    this.control.clearBreaches();
  }

  /** A connected caller says something, and hangs up. */
  #talk(played: Played): void {
    const { call } = played;
    if (call.known !== "connected") return;
    if (played.connectedAt === null) {
      played.connectedAt = Date.now();
      this.#later(played.talksMs / 2, () =>
        this.#attempt(() => this.control.say(call.id, "Good to hear you.")),
      );
      this.#later(played.talksMs, () => this.#attempt(() => this.control.cancel(call.id)));
    }
  }

  #isAlive(subject: string): boolean {
    return [...this.#alive.values()].includes(subject);
  }

  #hear(line: ClientLine): void {
    if (line.type === "session") this.#hearSession(line);
    if (line.type !== "invitation") return;
    const { id, subject, state, endedAt, from } = line;
    const versions = this.#told.get(id) ?? [];
    versions.push({ subject, state, endedAt, from: { name: from.name, uri: from.uri } });
    this.#told.set(id, versions);
    const played = this.#playing.get(subject);
    if (endedAt === null) this.#alive.set(id, subject);
    else {
      this.#alive.delete(id);
      this.#count(`ended: ${state}`);
      if (played) {
        played.call.shown = true;
        // It rang by an application that the client has lost, or was told it has.
        if (state === "withdrawn" && played.call.disturbed) played.call.lost = true;
      }
    }
    if (state === "ringing" && versions.filter((one) => one.state === "ringing").length === 1)
      this.#count("rang");
    if (played && line.canAccept && state === "ringing" && played.answer !== null) this.#answer(id, played);
  }

  #hearSession({ state, reason }: ClientLine): void {
    if (state === "online" && this.#session !== "online") this.#count("online");
    if (state === "attention") {
      this.#count(`attention: ${String(reason)}`);
      this.#later(this.#chance.between(500, 5_000), () => this.reconnect());
    }
    if (state !== this.#session) this.#sessionSince = Date.now();
    this.#session = state;
  }

  #answer(id: string, played: Played): void {
    const { call, answer } = played;
    if (answer === null || call.tried.has(answer)) return;
    call.tried.add(answer);
    this.#later(played.answerAfterMs, () => {
      if (!this.#alive.has(id)) return;
      this.#count(`answered: ${answer}`);
      this.client.send({ [answer]: id });
    });
  }

  #deed(deed: CallPlan["deed"], id: string): void {
    this.#attempt(() => {
      if (this.control.calls.find(id)?.ringing !== true || deed === null) return;
      if (deed === "forward") this.control.forward(id, { uri: "sip:chen@doorbell.example" });
      else this.control[deed](id);
    });
  }

  /** Somebody else was faster. */
  #attempt(deed: () => void): void {
    try {
      deed();
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
    }
  }

  #later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    this.#timers.add(timer);
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}
