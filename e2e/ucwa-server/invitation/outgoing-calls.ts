import { invalidParameter, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Held, Running } from "../application/applications.ts";
import type { Continued } from "../conversation/communication.ts";
import type { Context } from "../context.ts";
import { Conversation } from "../conversation/served-conversation.ts";
import type { ConversationOwner } from "../conversation/served-conversation.ts";
import { wordsOfDataUri } from "../resources/message-uri.ts";
import { readInput, textOf } from "../resources/input.ts";
import { importances } from "./invitation-content.ts";
import { OutgoingCall } from "./outgoing-call.ts";
import type { OutgoingContent, Place } from "./outgoing-invitation.ts";
import { OutgoingInvitation } from "./outgoing-invitation.ts";
import type { InvitationContent } from "./invitation-content.ts";
import type { Call } from "./invitation-lifecycle.ts";
import type { Person } from "../people/person.ts";
import { base64 } from "../random.ts";
import { isAddress, nameFrom, sipUri } from "../sign-in/users.ts";

/** Rings at a user of this server, everywhere or in one conversation; `null` where nothing can ring. */
export type RingHere = (content: InvitationContent, ringMs: number, into?: Conversation) => Call | null;

/** Everything that users call out with; the last hundred are kept. Reference: startMessaging, addMessaging */
export class OutgoingCalls {
  readonly #context: Context;
  readonly #ringHere: RingHere;
  readonly #calls = new Map<string, OutgoingCall>();

  constructor(context: Context, ringHere: RingHere) {
    this.#context = context;
    this.#ringHere = ringHere;
  }

  /** Oldest first. */
  get list(): readonly OutgoingCall[] {
    return [...this.#calls.values()];
  }

  find(id: string): OutgoingCall | undefined {
    return this.#calls.get(id);
  }

  /** A new conversation with somebody. Reference: startMessaging */
  start(running: Running, exchange: Exchange, given?: Continued): Answer | Promise<Answer> {
    const { application } = running;
    const { request } = exchange;
    const { breaches } = this.#context;
    const read = readInput(request, breaches);
    if (!read.ok) return read.answer;
    const to = given?.to ?? textOf(read.input, "to", 300);
    const subject = given?.subject ?? textOf(read.input, "subject", 250);
    const threadId = given?.threadId ?? textOf(read.input, "threadId", 500);
    const operationId = textOf(read.input, "operationId", 50);
    const wanted = textOf(read.input, "importance", 20) ?? "Normal";
    const importance = importances.find((one) => one === wanted);
    const refuse = (name: string, why: string): Answer => {
      breaches.record("invalidInput", request);
      return invalidParameter(name, why);
    };
    if (!to || !isAddress(to)) return refuse("to", "a SIP address");
    if (subject === null) return refuse("subject", "a text of at most 250 characters");
    if (threadId === null) return refuse("threadId", "a text");
    if (operationId === null) return refuse("operationId", "a text of at most 50 characters");
    if (!importance) return refuse("importance", `one of ${importances.join(", ")}`);
    const again = application.operations.again(exchange, operationId ?? null);
    if (again) return again;
    // INFERRED: what the subcode is for; no page says.
    if (threadId !== undefined && [...running.held].some((one) => isOpen(one, threadId)))
      return problem(409, "ThreadIdAlreadyExists", "A conversation with this thread is open.");
    if (application.user.anonymous) return problem(403, "AnonymousNotAllowed");
    application.active();
    const content: OutgoingContent = {
      to: this.#person(to),
      subject: subject ?? "",
      threadId: threadId ?? base64(this.#context.random, 16),
      importance,
      operationId: operationId ?? null,
      message: read.links.get("message") ?? null,
    };
    const call: OutgoingCall = new OutgoingCall(this.#context, application.user.uri, content, () =>
      running.held.delete(call),
    );
    running.held.add(call);
    const derive = (remote: Person): Conversation => this.#newConversation(running, call, remote);
    return this.#begin(running, call, exchange, { conversation: derive(content.to), isNew: true, derive });
  }

  /** Messaging in a conversation that stands without it. In a meeting, nobody needs to answer. Reference: addMessaging */
  add(running: Running, conversation: Conversation, exchange: Exchange): Answer | Promise<Answer> {
    const { request } = exchange;
    const read = readInput(request, this.#context.breaches);
    if (!read.ok) return read.answer;
    const operationId = textOf(read.input, "operationId", 50);
    if (operationId === null) {
      this.#context.breaches.record("invalidInput", request);
      return invalidParameter("operationId", "a text of at most 50 characters");
    }
    const { application } = running;
    const again = application.operations.again(exchange, operationId ?? null);
    if (again) return again;
    const refusal = conversation.refuseAdding();
    if (refusal) return refusal;
    const { remote, subject, threadId, importance } = conversation.topic;
    application.active();
    const message = read.links.get("message") ?? null;
    const content = { to: remote, subject, threadId, importance, operationId: operationId ?? null, message };
    const call: OutgoingCall = new OutgoingCall(this.#context, application.user.uri, content, () =>
      running.held.delete(call),
    );
    conversation.whenOver(() => {
      if (!call.invitation.derived) call.left();
    });
    const derive = (to: Person): Conversation => {
      running.held.add(call);
      return this.#newConversation(running, call, to);
    };
    return this.#begin(running, call, exchange, { conversation, isNew: false, derive });
  }

  /** What an outgoing call does with what happens in its conversation. */
  ownerOf(call: OutgoingCall, running: Running): ConversationOwner {
    return {
      left: () => call.left(),
      heard: (text, format, settled) => call.heard(text, format, settled),
      typed: () => call.typed(),
      stopped: () => call.stopped(),
      counterpart: () => call.incoming?.conversation ?? null,
      addMessaging: (conversation, exchange) => this.add(running, conversation, exchange),
    };
  }

  #newConversation(running: Running, call: OutgoingCall, remote: Person): Conversation {
    const { application, communication } = running;
    return new Conversation(
      application,
      { ...call.content, remote, anonymous: false, attendees: null },
      communication.link,
      this.ownerOf(call, running),
      "Connecting",
    );
  }

  #begin(
    { application, communication }: Running,
    call: OutgoingCall,
    exchange: Exchange,
    place: Place,
  ): Answer | Promise<Answer> {
    const { clock, switches, timings } = this.#context;
    const invitation = new OutgoingInvitation(application, communication, call.content, place, () =>
      call.cancelled(),
    );
    this.#calls.set(call.id, call);
    for (const [id, oldest] of this.#calls) {
      if (this.#calls.size <= 100 || oldest.endedAt === null) break;
      this.#calls.delete(id);
    }
    call.begin(invitation);
    this.#callOut(call, place);
    const receipt: Answer = { kind: "empty", status: 201, headers: [["Location", invitation.href]] };
    const answer = switches.receiptLast
      ? new Promise<Answer>((resolve) => {
          clock.after(timings.lateReceiptMs, () => resolve(receipt));
        })
      : receipt;
    return application.operations.remember(exchange, call.content.operationId, answer, () => {
      call.repeats += 1;
    });
  }

  /** Rings somebody on this server, or lets somebody elsewhere behave as the switch says. */
  #callOut(call: OutgoingCall, { conversation, isNew }: Place): void {
    const { clock, switches, timings, users } = this.#context;
    const { to, message, subject, threadId, importance } = call.content;
    if (!isNew && conversation.topic.attendees) {
      clock.after(timings.connectMs, () => call.answered(null));
      return;
    }
    const user = users.find(({ uri }) => uri === to.uri);
    const into = isNew ? undefined : (conversation.counterpart ?? undefined);
    if (user && (isNew || into)) {
      const caller = users.find(({ uri }) => uri === call.from);
      const words = message === null ? null : wordsOfDataUri(message);
      const ringing =
        caller &&
        this.#ringHere(
          {
            ...plainInvitation,
            caller: { uri: caller.uri, name: caller.name, sourceNetwork: "SameEnterprise" },
            to,
            subject,
            threadId,
            importance,
            message: words && words.text,
            format: words?.format ?? "plain",
          },
          timings.ringMs,
          into,
        );
      if (ringing) call.rings(ringing);
      else clock.after(timings.calleeMs, () => call.failed("Unreachable"));
      return;
    }
    const does = this.#context.directory.find(to.uri)?.answers ?? switches.callees;
    if (does !== "ignore")
      clock.after(timings.calleeMs, () =>
        does === "answer" ? call.answered(null) : call.failed("Declined"),
      );
  }

  #person(address: string): Person {
    const uri = sipUri(address);
    const { directory, users } = this.#context;
    const known = users.find((user) => user.uri === uri) ?? directory.find(uri);
    const sourceNetwork = directory.find(uri)?.sourceNetwork ?? "SameEnterprise";
    return { uri, name: known?.name ?? nameFrom(address), sourceNetwork };
  }
}

/** A messaging invitation with nothing special to it. */
const plainInvitation = {
  others: [],
  anonymous: false,
  onBehalfOf: null,
  forwardedBy: null,
  transferredBy: null,
  delegator: null,
  customContent: null,
  operationId: null,
  ringsIn: "Connecting",
  details: { kind: "messaging" },
} as const;

function isOpen({ conversation }: Held, threadId: string): boolean {
  return conversation.state !== "Disconnected" && conversation.topic.threadId === threadId;
}
