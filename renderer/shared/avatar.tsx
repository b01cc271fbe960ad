import type { CallerView } from "../../preload/contract.ts";
import { PersonIcon } from "./icons.tsx";
import { callerName, initials } from "./labels.ts";

const HUES = 5;

/** A round picture made of the caller's letters, always in the same colour for the same caller. */
export function Avatar({ caller }: { readonly caller: CallerView }) {
  const letters = initials(caller);
  return (
    <span class={`avatar hue-${hueOf(caller.address || callerName(caller))}`} aria-hidden="true">
      {letters === "" ? <PersonIcon /> : letters}
    </span>
  );
}

function hueOf(text: string): number {
  let sum = 0;
  for (const character of text.toLowerCase()) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}
