import * as z from "zod";
import type { Conversation } from "../conversation/served-conversation.ts";
import type { Participant } from "../conversation/conversation-participants.ts";
import { addressSchema } from "../invitation/invitation-request.ts";
import { sipUri } from "../sign-in/users.ts";
import { ControlError } from "./control-error.ts";

/** What somebody else in a conversation does. */
export const participantSchema = z.strictObject({
  uri: addressSchema,
  /** May be empty, as names are until they are known. Absent: empty. */
  name: z.string().max(300).optional(),
  /** `is`: their name becomes known. `hears`, `hearsNothing`: whether the user's messages reach them. */
  does: z.enum(["joins", "leaves", "is", "hears", "hearsNothing"]).optional(),
});

/** Has somebody do something in a conversation, and tells the user's client of it. */
export function moveParticipant(
  conversation: Conversation,
  { uri, name = "", does = "joins" }: z.input<typeof participantSchema>,
): void {
  const { application, roster } = conversation;
  const counted = (): void => application.announce(conversation.become(conversation.state));
  if (does === "joins") {
    const known = roster.know({ uri: sipUri(uri), name, sourceNetwork: "SameEnterprise" });
    if (name !== "") known.name = name;
    const joined = roster.join(known);
    if (joined.length === 0) throw new ControlError(409, "They are in this conversation already.");
    const reachable = conversation.messagingConnected ? [roster.messagingAdded(known)] : [];
    application.announce(...joined, ...reachable);
    counted();
    return;
  }
  const participant = someoneIn(conversation, uri);
  switch (does) {
    case "leaves":
      application.announce(
        ...conversation.messaging.typing.of(participant, false),
        ...roster.leave(participant),
      );
      counted();
      return;
    case "is":
      application.announce(roster.rename(participant, name));
      return;
    case "hears":
    case "hearsNothing":
      roster.setDeaf(participant, does === "hearsNothing");
  }
}

/** Who is in the conversation with this address. */
export function someoneIn(conversation: Conversation, uri: string): Participant {
  const participant = conversation.roster.find(sipUri(uri));
  if (!participant) throw new ControlError(404, "Nobody with this address is in the conversation.");
  return participant;
}
