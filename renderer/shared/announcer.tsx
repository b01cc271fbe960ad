import { texts } from "../../locales/page-texts.ts";
import type { InvitationView } from "../../preload/contract.ts";
import { callerName } from "./labels.ts";

/** Tells a screen reader at once what begins to ring, if no other window does; one sentence for each, none at the end. */
export function Announcer({ invitations }: { readonly invitations: readonly InvitationView[] }) {
  return (
    <div class="said" role="alert" aria-relevant="additions" aria-atomic="false">
      {invitations
        .filter(({ announced }) => announced)
        .map(({ id, caller, request, subject }) => (
          <p key={id}>{texts.cards.announced(texts.cards.request(callerName(caller), request), subject)}</p>
        ))}
    </div>
  );
}
