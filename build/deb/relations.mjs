/**
 * What the Debian package needs besides itself. The same names stand in electron-builder.yml, whose own tool makes the
 * package where it can be had.
 *
 * Where Debian and Ubuntu have renamed a library for 64-bit time, the new name comes first: only where it is unknown does
 * apt go on to the old one, which on a newer system may be a virtual package that something unfit provides.
 */

/** Without these the program does not start, or cannot do what it promises. */
export const depends = [
  // Linked by Electron's binary.
  "libasound2t64 | libasound2",
  "libatk-bridge2.0-0t64 | libatk-bridge2.0-0",
  "libatk1.0-0t64 | libatk1.0-0",
  "libatspi2.0-0t64 | libatspi2.0-0",
  "libc6 (>= 2.31)",
  "libcairo2",
  "libcups2t64 | libcups2",
  "libdbus-1-3",
  "libdrm2",
  "libexpat1",
  "libgbm1",
  "libgcc-s1",
  "libglib2.0-0t64 | libglib2.0-0",
  "libgtk-3-0t64 | libgtk-3-0",
  "libnspr4",
  "libnss3",
  "libpango-1.0-0",
  "libudev1",
  "libx11-6",
  "libxcb1",
  "libxcomposite1",
  "libxdamage1",
  "libxext6",
  "libxfixes3",
  "libxkbcommon0",
  "libxrandr2",
  // Loaded when Chromium runs, so that nothing but its end by SIGILL tells of a missing one.
  "libx11-xcb1",
  // Linked by keytar.
  "libsecret-1-0",
  "libstdc++6",
];

/** Loaded when there is something to play. */
export const recommends = ["libpulse0"];

/**
 * Whatever else keeps passwords for the session is as good, and has no name of its own in Debian. The terminal program
 * runs on Node.js.
 */
export const suggests = ["gnome-keyring", "nodejs (>= 22.19)"];
