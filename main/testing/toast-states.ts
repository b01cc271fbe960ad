import type { ToastState } from "../../preload/contract.ts";
import { invitationView } from "../ipc/views.ts";
import { invitation } from "./invitations.ts";

/** What the toast is told when so many invitations ring. */
export const toastState = (count: number): ToastState => ({
  revision: count,
  invitations: Array.from({ length: count }, (_, index) =>
    invitationView(invitation({ id: `i${index}` }), true),
  ),
  sound: { loop: null, once: null },
});
