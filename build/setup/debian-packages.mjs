/**
 * The Debian packages that something in this repository runs or loads, in one table: why each is there, for which
 * need, and the file that proves it. Presence is read from the file system, not from dpkg, so that the same table
 * also serves a system with another package manager, and costs about a millisecond.
 */
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** @typedef {"modules" | "build" | "cli" | "test" | "demo" | "app" | "desktops" | "services" | "deb"} Need */

/**
 * @typedef {object} DebianPackage
 * @property {string} name     its name in Debian
 * @property {readonly Need[]} needs
 * @property {string} reason   what goes without it
 * @property {string} [program] a program that it puts on the path
 * @property {readonly string[]} [files] files of it, one of which is enough; a `*` stands for one folder's name
 */

/** @type {readonly Need[]} */
const desktop = ["test", "demo"];
/** @type {readonly Need[]} */
const electron = ["test", "demo", "app"];

/**
 * A library that Electron's binary loads. With GTK come those of X11 that are not named here.
 * @param {string} name
 * @param {string} file
 * @returns {DebianPackage}
 */
const library = (name, file) => ({
  name,
  needs: electron,
  reason: "Electron loads it",
  files: ["/usr/lib/*/", "/usr/lib/", "/usr/lib64/", "/lib/*/"].map((folder) => folder + file),
});

/** @type {readonly Need[]} */
const wholeDesktops = ["desktops", "services"];

/**
 * A notification service that only the check of all of them starts.
 * @param {string} name
 * @param {string} where it is usual
 * @param {string} program on the path, or below a folder of libraries
 * @returns {DebianPackage}
 */
const service = (name, where, program = name) => ({
  name,
  needs: ["services"],
  reason: `the notification service of ${where}`,
  program,
  files: [`/usr/lib/${program}`, `/usr/lib/*/${program}`, `/usr/libexec/${program}`],
});

/** @type {readonly DebianPackage[]} */
export const debianPackages = [
  {
    name: "libsecret-1-0",
    needs: ["build", ...electron],
    reason: "keytar loads it to reach the keyring",
    files: ["/usr/lib/*/libsecret-1.so.0", "/usr/lib/libsecret-1.so.0", "/usr/lib64/libsecret-1.so.0"],
  },
  { name: "xvfb", needs: desktop, reason: "the private display", program: "Xvfb" },
  {
    name: "xserver-xorg-core",
    needs: ["test"],
    reason: "the private display whose monitors can be unplugged",
    program: "Xorg",
  },
  {
    name: "xserver-xorg-video-dummy",
    needs: ["test"],
    reason: "the graphics card of that display",
    files: [
      "/usr/lib/xorg/modules/drivers/dummy_drv.so",
      "/usr/lib/*/xorg/modules/drivers/dummy_drv.so",
      "/usr/lib64/xorg/modules/drivers/dummy_drv.so",
    ],
  },
  { name: "x11-xserver-utils", needs: ["test"], reason: "unplugs a monitor", program: "xrandr" },
  { name: "dbus", needs: desktop, reason: "the private session bus", program: "dbus-daemon" },
  {
    name: "xfce4-notifyd",
    needs: desktop,
    reason: "the notification service that draws Accept and Decline",
    files: [
      "/usr/lib/*/xfce4/notifyd/xfce4-notifyd",
      "/usr/lib/xfce4/notifyd/xfce4-notifyd",
      "/usr/libexec/xfce4-notifyd",
    ],
  },
  {
    name: "xfconf",
    needs: desktop,
    reason: "the settings of the notification service",
    files: [
      "/usr/lib/*/xfce4/xfconf/xfconfd",
      "/usr/lib/xfce4/xfconf/xfconfd",
      "/usr/libexec/xfce4/xfconf/xfconfd",
    ],
  },
  {
    name: "at-spi2-core",
    needs: desktop,
    reason: "tells where a drawn button is",
    files: [
      "/usr/libexec/at-spi-bus-launcher",
      "/usr/lib/at-spi-bus-launcher",
      "/usr/lib/*/at-spi-bus-launcher",
    ],
  },
  {
    name: "adwaita-icon-theme",
    needs: desktop,
    reason: "the icons of drawn notifications",
    files: ["/usr/share/icons/Adwaita/index.theme"],
  },
  {
    name: "fonts-dejavu-core",
    needs: desktop,
    reason: "letters on the private display",
    files: [
      "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
      "/usr/share/fonts/*/DejaVuSans.ttf",
      "/usr/share/fonts/TTF/DejaVuSans.ttf",
    ],
  },
  { name: "xdotool", needs: desktop, reason: "the click on a drawn button", program: "xdotool" },
  { name: "imagemagick", needs: desktop, reason: "pictures of the private display", program: "import" },
  {
    name: "xfwm4",
    needs: ["test"],
    reason: "the window manager of the desktop with a panel",
    program: "xfwm4",
  },
  { name: "xfce4-panel", needs: ["test"], reason: "the panel that draws tray icons", program: "xfce4-panel" },
  {
    name: "xterm",
    needs: ["test"],
    reason: "the program that a person works in meanwhile",
    program: "xterm",
  },
  { name: "gnome-keyring", needs: desktop, reason: "the keyring", program: "gnome-keyring-daemon" },
  { name: "dunst", needs: ["test"], reason: "a notification service with a menu", program: "dunst" },
  { name: "suckless-tools", needs: ["test"], reason: "that menu", program: "dmenu" },
  // Some 700 MB: what the tests of every day do without.
  {
    name: "gnome-shell",
    needs: wholeDesktops,
    reason: "GNOME",
    program: "gnome-shell",
  },
  {
    name: "gnome-shell-extension-appindicator",
    needs: wholeDesktops,
    reason: "tray icons in GNOME",
    files: ["/usr/share/gnome-shell/extensions/ubuntu-appindicators@ubuntu.com/extension.js"],
  },
  { name: "gjs", needs: wholeDesktops, reason: "GNOME's notification service", program: "gjs" },
  {
    name: "plasma-desktop",
    needs: wholeDesktops,
    reason: "KDE Plasma",
    files: ["/usr/share/plasma/shells/org.kde.plasma.desktop/metadata.json"],
  },
  { name: "kwin-x11", needs: wholeDesktops, reason: "the window manager of Plasma", program: "kwin_x11" },
  service("mate-notification-daemon", "MATE", "mate-notification-daemon/mate-notification-daemon"),
  service("lxqt-notificationd", "LXQt"),
  service("notification-daemon", "GNOME Flashback", "notification-daemon/notification-daemon"),
  service("awesome", "awesome"),
  service("mako-notifier", "many Wayland compositors", "mako"),
  service("sway-notification-center", "Sway", "swaync"),
  service("notify-osd", "Unity", "notify-osd"),
  { name: "sway", needs: ["services"], reason: "the Wayland compositor of two of them", program: "sway" },
  { name: "swaybg", needs: ["services"], reason: "the background of that", program: "swaybg" },
  {
    name: "gcr",
    needs: ["test"],
    reason: "the prompt that unlocks a keyring",
    files: ["/usr/libexec/gcr-prompter", "/usr/lib/gcr/gcr-prompter", "/usr/lib/gcr-prompter"],
  },
  {
    name: "krb5-kdc",
    needs: ["test"],
    reason: "the Kerberos domain of single sign-on",
    files: ["/usr/sbin/krb5kdc", "/usr/bin/krb5kdc"],
  },
  {
    name: "krb5-admin-server",
    needs: ["test"],
    reason: "adds people to that domain",
    files: ["/usr/sbin/kadmin.local", "/usr/bin/kadmin.local"],
  },
  { name: "krb5-user", needs: ["test"], reason: "a person's ticket", program: "kinit" },
  {
    name: "libnss3-tools",
    needs: ["test"],
    reason: "the certificates of a test's own desktop",
    program: "certutil",
  },
  {
    name: "chromium",
    needs: desktop,
    reason: "the browser that the specs drive, and the window of the server's page in the demo",
    program: "chromium",
  },
  {
    name: "bsdutils",
    needs: ["test"],
    reason: "a terminal of the terminal program's own",
    program: "script",
  },
  {
    name: "pulseaudio",
    needs: ["test"],
    reason: "the sound server that a ring is heard on",
    program: "pulseaudio",
  },
  { name: "pulseaudio-utils", needs: ["test"], reason: "records what is heard", program: "parec" },
  { name: "iproute2", needs: ["test"], reason: "the network of a silent name server", program: "ip" },
  {
    name: "systemd",
    needs: ["test"],
    reason: "reads the unit of the terminal program",
    program: "systemd-analyze",
  },
  {
    name: "debootstrap",
    needs: ["deb"],
    reason: "the fresh system that the Debian package is installed in",
    program: "debootstrap",
  },
  { name: "bubblewrap", needs: ["deb"], reason: "the way into that system", program: "bwrap" },
  {
    name: "appstream",
    needs: ["deb"],
    reason: "reads the package's AppStream data",
    program: "appstreamcli",
  },
  {
    name: "desktop-file-utils",
    needs: ["deb"],
    reason: "reads the package's desktop file",
    program: "desktop-file-validate",
  },
  library("libgtk-3-0", "libgtk-3.so.0"),
  library("libnss3", "libnss3.so"),
  library("libasound2", "libasound.so.2"),
  library("libgbm1", "libgbm.so.1"),
  library("libdrm2", "libdrm.so.2"),
  library("libatspi2.0-0", "libatspi.so.0"),
  library("libexpat1", "libexpat.so.1"),
  library("libxkbcommon0", "libxkbcommon.so.0"),
  // Not linked but loaded when it runs; without it Chromium ends with SIGILL.
  library("libx11-xcb1", "libX11-xcb.so.1"),
];

/**
 * The packages that a need asks for and that are not there.
 * @param {Need} need
 * @param {{ hasProgram: (name: string) => boolean, hasFile: (pattern: string) => boolean }} system
 */
export function missingPackages(need, system) {
  return debianPackages.filter(
    ({ needs, program, files }) =>
      needs.includes(need) &&
      !(program !== undefined && system.hasProgram(program)) &&
      !(files ?? []).some((pattern) => system.hasFile(pattern)),
  );
}

/** This machine, as `missingPackages` asks about it. */
export const thisSystem = {
  /** @param {string} name */
  hasProgram(name) {
    // An administrator's folders are not on everybody's path, yet what they hold can be run.
    const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/sbin"];
    return folders.some((folder) => folder !== "" && isExecutable(join(folder, name)));
  },
  /** @param {string} pattern */
  hasFile(pattern) {
    const star = pattern.indexOf("/*/");
    if (star < 0) return existsSync(pattern);
    const before = pattern.slice(0, star);
    const after = pattern.slice(star + 3);
    if (!existsSync(before)) return false;
    return readdirSync(before).some((folder) => existsSync(join(before, folder, after)));
  },
};

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
