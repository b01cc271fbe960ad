import type { InvitationView } from "../../preload/contract.ts";
import { callerName, kindWords } from "./words.ts";

/** Tells a screen reader at once what begins to ring; one sentence for each, none when it ends. */
export function Announcer({ invitations }: { readonly invitations: readonly InvitationView[] }) {
  return (
    <div class="said" role="alert" aria-relevant="additions" aria-atomic="false">
      {invitations.map(({ id, caller, kind, subject }) => (
        <p key={id}>
          {callerName(caller)} {kindWords(kind)}
          {subject === "" ? "" : `: ${subject}`}.
        </p>
      ))}
    </div>
  );
}
