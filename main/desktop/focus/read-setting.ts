import { execFile } from "node:child_process";

/** It takes some ten milliseconds; nobody waits for it. */
const LIMIT_MS = 5_000;

/**
 * The value of one setting of the desktop as `gsettings` writes it; null where there is no such program, schema or key, or
 * where it takes longer than 5 s. Never rejects; `signal` ends the program.
 */
export function readSetting(
  schema: string,
  key: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | null> {
  const bounds = { env, signal, timeout: LIMIT_MS, killSignal: "SIGKILL", maxBuffer: 1_000 } as const;
  return new Promise((resolve) => {
    execFile("gsettings", ["get", schema, key], bounds, (error, stdout) =>
      resolve(error ? null : stdout.trim()),
    );
  });
}
