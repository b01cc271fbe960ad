/** What a notification service does otherwise than the Desktop Notifications Specification lets a program expect. */
export interface ServiceProfile {
  /** What it offers as actions is in a menu, of which a person has to know. */
  readonly hidesActions?: true;
  /** How many it is given at once: others would wait unseen or take earlier ones away. */
  readonly room?: number;
  /** It folds what is changed, and the buttons away with it: a photo that comes later is left out. */
  readonly foldsChanged?: true;
  /** It says that it has closed a notification, and leaves it drawn until its time is over. */
  readonly leavesClosed?: true;
}

/** By the name in GetServerInformation, where several have one with the vendor behind it; `docs/notification-services.md` shows what was seen of each. */
const PROFILES: Readonly<Record<string, ServiceProfile>> = {
  dunst: { hidesActions: true },
  mako: { hidesActions: true },
  "gnome-shell": { room: 1, foldsChanged: true },
  // MATE and LXQt call theirs by the same name, and have room.
  "Notification Daemon of GNOME": { room: 1, leavesClosed: true },
  // What it draws goes when its own ten seconds are over, whoever closes it.
  "notify-osd": { room: 0 },
};

/** The profile of a service; empty for one that does what is specified. */
export function profileOf(name: string, vendor: unknown): ServiceProfile {
  const key = [`${name} of ${String(vendor)}`, name].find((one) => Object.hasOwn(PROFILES, one));
  return PROFILES[key ?? ""] ?? {};
}
