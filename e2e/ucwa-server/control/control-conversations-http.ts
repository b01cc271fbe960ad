import * as z from "zod";
import { ControlError } from "./control-error.ts";
import { modalityRels } from "../conversation/conversation-resources.ts";
import { endingSchema, eventSchema, interjectionSchema } from "./control-conversations.ts";
import type { ConversationControl } from "./control-conversations.ts";
import { participantSchema } from "./control-participants.ts";
import { listedSchema } from "../people/directory.ts";
import { addressSchema, someoneSchema } from "../invitation/invitation-request.ts";
import { presenceSchema } from "../people/people-presence.ts";

const messageSchema = z.strictObject({
  text: z.string().min(1).max(100_000),
  format: z.enum(["plain", "html"]).optional(),
  /** Another participant than the other one. */
  from: addressSchema.optional(),
});
const typingSchema = z.strictObject({ begins: z.boolean().optional(), from: addressSchema.optional() });
const answerSchema = z.strictObject({ ...someoneSchema.partial().shape, derived: z.boolean().optional() });
const modalitySchema = z.strictObject({
  rel: z.enum(modalityRels),
  state: z.enum(["Disconnected", "Connecting", "Connected"]),
});
const failureSchema = z.strictObject({ subcode: z.string().min(1).max(100).optional() });

/**
 * The part of the control API about conversations and event channels: `operation` is the method and the path with
 * `*` for the id. Answers whether it was one of these.
 */
export function controlConversation(
  control: ConversationControl,
  operation: string,
  id: string,
  body: <T>(schema: z.ZodType<T>) => T,
): boolean {
  switch (operation) {
    case "POST invitations/*/end":
      control.end(id, body(endingSchema));
      return true;
    case "POST invitations/*/admit":
      control.admit(id);
      return true;
    case "POST invitations/*/answerPhone":
      control.answerPhone(id);
      return true;
    case "POST invitations/*/participants":
    case "POST outgoing/*/participants":
      control.move(id, body(participantSchema));
      return true;
    case "POST invitations/*/messages": {
      const { text, format, from } = body(messageSchema);
      control.say(id, text, format ?? "plain", from);
      return true;
    }
    case "POST outgoing/*/modality":
    case "POST invitations/*/modality": {
      const { rel, state } = body(modalitySchema);
      control.setModality(id, rel, state);
      return true;
    }
    case "POST invitations/*/typing": {
      const { begins, from } = body(typingSchema);
      control.types(id, begins ?? true, from);
      return true;
    }
    case "POST outgoing/*/answer": {
      const { derived, ...someone } = body(answerSchema);
      control.answerOutgoing(id, whole(someone), derived);
      return true;
    }
    case "POST outgoing/*/fail":
      control.failOutgoing(id, body(failureSchema).subcode);
      return true;
    case "POST outgoing/*/messages": {
      const { text, format, from } = body(messageSchema);
      control.sayOutgoing(id, text, format, from);
      return true;
    }
    case "POST outgoing/*/typing": {
      const { begins, from } = body(typingSchema);
      control.typeOutgoing(id, begins ?? true, from);
      return true;
    }
    case "POST outgoing/*/hangUp":
      control.hangUpOutgoing(id);
      return true;
    case "PUT people/*/presence":
      control.show(addressSchema.parse(decodeURIComponent(id)), body(presenceSchema));
      return true;
    case "PUT people/*":
      control.list(addressSchema.parse(decodeURIComponent(id)), body(listedSchema));
      return true;
    case "POST events":
      control.emit(body(eventSchema));
      return true;
    case "POST channels": {
      const { say, application } = body(interjectionSchema);
      control.interject(say, application);
      return true;
    }
    default:
      return false;
  }
}

/** Nobody named: whoever was called. */
function whole(someone: {
  uri?: string | undefined;
  name?: string | undefined;
}): { uri: string; name?: string | undefined } | undefined {
  if (someone.uri !== undefined) return { uri: someone.uri, name: someone.name };
  if (someone.name === undefined) return undefined;
  throw new ControlError(400, "Somebody with a name needs an address too.");
}
