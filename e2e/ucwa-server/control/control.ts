import type { ProblemStatus } from "../http/endpoint.ts";
import type { Breach } from "../http/breaches.ts";
import { Calls } from "../invitation/calls.ts";
import type { Context, Switches } from "../context.ts";
import { ConversationControl } from "./control-conversations.ts";
import { ControlError } from "./control-error.ts";
import type { ControlParts } from "./control-parts.ts";
import { snapshot } from "./control-state.ts";
import type { ServerState } from "./control-state.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { faultOf } from "../faults/fault-request.ts";
import type { FaultRequest } from "../faults/fault-request.ts";
import { isMeantFor, woken } from "../faults/faults.ts";
import type { Fault } from "../faults/faults.ts";
import { personOf } from "../invitation/invitation-request.ts";
import type { InvitationRequest } from "../invitation/invitation-request.ts";
import { digits } from "../random.ts";
import { sipUri } from "../sign-in/users.ts";

export { ControlError } from "./control-error.ts";
export type { FaultRequest } from "../faults/fault-request.ts";
export type { InvitationRequest } from "../invitation/invitation-request.ts";

/** Everything that a test or a person can make the server do. Methods that cannot do it throw a `ControlError`. */
export class Control {
  readonly calls: Calls;
  /** Everything about invitations, conversations and event channels that is not named here. */
  readonly conversations: ConversationControl;
  readonly #context: Context;
  readonly #parts: ControlParts;

  constructor(context: Context, parts: ControlParts) {
    this.#context = context;
    this.#parts = parts;
    this.calls = new Calls(context, parts.applications);
    this.conversations = new ConversationControl(context, parts.applications, this.calls);
  }

  get switches(): Readonly<Switches> {
    return this.#context.switches;
  }

  get breaches(): readonly Breach[] {
    return this.#context.breaches.list;
  }

  state(): ServerState {
    return snapshot(this.#context, this.#parts, this.calls);
  }

  /** Rings; answers the call's id. */
  invite(request: InvitationRequest): string {
    return this.conversations.invite(request);
  }

  /** The caller gives up, or hangs up when already connected. */
  cancel(id: string): void {
    if (!this.#call(id).cancel()) throw new ControlError(409, "This invitation is over already.");
  }

  /** Another endpoint of the user, which is no UCWA application, takes the call. */
  answerElsewhere(id: string): void {
    if (!this.#call(id).answerElsewhere())
      throw new ControlError(409, "This invitation is not ringing any more.");
  }

  /** The call moves to somebody else, who takes it. */
  forward(id: string, to: { uri: string; name?: string | undefined }): void {
    if (!this.#call(id).forward(personOf(to)))
      throw new ControlError(409, "This invitation is not ringing any more.");
  }

  /** The caller, or another participant by their address, says something in the connected conversation. */
  say(id: string, text: string, format: MessageFormat = "plain", from?: string): void {
    this.conversations.say(id, text, format, from);
  }

  /** Moves the clock forward. `pause` is awaited after each timer, so that clients can follow. */
  async advance(byMs: number, pause?: () => Promise<void>): Promise<void> {
    await this.#context.clock.advance(byMs, pause);
    this.#context.changed();
  }

  /** Ends applications as told: one by id, or all. */
  kill(which: { id?: string | undefined }, status: ProblemStatus, subcode: string): void {
    const ids =
      which.id === undefined
        ? this.#parts.applications.list.map(({ application }) => application.id)
        : [which.id];
    for (const id of ids) {
      const running = this.#parts.applications.find(id);
      if (!running) throw new ControlError(404, "There is no such application.");
      running.application.end({ cause: "killed", status, subcode });
    }
  }

  /** Makes tokens expire now: everybody's, or one user's. */
  expireTokens(user?: string): void {
    this.#parts.tokens.expire(user === undefined ? undefined : sipUri(user));
  }

  /** Throws switches; those not named stay. */
  setSwitches(switches: Partial<Switches>): void {
    Object.assign(this.#context.switches, switches);
    this.#parts.applications.enforceBans();
    this.#context.changed();
  }

  /** Puts a fault in the way; answers its id. */
  addFault(request: FaultRequest): string {
    const fault = faultOf(request, digits(this.#context.random, 8));
    this.#parts.faults.add(fault);
    if (request.now === true) this.#wakeParked(fault);
    this.#context.changed();
    return fault.id;
  }

  /** Lets go of the requests and bodies that a fault holds back, or all faults do. */
  release(faultId?: string): void {
    this.#parts.held.release(faultId);
    this.#context.changed();
  }

  /** Takes the faults away that still wait, and lets go of everything that is held back. */
  clearFaults(): void {
    this.#parts.faults.clear();
    this.release();
  }

  /** Every browser has to sign in anew. */
  forgetPassiveSignIns(): void {
    this.#parts.passive.forget();
  }

  clearBreaches(): void {
    this.#context.breaches.clear();
  }

  /** Each parked request that is woken takes the fault itself, on its way out. */
  #wakeParked(fault: Fault): void {
    let left = fault.remaining;
    for (const { application } of this.#parts.applications.list) {
      const about = { endpoint: "events", user: application.user.uri, application: application.id };
      if (left <= 0 || !isMeantFor(fault, about)) continue;
      left -= application.parked;
      application.release(woken);
    }
  }

  #call(id: string): NonNullable<ReturnType<Calls["find"]>> {
    const call = this.calls.find(id);
    if (!call) throw new ControlError(404, "There is no such invitation.");
    return call;
  }
}
