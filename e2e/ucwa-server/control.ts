import { problem } from "./answer.ts";
import type { ProblemStatus } from "./answer.ts";
import type { Applications } from "./applications.ts";
import type { Breach } from "./breaches.ts";
import { Calls } from "./calls.ts";
import type { Context, Switches } from "./context.ts";
import { snapshot } from "./control-state.ts";
import type { ServerState } from "./control-state.ts";
import type { MessageFormat } from "./data-uri.ts";
import { faultAnswer } from "./faults.ts";
import type { Fault, Faults } from "./faults.ts";
import type { InvitationContent } from "./invitation-content.ts";
import type { SourceNetwork } from "./people.ts";
import { base64, digits } from "./random.ts";
import type { RequestList } from "./requests.ts";
import type { Tokens } from "./tokens.ts";
import { nameFrom, sipUri } from "./users.ts";
import type { Watchers } from "./watchers.ts";

/** Who invites whom, and with what. Only `to` is needed. */
export interface InvitationRequest {
  /** A user of this server. */
  readonly to: string;
  readonly from?: { readonly uri: string; readonly name?: string | undefined } | undefined;
  readonly subject?: string | undefined;
  /** `null`: an invitation without first words. */
  readonly message?: string | null | undefined;
  readonly format?: MessageFormat | undefined;
  readonly importance?: InvitationContent["importance"] | undefined;
  readonly onBehalfOf?: { readonly uri: string; readonly name?: string | undefined } | undefined;
  readonly anonymous?: boolean | undefined;
  readonly sourceNetwork?: SourceNetwork | undefined;
  /** How long it rings, in milliseconds. */
  readonly rings?: number | undefined;
  readonly threadId?: string | undefined;
  readonly operationId?: string | undefined;
  readonly customContent?: string | undefined;
}

/** A fault to be put in the way of requests. Give either `status` or `cut`. */
export interface FaultRequest {
  readonly endpoint: string;
  readonly times?: number | undefined;
  readonly status?: number | undefined;
  readonly subcode?: string | undefined;
  readonly html?: boolean | undefined;
  readonly retryAfter?: number | undefined;
  readonly cut?: "beforeHeaders" | "midBody" | undefined;
  /** For `events`: do not wait for the next event, answer the parked request now. */
  readonly now?: boolean | undefined;
}

/** Why a control operation could not be done, in a sentence for a person. */
export class ControlError extends Error {
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

/** What the control needs of the server. */
export interface ControlParts {
  readonly applications: Applications;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly requests: RequestList;
  readonly watchers: Watchers;
}

/** Everything that a test or a person can make the server do. Methods that cannot do it throw a `ControlError`. */
export class Control {
  readonly calls: Calls;
  readonly #context: Context;
  readonly #parts: ControlParts;

  constructor(context: Context, parts: ControlParts) {
    this.#context = context;
    this.#parts = parts;
    this.calls = new Calls(context, parts.applications);
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
    const { random, timings, users } = this.#context;
    const user = users.find((one) => one.uri === sipUri(request.to));
    if (!user) throw new ControlError(404, `There is no user ${request.to} on this server.`);
    const from = request.from ?? { uri: "sip:dana@partner.example", name: "Dana Whitfield" };
    const sourceNetwork = request.sourceNetwork ?? "SameEnterprise";
    const anonymous = request.anonymous === true;
    const person = ({
      uri,
      name,
    }: {
      uri: string;
      name?: string | undefined;
    }): InvitationContent["caller"] => ({
      uri: sipUri(uri),
      name: name === undefined || name === "" ? nameFrom(uri) : name,
      sourceNetwork,
    });
    const call = this.calls.start(
      {
        caller: anonymous
          ? { uri: "sip:anonymous@anonymous.invalid", name: "", sourceNetwork }
          : person(from),
        anonymous,
        to: { uri: user.uri, name: user.name, sourceNetwork: "SameEnterprise" },
        subject: request.subject ?? "",
        message: request.message === undefined ? "Hi, do you have a minute?" : request.message,
        format: request.format ?? "plain",
        importance: request.importance ?? "Normal",
        threadId: request.threadId ?? base64(random, 16),
        onBehalfOf: request.onBehalfOf ? person(request.onBehalfOf) : null,
        customContent: request.customContent ?? null,
        operationId: request.operationId ?? null,
      },
      request.rings ?? timings.ringMs,
    );
    if (!call) throw new ControlError(409, `${user.name} is not signed in, so there is nothing to ring.`);
    return call.id;
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
    const name = to.name === undefined || to.name === "" ? nameFrom(to.uri) : to.name;
    if (!this.#call(id).forward({ uri: sipUri(to.uri), name, sourceNetwork: "SameEnterprise" }))
      throw new ControlError(409, "This invitation is not ringing any more.");
  }

  /** The caller says something in the connected conversation. */
  say(id: string, text: string, format: MessageFormat = "plain"): void {
    const copy = this.#call(id).connectedCopy;
    if (!copy) throw new ControlError(409, "This conversation is not connected.");
    copy.conversation.receive(text, format);
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
    this.#context.changed();
  }

  /** Puts a fault in the way; answers its id. */
  addFault(request: FaultRequest): string {
    const { random } = this.#context;
    const effect = faultEffect(request);
    if (!effect) throw new ControlError(400, "A fault needs either status or cut.");
    const fault: Fault = {
      id: digits(random, 8),
      endpoint: request.endpoint,
      effect,
      remaining: request.times ?? 1,
    };
    this.#parts.faults.add(fault);
    if (request.now === true && request.endpoint === "events") this.#wakeParked(fault);
    this.#context.changed();
    return fault.id;
  }

  clearFaults(): void {
    this.#parts.faults.clear();
    this.#context.changed();
  }

  clearBreaches(): void {
    this.#context.breaches.clear();
  }

  /** A cut needs something to be cut; a status is the answer itself. */
  #wakeParked(fault: Fault): void {
    for (const { application } of this.#parts.applications.list) {
      if (application.parked === 0) continue;
      const effect = fault.effect.kind === "status" ? this.#parts.faults.take("events", "status") : null;
      application.release(effect?.kind === "status" ? faultAnswer(effect) : problem(503));
    }
  }

  #call(id: string): NonNullable<ReturnType<Calls["find"]>> {
    const call = this.calls.find(id);
    if (!call) throw new ControlError(404, "There is no such invitation.");
    return call;
  }
}

function faultEffect(request: FaultRequest): Fault["effect"] | null {
  if (request.cut !== undefined) return { kind: "cut", cut: request.cut };
  if (request.status === undefined) return null;
  return {
    kind: "status",
    status: request.status,
    subcode: request.subcode ?? null,
    html: request.html ?? request.status === 502,
    retryAfterSeconds: request.retryAfter ?? null,
  };
}
