import { spawn } from "node:child_process";
import { join } from "node:path";
import { machineIdentity } from "./account/endpoint-id.ts";
import { nodeKeyringChild } from "./account/keyring-process.ts";
import { systemKeyring } from "./account/secrets.ts";
import { readSettings, settingsDirectory } from "./account/settings.ts";
import { EXIT, type Parts } from "./cli/composition.ts";
import { ProgramPlayer, systemPlayers } from "./cli/watch/ring-player.ts";
import { openSessionCore } from "./cli/watch/session-core.ts";
import { systemSurroundings } from "./cli/doctor/system-surroundings.ts";
import { faultLine } from "./platform/fault.ts";
import { SILENT_LOGGER } from "./platform/logger.ts";
import { speak } from "../locales/texts.ts";
import { ignoredAtStart } from "./cli/ignored-signals.ts";
import { Interruption } from "./cli/interruption.ts";
import { systemJobControl } from "./cli/job-control.ts";
import { systemNotifications } from "./cli/notifications.ts";
import { run } from "./cli/run.ts";
import { systemClock as clock, systemRandom as random } from "./platform/system.ts";
import { endProcess, nodeEndings } from "./platform/process-end.ts";
import { logImpossible } from "./platform/transition-table.ts";
import { terminalLocale } from "./cli/terminal-language.ts";
import { programVersion } from "./cli/version.ts";
import { Doorbell } from "./core/doorbell.ts";
import { createUndiciClient } from "./platform/fetch/undici-fetch.ts";
import { shownIn } from "./surfaces/terminal/ascii.ts";
import { createSession } from "./ucwa/session.ts";

// The terminal program: builds each part once and hands it over.

const { env, platform, stdin, stdout, stderr } = process;
speak(terminalLocale(env));

const job = systemJobControl(platform);
const inBackground = (): boolean => job.place() === "background";
const end = (status: number): void => endProcess(nodeEndings(status, { platform, inBackground }), clock);
const interruption = new Interruption(end);
const endedBy = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp };
const ignored = ignoredAtStart(env);
for (const [signal, status] of Object.entries(endedBy)) {
  // conf brings a guard of its own for files being written, which raises every signal a second time. We never write.
  process.removeAllListeners(signal);
  process.on(signal, ignored.has(signal) ? () => undefined : () => interruption.raise(status));
}
// Rejections that nobody handles come here too.
process.on("uncaughtException", (error) => {
  stderr.write(`${faultLine(error)}\n`);
  interruption.raise(EXIT.fault);
});

const parts: Parts = {
  clock,
  random,
  version: programVersion(),
  culture: Intl.DateTimeFormat().resolvedOptions().locale,
  machine: () => machineIdentity(),
  readSettings: () => readSettings(settingsDirectory(platform, env)),
  secrets: systemKeyring(nodeKeyringChild(join(import.meta.dirname, "keyring.js")), {
    platform,
    env,
    clock,
    logger: SILENT_LOGGER,
  }),
  openCore: (account, logger, observe = (fetch) => fetch) => {
    const http = createUndiciClient();
    const onImpossible = logImpossible(logger);
    const bell = new Doorbell({ clock, random, logger, onImpossible });
    const fetch = observe(http.fetch);
    return openSessionCore(
      bell,
      account,
      (current) =>
        createSession({ fetch, clock, random, logger, onImpossible, listener: bell, account: current }),
      () => http.close(),
    );
  },
  openNotifications: systemNotifications(platform, env, clock),
  ringPlayer: new ProgramPlayer({
    programs: systemPlayers(env),
    fileOf: (sound) => join(import.meta.dirname, "../renderer/sounds", `${sound}.wav`),
    env,
    spawn,
    clock,
  }),
  surroundings: systemSurroundings(platform, env, clock),
};

const shown = shownIn(platform, env);
end(await run(process.argv.slice(2), parts, { stdin, stdout, stderr, env, interruption, job, shown }));
