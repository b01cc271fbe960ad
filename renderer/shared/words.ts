import type { CallerView, EndView, InvitationKindView } from "../../preload/contract.ts";

/** Who rings, in one short line. */
export function callerName({ name, address, anonymous }: CallerView): string {
  if (name !== "") return name;
  if (anonymous) return "Somebody anonymous";
  return address === "" ? "Somebody" : address;
}

/** What the invitation asks for, to follow the caller's name. */
export function kindWords(kind: InvitationKindView): string {
  switch (kind) {
    case "messaging":
      return "invites you to a conversation";
    case "onlineMeeting":
      return "invites you to a meeting";
    case "phoneAudio":
      return "calls your phone";
    case "audioVideo":
      return "calls you";
    case "participant":
      return "wants to bring you into a conversation";
    case "other":
      return "invites you";
  }
}

export function endWords(end: EndView): string {
  switch (end) {
    case "accepted":
      return "Accepted";
    case "declined":
      return "Declined";
    case "missed":
      return "Missed";
    case "cancelled":
      return "Missed: the caller gave up";
    case "answeredElsewhere":
      return "Answered on another device";
    case "forwarded":
      return "Forwarded";
    case "failed":
      return "Failed";
    case "withdrawn":
      return "Lost with the connection";
  }
}

/** Up to two letters for a round picture; empty where a name has none. */
export function initials(caller: CallerView): string {
  if (caller.name === "" && caller.address === "") return "";
  const words = callerName(caller)
    .split(/[\s.@_,()-]+/)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words[0] ?? "";
  const last = words.length > 1 && caller.name !== "" ? (words.at(-1) ?? "") : "";
  return [first, last]
    .map((word) => [...word][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}
