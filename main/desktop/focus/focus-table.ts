/** Somebody on the session bus who is asked whether it is quiet, and who tells when that may have changed. */
export interface BusTeller {
  readonly who: string;
  /** Asked while it has an owner; it is never started. */
  readonly name: string;
  readonly path: string;
  readonly interface: string;
  /** Is answered with one boolean, bare or as a variant. */
  readonly member: string;
  readonly body: readonly string[];
  /** The interface of the signals after which it is asked again, and how their arguments begin. */
  readonly tells: { readonly interface: string; readonly arguments: readonly string[] };
}

/** A setting of the desktop, which `gsettings` reads; dconf tells the bus what was written. */
export interface SettingTeller {
  readonly who: string;
  /** One of `XDG_CURRENT_DESKTOP`. */
  readonly desktop: string;
  readonly schema: string;
  /** Of the schema, with a slash at both ends. */
  readonly path: string;
  readonly key: string;
  readonly quietWhen: boolean;
}

const NOTIFICATIONS = "org.freedesktop.Notifications";
const PROPERTIES = "org.freedesktop.DBus.Properties";
const XFCONF = "org.xfce.Xfconf";
const SWAYNC = "org.erikreider.swaync.cc";
const XFCE_SETTING = ["xfce4-notifyd", "/do-not-disturb"];

function property(who: string, name: string, path: string, owner: string, key: string): BusTeller {
  const tells = { interface: PROPERTIES, arguments: [owner] };
  return { who, name, path, interface: PROPERTIES, member: "Get", body: [owner, key], tells };
}

/** Who is asked on Linux. Whoever is not there, or has no such thing, wants no quiet. */
export const BUS_TELLERS: readonly BusTeller[] = [
  property("plasma", NOTIFICATIONS, "/org/freedesktop/Notifications", NOTIFICATIONS, "Inhibited"),
  property("dunst", NOTIFICATIONS, "/org/freedesktop/Notifications", "org.dunstproject.cmd0", "paused"),
  {
    who: "xfce",
    name: XFCONF,
    path: "/org/xfce/Xfconf",
    interface: XFCONF,
    member: "GetProperty",
    body: XFCE_SETTING,
    tells: { interface: XFCONF, arguments: XFCE_SETTING },
  },
  {
    who: "swaync",
    name: SWAYNC,
    path: "/org/erikreider/swaync/cc",
    interface: SWAYNC,
    member: "GetDnd",
    body: [],
    tells: { interface: SWAYNC, arguments: [] },
  },
];

/** The same of desktops whose notifications belong to their shell. */
export const SETTING_TELLERS: readonly SettingTeller[] = [
  {
    who: "gnome",
    desktop: "GNOME",
    schema: "org.gnome.desktop.notifications",
    path: "/org/gnome/desktop/notifications/",
    key: "show-banners",
    quietWhen: false,
  },
  {
    who: "cinnamon",
    desktop: "X-Cinnamon",
    schema: "org.cinnamon.desktop.notifications",
    path: "/org/cinnamon/desktop/notifications/",
    key: "display-notifications",
    quietWhen: false,
  },
  {
    who: "mate",
    desktop: "MATE",
    schema: "org.mate.NotificationDaemon",
    path: "/org/mate/notification-daemon/",
    key: "do-not-disturb",
    quietWhen: true,
  },
];
