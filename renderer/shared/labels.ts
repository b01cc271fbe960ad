import { texts } from "../../locales/page-texts.ts";
import type { CallerView } from "../../preload/contract.ts";

/** Who rings, in one short line. */
export function callerName({ name, address, anonymous }: CallerView): string {
  if (name !== "") return name;
  if (anonymous) return texts.cards.anonymousCaller;
  return address === "" ? texts.cards.unknownCaller : address;
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
