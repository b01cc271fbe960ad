import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { PASSWORD, USER, type UcwaServer } from "../specs/support/ucwa-server.ts";

const KEEP = `import keytar from "keytar";
  const [account, secret] = process.argv.slice(1);
  await keytar.setPassword("Doorbell", account, secret);`;

const KEEP_LIMIT_MS = 20_000;

/** Where an installed program keeps the settings of the person of that desktop. */
export function settingsFolder(desktop: DesktopSession): string {
  return join(desktop.home, ".config/Doorbell");
}

/** Leaves what an earlier sign-in that was to be remembered has left: the settings, and the password in the keyring. */
export async function rememberPerson(desktop: DesktopSession, server: UcwaServer): Promise<void> {
  const address = USER.replace("sip:", "");
  const account = { address, server: server.url };
  const folder = settingsFolder(desktop);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), JSON.stringify({ ...account, keptPassword: account }));
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", KEEP, address, PASSWORD], {
    env: desktop.env,
    cwd: dirname(fileURLToPath(import.meta.url)),
    timeout: KEEP_LIMIT_MS,
  });
}
