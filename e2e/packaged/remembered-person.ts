import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { secretName } from "../../main/account/secrets.ts";
import { PASSWORD, USER, type UcwaServerState } from "../specs/support/ucwa-server.ts";

const KEEP = `import keytar from "keytar";
  const [account, secret] = process.argv.slice(1);
  await keytar.setPassword("Doorbell", account, secret);`;

const KEEP_LIMIT_MS = 20_000;

/** Where a packed program keeps the settings of the person whose home this is. */
export function settingsIn(home: string): string {
  return join(home, ".config/Doorbell");
}

/** What tells a program that this is the person's home. */
export function homeVariables(home: string): Readonly<Record<string, string>> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_CACHE_HOME: join(home, ".cache"),
    XDG_DATA_HOME: join(home, ".local/share"),
    XDG_STATE_HOME: join(home, ".local/state"),
  };
}

/** A server at which the person was signed in before. */
export interface RememberedServer {
  readonly url: string;
  /** Address of its applications; without it, the server is one of ours and tells it. */
  readonly applications?: string;
}

/**
 * Leaves what an earlier sign-in that was to be remembered has left: the settings, and the password in the keyring of the
 * desktop. `others` are settings that stand beside them.
 */
export async function rememberPerson(
  desktop: DesktopSession,
  server: RememberedServer,
  settings: string,
  others: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const address = USER.replace("sip:", "");
  const account = { address, server: server.url };
  const applications = server.applications ?? (await applicationsOf(server.url));
  mkdirSync(settings, { recursive: true });
  writeFileSync(
    join(settings, "config.json"),
    JSON.stringify({
      ...others,
      ...account,
      keptPassword: { ...account, origins: [new URL(server.url).origin, applications] },
    }),
  );
  await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", KEEP, secretName(account), PASSWORD],
    {
      env: desktop.env,
      cwd: dirname(fileURLToPath(import.meta.url)),
      timeout: KEEP_LIMIT_MS,
    },
  );
}

async function applicationsOf(url: string): Promise<string> {
  const state = await fetch(new URL("_control/state", url));
  const { origins }: UcwaServerState = JSON.parse(await state.text());
  return origins.applications;
}
