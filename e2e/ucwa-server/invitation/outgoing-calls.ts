import { invalidParameter, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Held, Running } from "../application/applications.ts";
import type { Continued } from "../conversation/communication.ts";
import type { Context } from "../context.ts";
import { Conversation } from "../conversation/conversation.ts";
import type { ConversationOwner } from "../conversation/conversation.ts";
import { plainFromDataUri } from "../resources/message-uri.ts";
import { readInput, textOf } from "../resources/input.ts";
import { importances } from "./invitation-content.ts";
import { OutgoingCall } from "./outgoing-call.ts";
import type { OutgoingContent } from "./outgoing-invitation.ts";
import { OutgoingInvitation } from "./outgoing-invitation.ts";
import type { InvitationContent } from "./invitation-content.ts";
import type { Call } from "./invitation-lifecycle.ts";
import type { Person } from "../people/people.ts";
import { base64 } from "../random.ts";
import { isAddress, nameFrom, sipUri } from "../sign-in/users.ts";

/** Rings at a user of this server; `null` where nothing of theirs can ring. */
export type RingHere = (content: InvitationContent, ringMs: number) => Call | null;

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
  start(running: Running, { request }: Exchange, given?: Continued): Answer | Promise<Answer> {
    const { application, communication } = running;
    const { breaches } = this.#context;
    const read = readInput(request, breaches);
    if (!read.ok) return read.answer;
    const to = given?.to ?? textOf(read.input, "to", 300);
    const subject = given?.subject ?? textOf(read.input, "subject", 250);
    const threadId = given?.threadId ?? textOf(read.input, "threadId", 500);
    const operationId = textOf(read.input, "operationId", 50);
    const importance = textOf(read.input, "importance", 20) ?? "Normal";
    const refuse = (name: string, why: string): Answer => {
      breaches.record("invalidInput", request);
      return invalidParameter(name, why);
    };
    if (!to || !isAddress(to)) return refuse("to", "a SIP address");
    if (subject === null) return refuse("subject", "a text of at most 250 characters");
    if (threadId === null) return refuse("threadId", "a text");
    if (operationId === null) return refuse("operationId", "a text of at most 50 characters");
    if (!importances.some((one) => one === importance))
      return refuse("importance", `one of ${importances.join(", ")}`);
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
    const conversation = new Conversation(
      application,
      { ...content, remote: content.to, anonymous: false, attendees: null },
      communication.link,
      this.ownerOf(call, running),
      "Connecting",
    );
    running.held.add(call);
    return this.#begin(running, call, { conversation, isNew: true });
  }

  /** Messaging in a conversation that stands without it. In a meeting, nobody needs to answer. Reference: addMessaging */
  add(running: Running, conversation: Conversation, { request }: Exchange): Answer | Promise<Answer> {
    const read = readInput(request, this.#context.breaches);
    if (!read.ok) return read.answer;
    const operationId = textOf(read.input, "operationId", 50);
    if (operationId === null) {
      this.#context.breaches.record("invalidInput", request);
      return invalidParameter("operationId", "a text of at most 50 characters");
    }
    const { application } = running;
    const { remote, subject, threadId, importance } = conversation.topic;
    application.active();
    const message = read.links.get("message") ?? null;
    const content = { to: remote, subject, threadId, importance, operationId: operationId ?? null, message };
    const call = new OutgoingCall(this.#context, application.user.uri, content, () => {});
    conversation.whenOver(() => call.left());
    return this.#begin(running, call, { conversation, isNew: false });
  }

  /** What an outgoing call does with what happens in its conversation. */
  ownerOf(call: OutgoingCall, running: Running): ConversationOwner {
    return {
      left: () => call.left(),
      heard: (text, format) => call.heard(text, format),
      typed: () => call.typed(),
      addMessaging: (conversation, exchange) => this.add(running, conversation, exchange),
    };
  }

  #begin(
    { application, communication }: Running,
    call: OutgoingCall,
    place: { readonly conversation: Conversation; readonly isNew: boolean },
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
    if (!switches.receiptLast) return receipt;
    return new Promise((resolve) => {
      clock.after(timings.lateReceiptMs, () => resolve(receipt));
    });
  }

  /** Rings somebody on this server, or lets somebody elsewhere behave as the switch says. */
  #callOut(
    call: OutgoingCall,
    { conversation, isNew }: { conversation: Conversation; isNew: boolean },
  ): void {
    const { clock, switches, timings, users } = this.#context;
    const { to, message, subject, threadId } = call.content;
    if (!isNew && conversation.topic.attendees) {
      clock.after(timings.connectMs, () => call.answered(null));
      return;
    }
    const user = users.find(({ uri }) => uri === to.uri);
    if (user && isNew) {
      const caller = users.find(({ uri }) => uri === call.from);
      const text = message === null ? null : plainFromDataUri(message);
      const ringing =
        caller &&
        this.#ringHere(
          {
            ...plainInvitation,
            caller: { uri: caller.uri, name: caller.name, sourceNetwork: "SameEnterprise" },
            to,
            subject,
            threadId,
            message: text,
          },
          timings.ringMs,
        );
      if (ringing) call.rings(ringing);
      else clock.after(timings.calleeMs, () => call.failed("Unreachable"));
      return;
    }
    if (switches.callees !== "ignore")
      clock.after(timings.calleeMs, () =>
        switches.callees === "answer" ? call.answered(null) : call.failed("Declined"),
      );
  }

  #person(address: string): Person {
    const uri = sipUri(address);
    const name = this.#context.users.find((user) => user.uri === uri)?.name ?? nameFrom(address);
    return { uri, name, sourceNetwork: "SameEnterprise" };
  }
}

/** A messaging invitation with nothing special to it. */
const plainInvitation = {
  others: [],
  anonymous: false,
  format: "plain",
  importance: "Normal",
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
