import { writeFile } from "node:fs/promises";
import { listen } from "./http/listen.ts";
import type { Listening } from "./http/listen.ts";
import type { ProgramOptions } from "./options.ts";
import { seededRandom, systemRandom } from "./random.ts";

/**
 * Starts a server as the command line says, and writes its certificate authority where that asks for it. Rejects with
 * the system's error when a port cannot be had or the file cannot be written; then nothing listens.
 */
export async function start(told: ProgramOptions & { kind: "run" }): Promise<Listening> {
  const { host, port, applicationsPort, seed, tls, entrance, grants, allowedOrigins } = told;
  const listening = await listen({
    host,
    port,
    ...(applicationsPort !== null && { applicationsPort }),
    ...(tls && { tls }),
    ...(entrance !== null && { entrance }),
    switches: { allowedOrigins, ...(grants !== null && { grants }) },
    secondPool: told.secondPool,
    restarted: told.restarted,
    users: told.users,
    meetings: told.meetings,
    random: seed === null ? systemRandom : seededRandom(seed),
  });
  try {
    if (listening.certificate && typeof tls?.caFile === "string")
      await writeFile(tls.caFile, listening.certificate.authority);
    return listening;
  } catch (error) {
    await listening.close();
    throw error;
  }
}
