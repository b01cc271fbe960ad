import * as z from "zod";
import type { Application } from "../application/served-application.ts";
import type { Applications } from "../application/applications.ts";
import { ok } from "../http/endpoint.ts";
import type { Calls } from "../invitation/calls.ts";
import type { Context } from "../context.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import type { ModalityRel, ModalityState } from "../conversation/conversation-resources.ts";
import { ControlError } from "./control-error.ts";
import { moveParticipant, someoneIn } from "./control-participants.ts";
import type { participantSchema } from "./control-participants.ts";
import type { listedSchema } from "../people/directory.ts";
import { interjections } from "../application/served-event-channel.ts";
import type { Interjection } from "../application/served-event-channel.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { invitationStates } from "../invitation/invitation-content.ts";
import { endingOf } from "../invitation/invitation-endings.ts";
import type { Call } from "../invitation/invitation-lifecycle.ts";
import { contentOf, personOf, someoneSchema } from "../invitation/invitation-request.ts";
import type { InvitationRequest } from "../invitation/invitation-request.ts";
import type { OutgoingCall } from "../invitation/outgoing-call.ts";
import type { presenceSchema } from "../people/people-presence.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";

/** How an invitation is to end: with any subcode, also one that no page names. */
export const endingSchema = z.strictObject({
  /** `null`: without a reason. */
  subcode: z.string().min(1).max(100).nullable(),
  /** The code beside it, where it is not the usual one. */
  code: z.string().min(1).max(100).optional(),
  message: z.string().max(1000).optional(),
  /** The state that the invitation shows. */
  state: z.enum(invitationStates).optional(),
  /** Whether the user is told of something missed. */
  missed: z.boolean().optional(),
  acceptedBy: someoneSchema.optional(),
  /** It goes on in another conversation, which is linked. */
  derived: z.boolean().optional(),
  /** Only at this application; the others ring on. */
  application: z.string().optional(),
});

const linkSchema = z.strictObject({
  rel: z.string().min(1).max(100),
  /** Absolute, from the root, or under the application. */
  href: z.string().max(2000),
  title: z.string().max(300).optional(),
});

/** An event as a test wants it, of whatever rel and type. */
export const eventSchema = z.strictObject({
  application: z.string().optional(),
  /** Without it, the communication resource. */
  sender: linkSchema.optional(),
  link: linkSchema.optional(),
  in: linkSchema.optional(),
  type: z
    .string()
    .regex(/^[A-Za-z]\w{0,40}$/, "is not a word")
    .optional(),
  status: z.enum(["Success", "Failure"]).optional(),
  reason: z
    .strictObject({ code: z.string(), subcode: z.string().optional(), message: z.string().optional() })
    .optional(),
  /** What the link leads to. It can be read there, and comes with the event where events carry resources. */
  properties: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .optional(),
  /** Written as it is instead of all that, in JSON. */
  raw: z.unknown().optional(),
});

/** What a channel is to say next. */
export const interjectionSchema = z.strictObject({
  say: z.enum(interjections),
  application: z.string().optional(),
});

/** What the control API can do to invitations, conversations and event channels. */
export class ConversationControl {
  readonly calls: Calls;
  readonly #context: Context;
  readonly #applications: Applications;

  constructor(context: Context, applications: Applications, calls: Calls) {
    this.#context = context;
    this.#applications = applications;
    this.calls = calls;
  }

  /** Rings; answers the call's id. */
  invite(request: InvitationRequest): string {
    const { timings, users } = this.#context;
    const address = personOf({ uri: request.to }).uri;
    const user = users.find((one) => one.uri === address);
    if (!user) throw new ControlError(404, `There is no user ${request.to} on this server.`);
    const content = contentOf(request, user, this.#context);
    const rings = request.rings ?? timings.ringMs;
    if (request.into !== undefined) {
      const call = this.calls.add(this.#conversation(request.into), content, rings);
      if (!call)
        throw new ControlError(409, "That conversation is not connected, or has this modality already.");
      return call.id;
    }
    const call = this.calls.start(content, rings);
    if (!call)
      throw new ControlError(
        409,
        this.calls.reachable(user.uri) > 0
          ? `${user.name} is not available for this kind of invitation.`
          : `${user.name} is not signed in, so there is nothing to ring.`,
      );
    return call.id;
  }

  /** Ends a ringing or connecting invitation in any way. */
  end(id: string, request: z.input<typeof endingSchema>): void {
    const { subcode, code, message, state, missed, acceptedBy, derived, application } = request;
    const usual = endingOf(subcode);
    const ending = {
      ...usual,
      reason: usual.reason && {
        ...usual.reason,
        ...(code !== undefined && { code }),
        ...(message !== undefined && { message }),
      },
      ...(state !== undefined && { state }),
      ...(missed !== undefined && { missed }),
      ...(acceptedBy !== undefined && { acceptedBy: personOf(acceptedBy) }),
      ...(derived !== undefined && { derived }),
    };
    if (!this.#call(id).end(ending, application))
      throw new ControlError(409, "It does not ring there any more.");
  }

  /** Lets somebody into the meeting who waits in its lobby. */
  admit(id: string): void {
    if (!this.#call(id).admit()) throw new ControlError(409, "Nobody waits in the lobby.");
  }

  /** The user answers the phone. */
  answerPhone(id: string): void {
    if (!this.#call(id).answerPhone()) throw new ControlError(409, "This is no phone call that rings.");
  }

  /** A modality of a connected conversation changes, without any invitation: sharing of a screen, above all. */
  setModality(id: string, rel: ModalityRel, state: ModalityState): void {
    const conversation = this.#conversation(id);
    if (rel === "messaging") throw new ControlError(409, "This conversation is not connected so.");
    const changed = conversation.setModality(rel, state);
    conversation.application.announce(changed, conversation.become(conversation.state));
  }

  /** Somebody else comes into a connected conversation, goes, is named, or is not reached by messages any more. */
  move(id: string, request: z.input<typeof participantSchema>): void {
    moveParticipant(this.#conversation(id), request);
  }

  /** The caller, or another participant by their address, says something. */
  say(id: string, text: string, format: MessageFormat, from?: string): void {
    const by = from === undefined ? undefined : someoneIn(this.#conversation(id), from);
    if (!this.#call(id).says(text, format, by))
      throw new ControlError(409, "This conversation is not connected.");
  }

  /** The caller, or another participant by their address, begins or stops to type. */
  types(id: string, begins: boolean, from?: string): void {
    const who = from === undefined ? undefined : someoneIn(this.#conversation(id), from);
    if (!this.#call(id).types(begins, who))
      throw new ControlError(409, "This conversation is not connected.");
  }

  /** The one who is called answers, or somebody else in their place, with whom it may go on in another conversation. */
  answerOutgoing(id: string, by?: z.input<typeof someoneSchema>, derived = false): void {
    this.#still(this.#outgoing(id).answered(by ? personOf(by) : null, derived));
  }

  /** The one who is called declines, or cannot be reached. */
  failOutgoing(id: string, subcode = "Declined"): void {
    this.#still(this.#outgoing(id).failed(subcode));
  }

  sayOutgoing(id: string, text: string, format: MessageFormat = "plain", from?: string): void {
    const by = from === undefined ? undefined : someoneIn(this.#conversation(id), from);
    this.#still(this.#outgoing(id).says(text, format, by));
  }

  typeOutgoing(id: string, begins: boolean, from?: string): void {
    const who = from === undefined ? undefined : someoneIn(this.#conversation(id), from);
    this.#still(this.#outgoing(id).types(begins, who));
  }

  hangUpOutgoing(id: string): void {
    this.#still(this.#outgoing(id).hungUp());
  }

  /** Sends an event of any rel, type and shape to one application, or to all. */
  emit(request: z.input<typeof eventSchema>): void {
    const { type = "updated", status, reason, properties, raw } = request;
    for (const { application, communication } of this.#those(request.application)) {
      const resolve = (link: z.input<typeof linkSchema>): RelLink => ({
        rel: link.rel,
        href: /^(\/|[a-z]+:)/i.test(link.href) ? link.href : `${application.base}/${link.href}`,
        ...(link.title !== undefined && { title: link.title }),
      });
      const sender = request.sender ? resolve(request.sender) : communication.link;
      const link = request.link ? resolve(request.link) : sender;
      const resource = properties && injected(application, link, properties);
      application.announce({
        sender,
        link,
        ...(request.in && { in: resolve(request.in) }),
        ...(status && { status }),
        ...(reason && { reason }),
        type,
        ...(resource && { resource }),
        ...(raw !== undefined && { raw }),
      });
    }
  }

  /** Somebody who is no user of this server can be found, and is as told. */
  list(uri: string, listed: z.output<typeof listedSchema>): void {
    this.#context.directory.put(uri, listed);
    this.#context.changed();
  }

  /** Somebody shows something of themselves. */
  show(uri: string, presence: z.input<typeof presenceSchema>): void {
    const { availability, activity = null, deviceType = "PC" } = presence;
    this.#context.presences.show(personOf({ uri }).uri, { availability, activity, deviceType });
    this.#context.changed();
  }

  /** Has the channels of one application, or of all, say something out of turn. */
  interject(say: Interjection, application?: string): void {
    for (const one of this.#those(application))
      for (const channel of one.application.channels.values()) channel.interject(say);
  }

  #those(id: string | undefined): Applications["list"] {
    if (id === undefined) return this.#applications.list;
    const running = this.#applications.find(id);
    if (!running) throw new ControlError(404, "There is no such application.");
    return [running];
  }

  #call(id: string): Call {
    const call = this.calls.find(id);
    if (!call) throw new ControlError(404, "There is no such invitation.");
    return call;
  }

  /** The connected conversation of an invitation in either direction. */
  #conversation(id: string): Conversation {
    const outgoing = this.calls.outgoing.find(id);
    const conversation = outgoing?.state.kind === "connected" ? outgoing.conversation : undefined;
    const found = outgoing ? conversation : this.#call(id).conversation;
    if (!found) throw new ControlError(409, "This conversation is not connected.");
    return found;
  }

  #outgoing(id: string): OutgoingCall {
    const call = this.calls.outgoing.find(id);
    if (!call) throw new ControlError(404, "There is no such outgoing invitation.");
    return call;
  }

  #still(done: boolean): void {
    if (!done) throw new ControlError(409, "This outgoing invitation does not stand so.");
  }
}

/** A resource that no part of the server knows of, made to answer at its address. */
function injected(
  application: Application,
  { rel, href }: RelLink,
  properties: Resource["properties"],
): Resource {
  const resource: Resource = { rel, properties, links: { self: { href } } };
  if (href.startsWith(application.base) && !application.endpoints.has(href))
    application.mount(href.slice(application.base.length), { name: "injected", GET: () => ok(resource) });
  return resource;
}
