import type { InvitationView } from "../../preload/contract.ts";
import { callerName } from "./words.ts";

/** Tells a screen reader at once what begins to ring; one sentence for each, none when it ends. */
export function Announcer({ invitations }: { readonly invitations: readonly InvitationView[] }) {
  return (
    <div class="said" role="alert" aria-relevant="additions" aria-atomic="false">
      {invitations.map(({ id, caller, request, subject }) => (
        <p key={id}>
          {callerName(caller)} {request}
          {subject === "" ? "" : `: ${subject}`}.
        </p>
      ))}
    </div>
  );
}
