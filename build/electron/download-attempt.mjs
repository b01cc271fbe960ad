/**
 * Remembers that Electron's own download failed, so that not every start waits for it again. It is tried anew after a
 * day, for another version, and when the mirror or the proxy has changed.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const rememberedMs = 24 * 60 * 60_000;
/** What decides where the download comes from: Electron's and npm's settings of mirrors and proxies. */
const settingName =
  /^(npm_config_|npm_package_config_)?electron_|^(npm_config_)?(https?_|no_|all_)?proxy$|^global_agent_/i;
/** These tell nothing of where it comes from. */
const unrelated = new Set(["ELECTRON_OVERRIDE_DIST_PATH", "ELECTRON_RUN_AS_NODE"]);

/**
 * @param {string} cache the folder that all clones of a user share
 * @param {string} version of Electron
 * @param {NodeJS.ProcessEnv} env
 * @param {() => number} now milliseconds since 1970
 */
export function downloadAttempt(cache, version, env, now) {
  const file = join(cache, "electron-download-failed.json");
  // A hash, because the address of a proxy may carry a password.
  const settings = createHash("sha256")
    .update(
      JSON.stringify(
        Object.entries(env)
          .filter(([name]) => settingName.test(name) && !unrelated.has(name.toUpperCase()))
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    )
    .digest("hex");
  return {
    /** Whether it failed within the last day, under the same settings. */
    hasFailed() {
      try {
        const failed = JSON.parse(readFileSync(file, "utf8"));
        const ageMs = now() - failed.at;
        return (
          failed.version === version && failed.settings === settings && ageMs >= 0 && ageMs < rememberedMs
        );
      } catch {
        return false;
      }
    },
    remember() {
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify({ version, settings, at: now() }));
      } catch {
        // A cache that cannot be written costs one attempt a start.
      }
    },
    forget() {
      rmSync(file, { force: true });
    },
  };
}
