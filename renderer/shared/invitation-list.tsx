import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { InvitationView } from "../../preload/contract.ts";
import { InvitationCard, type Answers } from "./invitation-card.tsx";
import { keptPlaces } from "./kept-places.ts";

interface Props {
  readonly invitations: readonly InvitationView[];
  readonly answers: Answers;
  /** Takes one off this surface without an answer; left out where it stays. */
  readonly dismiss?: (id: string) => void;
  /** How many have room here; all, when it is left out. */
  readonly most?: number;
  /** What stands below them while so many others wait for their room. */
  readonly more?: (waiting: number) => ComponentChildren;
}

/** The invitations that ring, the oldest on top. While the pointer is over them, each stays where it is. */
export function InvitationList({ invitations, answers, dismiss, most, more }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef<readonly string[]>([]);
  const heights = useRef(new Map<string, number>());
  const [, setLeft] = useState(0);
  const byId = new Map(invitations.map((invitation) => [invitation.id, invitation]));
  const pointerOver = list.current?.matches(":hover") ?? false;
  shown.current = keptPlaces(shown.current, [...byId.keys()], pointerOver, most);
  const waiting = invitations.filter(({ id }) => !shown.current.includes(id)).length;
  useLayoutEffect(() => {
    const next = new Map<string, number>();
    for (const [index, id] of shown.current.entries())
      next.set(id, list.current?.children[index]?.getBoundingClientRect().height ?? 0);
    heights.current = next;
  });
  return (
    <>
      <ul class="invitations" ref={list} onPointerLeave={() => setLeft((times) => times + 1)}>
        {shown.current.map((id) => {
          const invitation = byId.get(id);
          if (invitation === undefined)
            return (
              <li
                key={id}
                class="kept"
                style={{ height: `${heights.current.get(id) ?? 0}px` }}
                aria-hidden="true"
              >
                <p>{texts.cards.noLongerRinging}</p>
              </li>
            );
          return (
            <li key={id}>
              <InvitationCard invitation={invitation} answers={answers} {...(dismiss && { dismiss })} />
            </li>
          );
        })}
      </ul>
      {waiting > 0 && more?.(waiting)}
    </>
  );
}
