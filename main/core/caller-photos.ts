import type { InboxStore } from "../invitations/inbox-store.ts";
import { changedInvitations } from "../invitations/machine/inbox-state.ts";
import type { ContactPhotos } from "../people/contact-photos.ts";

/** Wants the photo of whoever calls or is called, once the surfaces have been told of the call. */
export function wantPhotosOfCallers(store: InboxStore, photos: ContactPhotos): void {
  store.subscribe(() => {
    for (const entry of changedInvitations(store.inbox)) {
      const { generation, details, links } = entry;
      const incoming = details.direction === "incoming";
      const uri = incoming ? details.from.uri : (details.callee?.uri ?? "");
      const contact = incoming ? links.caller : links.to;
      if ((incoming && details.from.anonymous) || uri === "" || contact === null) continue;
      photos.want({ uri, generation, contact });
    }
  });
}
