import type { InboxStore } from "../invitations/inbox-store.ts";
import type { Entry } from "../invitations/machine/entry.ts";
import type { ContactPhotos } from "../people/contact-photos.ts";

/** Wants the photo of whoever calls or is called, once the surfaces have been told of the call. */
export function wantPhotosOfCallers(store: InboxStore, photos: ContactPhotos): void {
  /** Whatever changes an invitation makes another entry of it. */
  const done = new WeakSet<Entry>();
  store.subscribe(() => {
    for (const entry of store.inbox.live.values()) {
      if (done.has(entry)) continue;
      done.add(entry);
      const { generation, details, links } = entry;
      const incoming = details.direction === "incoming";
      const uri = incoming ? details.from.uri : (details.callee?.uri ?? "");
      const contact = incoming ? links.caller : links.to;
      if ((incoming && details.from.anonymous) || uri === "" || contact === null) continue;
      photos.want({ uri, generation, contact });
    }
  });
}
