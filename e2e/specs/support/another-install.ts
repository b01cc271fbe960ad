import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The environment of a Doorbell on another machine of the same user: an endpoint of its own. */
export function anotherInstall(env: Readonly<Record<string, string | undefined>>) {
  const folder = join(env["HOME"] ?? "", "another-install");
  mkdirSync(join(folder, "Doorbell"), { recursive: true });
  writeFileSync(join(folder, "Doorbell/config.json"), JSON.stringify({ endpointId: "another-endpoint" }));
  return { ...env, XDG_CONFIG_HOME: folder };
}
