import { Doorbell } from "../../main/core/doorbell.ts";
import type { Invitation } from "../../main/invitations/invitation.ts";
import { NAP_MS } from "../../main/invitations/machine/timing.ts";
import type { Logger } from "../../main/platform/ports.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { createSession } from "../../main/ucwa/session.ts";
import type { Session } from "../../main/ucwa/session.ts";
import { systemRandom } from "../../main/platform/system.ts";
import { newCall, serverForgets, timePassed } from "./kept-promise.ts";
import type { Call } from "./kept-promise.ts";
import { Machine } from "./machine.ts";
import { FAILURES, LOSSY, PEACEFUL } from "./steps.ts";
import type { Step } from "./steps.ts";
import { Talks } from "./talks.ts";
import { ACCOUNT, TOSH, Wire } from "./wire.ts";
import type { WireOptions } from "./wire.ts";

const CALLER = { uri: "sip:dana@partner.example", name: "Dana Birkby" };
const OTHERS = [
  { uri: "sip:mei@partner.example", name: "Mei Tanaka" },
  { uri: "sip:ola@partner.example", name: "Ola Nordby" },
];
const UNKNOWN_EVENT = { type: "updated", link: { rel: "weatherReport", href: "weather" } };
/** How closely the world is looked at while a call is alive. */
const LOOK_EVERY_MS = 1_000;

/** A client and a server, everything that the client's surfaces were told, and what the server knows. */
export class Scenario {
  readonly world = new VirtualClock();
  readonly machine = new Machine(this.world);
  readonly wire: Wire;
  readonly told = new Map<string, Invitation[]>();
  readonly log: string[] = [];
  /** What the client has logged as an error: a fault of its own, which the person would see as one more retry. */
  readonly errors: string[] = [];
  readonly calls: Call[] = [];
  readonly talks: Talks;
  readonly breaches = new Set<string>();
  readonly bell: Doorbell;
  readonly session: Session;
  #lossy = false;
  #peaceful = true;

  constructor(options: WireOptions & { readonly present?: () => boolean } = {}) {
    this.wire = new Wire(this.world, options);
    const logger = this.#logger();
    const clock = this.machine;
    let numbers = 0;
    const own = { drawsPhotos: true, followsPresence: true } as const;
    const bell = new Doorbell({ clock, random: systemRandom, logger, ...own });
    bell.subscribe((state, previous) => {
      for (const invitation of state.invitations)
        if (!previous.invitations.includes(invitation)) this.#hear(invitation);
      this.talks.hear(state.conversations, previous.conversations);
    });
    this.bell = bell;
    this.talks = new Talks(bell, () => this.wire.server.control);
    this.session = createSession({
      fetch: this.wire.fetchOf(() => this.machine.asleep),
      clock,
      random: { uuid: () => `instance-${++numbers}`, fraction: () => 0.5 },
      logger,
      ...(options.present ? { present: options.present } : {}),
      listener: {
        stateChanged: (state) => bell.stateChanged(state),
        received: (events) => bell.received(events),
        channelInterrupted: (generation, how) => bell.channelInterrupted(generation, how),
        generationEnded: (generation) => {
          for (const call of this.#open()) call.lost = true;
          this.talks.lose();
          bell.generationEnded(generation);
        },
      },
      account: ACCOUNT,
    });
    bell.attach(this.session);
    this.session.start();
  }

  #logger(): Logger {
    const note: Logger["info"] = (event, fields) =>
      void this.log.push(`${this.world.now() % 1e8} ${event} ${JSON.stringify(fields ?? {})}`);
    const error: Logger["error"] = (event, fields) => {
      note(event, fields);
      this.errors.push(`${event} ${JSON.stringify(fields ?? {})}`);
    };
    return { error, warn: note, info: note, debug: note };
  }

  async take(one: Step): Promise<void> {
    const { control } = this.wire.server;
    this.log.push(`${this.world.now() % 1e8} === ${JSON.stringify(one)}`);
    this.#lossy ||= LOSSY.has(one.do);
    this.#peaceful &&= PEACEFUL.has(one.do);
    const ringing = control.calls.list.find((call) => call.ringing)?.id;
    switch (one.do) {
      case "invite":
        this.#invite(one.rings, one.others ?? 0, one.opens ?? false);
        break;
      case "say":
        this.talks.say(one.count);
        break;
      case "callerSays":
        this.talks.callerSays(one.count);
        break;
      case "hangUp":
      case "leave":
      case "sayAgain":
        this.talks[one.do]();
        break;
      case "cancel":
      case "answerElsewhere":
        if (ringing !== undefined) control[one.do](ringing);
        break;
      case "forward":
        if (ringing !== undefined) control.forward(ringing, { uri: "sip:chen@contoso.example" });
        break;
      case "accept":
      case "decline":
        this.#answer(one.do);
        break;
      case "restart":
        this.#ask();
        for (const call of this.calls) serverForgets(call);
        this.wire.restart();
        break;
      case "expireTokens":
        control.expireTokens();
        break;
      case "tryNow":
        this.session.tryNow();
        break;
      case "weather":
        this.wire.weather = one.weather;
        if (!this.wire.passable) this.#disturb();
        break;
      case "cut":
        control.addFault({ endpoint: one.endpoint, cut: one.cut, at: one.at ?? "answer" });
        break;
      case "page":
        control.addFault({ endpoint: one.endpoint, status: one.status, html: true, at: one.at, now: true });
        this.#disturb();
        break;
      case "sicken":
        control.addFault({
          ...FAILURES[one.how],
          endpoint: "events",
          delayMs: one.lateMs,
          times: one.times,
          now: true,
        });
        this.#disturb();
        break;
      case "prattle":
        for (let left = one.packages; left > 0; left--) {
          if (one.events) control.conversations.emit(UNKNOWN_EVENT);
          else control.conversations.interject("nothing");
          await this.pass(1);
        }
        break;
      case "status":
        control.addFault({ endpoint: one.endpoint, status: one.status, html: one.html, now: true });
        this.#disturb();
        break;
      case "deny":
        control.addFault({ endpoint: one.endpoint, failure: "ApplicationNotFound", now: true });
        this.#disturb();
        break;
      case "kill":
        control.kill({}, one.status, one.subcode);
        this.#disturb();
        break;
      case "sleep":
        this.#disturb();
        await this.machine.sleep(one.ms);
        for (const call of this.#open()) call.darkMs += one.ms;
        if (one.told) await this.wake();
        break;
      case "setClock":
        this.machine.setClock(one.byMs);
        // Forward, it cannot be told from sleep: nothing is believed to ring for so long, and it need not ring either.
        if (one.byMs > NAP_MS)
          for (const call of this.#open())
            Object.assign(call, { disturbed: true, darkMs: one.byMs, inOrderMs: -Infinity });
        break;
    }
    await this.pass(one.wait);
  }

  /** The program hears that the machine woke up, or that the network is back. */
  async wake(): Promise<void> {
    this.wire.closeConnections();
    await this.world.settle();
    this.session.resumed();
  }

  /** Time goes by, with an eye on the calls that are alive. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0;) {
      const slice = this.#open().length === 0 ? left : Math.min(left, LOOK_EVERY_MS);
      left -= slice;
      await this.world.advance(slice);
      this.#look(slice);
    }
  }

  /** The weather clears, and time passes until everything that waits has been tried. */
  async end(): Promise<void> {
    this.wire.weather = "fair";
    this.wire.server.control.clearFaults();
    await this.pass(20 * 60_000);
    this.#ask();
  }

  #invite(rings: number, company: number, opens: boolean): void {
    const subject = `call ${this.calls.length + 1}`;
    const message = opens ? `hello ${this.calls.length + 1}` : "Have you a minute?";
    try {
      this.#ask();
      const id = this.wire.server.control.invite({
        to: TOSH.uri,
        from: CALLER,
        others: OTHERS.slice(0, company),
        subject,
        rings,
        message,
      });
      this.talks.begin(subject, message, !this.#inOrder());
      this.calls.push(newCall({ subject, id, caller: CALLER, disturbed: !this.#inOrder() }));
    } catch (error) {
      // Nobody is signed in: the caller hears so, and nothing has to ring.
      if (this.#inOrder()) throw error;
    }
  }

  #answer(kind: "accept" | "decline"): void {
    const shown = this.bell.state.invitations.find(({ canAccept }) => canAccept);
    if (!shown) return;
    this.calls.find(({ subject }) => subject === shown.subject)?.tried.add(kind);
    void this.bell[kind](shown.id);
  }

  #hear(invitation: Invitation): void {
    const versions = this.told.get(invitation.id) ?? [];
    this.told.set(invitation.id, [...versions, invitation]);
    if (invitation.endedAt === null) return;
    const call = this.calls.find(({ subject }) => subject === invitation.subject);
    if (call) call.shown = true;
  }

  /** The calls whose end the client has still to tell. */
  #open(): readonly Call[] {
    return this.calls.filter(({ shown }) => !shown);
  }

  #disturb(): void {
    for (const call of this.#open()) call.disturbed = true;
    this.talks.disturb();
  }

  #look(passedMs: number): void {
    this.#ask();
    const inOrder = this.#inOrder();
    const deaf = this.wire.server.control.state().faults.some(({ endpoint }) => endpoint === "events");
    for (const call of this.#open()) timePassed(call, passedMs, { inOrder, deaf });
    if (!inOrder) this.talks.disturb();
  }

  /**
   * The session is online at a server without faults, an event request is parked there, and answers get through. As long
   * as nothing goes wrong there is no reason for none to be parked.
   */
  #inOrder(): boolean {
    const { applications, faults } = this.wire.server.control.state();
    return (
      this.wire.passable &&
      this.bell.state.session.name === "online" &&
      faults.length === 0 &&
      (this.#peaceful || applications.some(({ parked }) => parked > 0))
    );
  }

  #ask(): void {
    const { control } = this.wire.server;
    for (const call of this.calls) {
      const found = control.calls.find(call.id);
      if (found === undefined) continue;
      call.known = found.state.kind;
      this.talks.look(
        call.subject,
        found.copies.flatMap(({ conversation }) => conversation.said),
      );
    }
    // A server takes for told what it has answered; it cannot know that the answer was lost on the way.
    const known = control.breaches.filter(({ rule }) => rule !== "requestToDeadApplication" || !this.#lossy);
    for (const { rule, method, address } of known) this.breaches.add(`${rule} ${method} ${address}`);
  }
}
