import { useState } from "preact/hooks";

import type { CallerView } from "../../preload/contract.ts";
import { PersonIcon } from "./icons.tsx";
import { callerName, initials } from "./labels.ts";

const HUES = 5;

/**
 * A round picture: the caller's photo, over their letters, always in the same colour for the same caller. What it shows is
 * said in words beside it, so that a screen reader hears of neither, and of no change.
 */
export function Avatar({ caller }: { readonly caller: CallerView }) {
  const letters = initials(caller);
  const [broken, setBroken] = useState<string | null>(null);
  const { photo } = caller;
  return (
    <span class={`avatar hue-${hueOf(caller.address || callerName(caller))}`} aria-hidden="true">
      {letters === "" ? <PersonIcon /> : letters}
      {photo !== null && photo !== broken && <img src={photo} alt="" onError={() => setBroken(photo)} />}
    </span>
  );
}

function hueOf(text: string): number {
  let sum = 0;
  for (const character of text.toLowerCase()) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}
