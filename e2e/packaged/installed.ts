/**
 * Rings the Doorbell that is installed in another root: a Debian system in a folder.
 *
 *     node e2e/packaged/installed.ts ROOT HOME [PICTURE]
 *
 * HOME is a person's home as it is called in that root; this process has to own it. The program sees that root and nothing of
 * this one but its desktop: the display, the session bus and the keyring, which are on this side. It is entered by a mount
 * namespace, because Chromium's sandbox does not start below a chroot.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { MARK } from "../desktop-session/session-folder.ts";
import { linesOf } from "./findings.ts";
import { ringPacked } from "./ring.ts";

const [root, home, picture] = process.argv.slice(2);
if (root === undefined || home === undefined) throw new Error("Usage: installed.ts ROOT HOME [PICTURE]");
const findings = await ringPacked({
  command: (desktop) => [...enter(root, home, desktop), "/usr/bin/doorbell"],
  resources: null,
  elsewhere: { root, home },
  ...(picture === undefined ? {} : { picture }),
});
process.stdout.write(linesOf(findings));
process.exitCode = findings.some(({ problems }) => problems.length > 0) ? 1 : 0;

function enter(system: string, person: string, desktop: DesktopSession): readonly string[] {
  const folder = desktop.env[MARK] ?? "";
  // Shared by all that are started there: by a socket in it a second start finds the first.
  const temporary = join(folder, "tmp");
  mkdirSync(temporary, { recursive: true });
  const places = [
    ["--ro-bind", system, "/"],
    ["--bind", join(system, person), person],
    // Not one of its own, for the processes are to be seen from here.
    ["--bind", "/proc", "/proc"],
    ["--ro-bind", "/sys", "/sys"],
    ["--dev", "/dev"],
    ["--tmpfs", "/run"],
    ["--bind", temporary, "/tmp"],
    ["--ro-bind", "/tmp/.X11-unix", "/tmp/.X11-unix"],
    ["--bind", folder, folder],
    ["--chdir", person],
  ];
  return ["bwrap", ...places.flat(), "--"];
}
