import { texts } from "../../../locales/texts.ts";
import { ProxySettingError } from "../../platform/fetch/undici-fetch.ts";
import { lineLogger } from "../../platform/logger.ts";
import type { Fetch } from "../../platform/ports.ts";
import { discoveryNames } from "../../ucwa/discovery/discovery.ts";
import type { SessionAccount } from "../../ucwa/session-options.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { hostOf, originOf } from "../../ucwa/http/urls.ts";
import { readAccount, usageError } from "../account.ts";
import type { DoctorOptions } from "../arguments.ts";
import { EXIT, type Core, type Parts, type ProgramIo } from "../composition.ts";
import { linesOf } from "../watch/lines.ts";
import { endingWith, Output } from "../output.ts";
import { LEAVE_LIMIT_MS, within } from "../within.ts";
import type { Check, Report } from "./check.ts";
import { desktopChecks, keychainCheck, lookAtKeyring } from "./desktop-findings.ts";
import {
  deletionCheck,
  dnsCheck,
  eventsCheck,
  hopCheck,
  reasonLabel,
  signInChecks,
  type SignIn,
} from "./findings.ts";
import { JsonReport } from "./json-report.ts";
import { Observation } from "./observation.ts";
import { PlainReport } from "./plain-report.ts";
import { recordingFetch } from "./recording-fetch.ts";
import type { ShownCertificate } from "./surroundings.ts";

/** Longer than all that a sign-in may wait for by itself, except a server that keeps it waiting on purpose. */
const SIGN_IN_LIMIT_MS = 120_000;
/** How long the event channel is watched. */
const WATCH_MS = 10_000;
const TICK_MS = 1_000;
/** The sign-out has a deadline of its own; this one holds when that fails. */
const SIGN_OUT_LIMIT_MS = 4_000;

/**
 * Signs in once as `watch` does and looks on, then looks at the desktop; settles with the exit status. A sign-in that
 * does not succeed is not tried again. `environmentPassword` is what DOORBELL_PASSWORD held.
 */
export async function doctor(
  options: DoctorOptions,
  environmentPassword: string | undefined,
  parts: Parts,
  io: ProgramIo,
): Promise<number> {
  const { clock } = parts;
  const out = new Output(io.stdout, clock, options.json ? undefined : io.shown);
  const errors = new Output(io.stderr, clock, io.shown);
  const reading = await readAccount(
    options,
    environmentPassword,
    { errors, lines: linesOf(io.stdin) },
    parts,
    io,
  );
  if (reading.kind === "ended") return reading.status;
  const { account } = reading;

  const report = options.json ? new JsonReport({ out, errors }, clock) : new PlainReport(io, { out, errors });
  const examination = new Examination(account, report, parts);
  const logger = lineLogger(options.log, clock, (line) => report.notice(line));
  let core: Core;
  try {
    core = parts.openCore(account, logger, (fetch) => examination.observed(fetch));
  } catch (error) {
    if (error instanceof ProxySettingError) return await usageError(errors, texts.terminal.wrongProxy);
    throw error;
  }
  const told = Promise.withResolvers<number>();
  const deafen = io.interruption.listen(told.resolve);
  void out.gone.then(() => told.resolve(EXIT.quit));
  const status = await Promise.race([examination.run(core), told.promise]);
  examination.stop();
  const leave = async (): Promise<void> => {
    await within(SIGN_OUT_LIMIT_MS, clock, core.session.signOut());
    await report.close();
    await core.close();
  };
  await within(LEAVE_LIMIT_MS, clock, leave());
  deafen();
  return await endingWith(status, out, errors);
}

/** One round of all checks. */
class Examination {
  readonly #account: SessionAccount;
  readonly #report: Report;
  readonly #parts: Parts;
  readonly #seen: Observation;
  #sound = true;
  #stopped = false;

  constructor(account: SessionAccount, report: Report, parts: Parts) {
    this.#account = account;
    this.#report = report;
    this.#parts = parts;
    this.#seen = new Observation((hop) => this.#tell(hopCheck(hop, account.server !== null)));
  }

  observed(fetch: Fetch): Fetch {
    return recordingFetch(fetch, this.#parts.clock, this.#seen);
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#stopped = true;
    this.#report.progress(null);
  }

  async run(core: Core): Promise<number> {
    await this.#names();
    if (this.#stopped) return EXIT.quit;
    this.#progress(texts.doctor.progress.signIn);
    const signIn = await this.#signIn(core);
    if (this.#stopped) return EXIT.quit;
    const certificates = await this.#certificates();
    for (const check of signInChecks(signIn, this.#seen, certificates)) this.#tell(check);
    if (signIn.how === "online") await this.#events(core);
    else if (this.#seen.applicationOrigin === null)
      this.#tell({ name: "events", result: "notReached", detail: texts.doctor.notReached });
    if (this.#stopped) return EXIT.quit;
    this.#progress(texts.doctor.progress.signOut);
    await within(SIGN_OUT_LIMIT_MS, this.#parts.clock, core.session.signOut());
    if (this.#seen.applicationOrigin !== null) this.#tell(deletionCheck(this.#seen.deleted));
    await this.#desktop();
    if (this.#stopped) return EXIT.quit;
    this.#report.progress(null);
    this.#report.verdict(this.#sound);
    return this.#sound ? EXIT.quit : EXIT.fault;
  }

  async #names(): Promise<void> {
    const { address, server } = this.#account;
    const domain = address.slice(address.lastIndexOf("@") + 1);
    const starts = server === null ? discoveryNames(domain) : [server];
    const { fromNames, fromServer } = texts.doctor;
    const detail = server === null ? fromNames(address, domain) : fromServer(address, originOf(server));
    this.#tell({ name: "address", result: "ok", detail });
    const hosts = [...new Set(starts.map(hostOf))];
    this.#progress(texts.doctor.progress.names);
    const found = await Promise.all(hosts.map((host) => this.#parts.surroundings.resolve(host)));
    for (const [index, host] of hosts.entries()) this.#tell(dnsCheck(host, found[index] ?? []));
  }

  /** Ends with the first thing that goes wrong: a second try is for `watch`, and a password is never sent twice. */
  async #signIn(core: Core): Promise<SignIn> {
    const { promise, resolve } = Promise.withResolvers<SignIn>();
    const unsubscribe = core.bell.subscribe(({ session: state }) => {
      if (state.name === "online") resolve({ how: "online" });
      if (state.name === "attention" || state.name === "reconnecting") resolve({ how: "failed", state });
      // Told to stop.
      if (state.name === "signedOut") resolve({ how: "late" });
    });
    const cancel = this.#parts.clock.after(SIGN_IN_LIMIT_MS, () => resolve({ how: "late" }));
    core.session.start();
    const signIn = await promise;
    cancel();
    unsubscribe();
    // Before anything else: the session would try again by itself.
    if (signIn.how !== "online") await within(SIGN_OUT_LIMIT_MS, this.#parts.clock, core.session.signOut());
    return signIn;
  }

  async #certificates(): Promise<ReadonlyMap<string, ShownCertificate | null>> {
    const origins = [...this.#seen.origins].filter(
      ([origin, state]) => origin.startsWith("https:") && state !== "unreached",
    );
    return new Map(
      await Promise.all(
        origins.map(
          async ([origin]) => [origin, await this.#parts.surroundings.certificate(origin)] as const,
        ),
      ),
    );
  }

  async #events(core: Core): Promise<void> {
    const { clock } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const look = (): void => {
      const { session: state } = core.bell.state;
      if (state.name === "attention" || state.name === "reconnecting")
        resolve(reasonLabel({ how: "failed", state }));
      else if (state.name === "signedOut") resolve(texts.doctor.events.ended);
    };
    const unsubscribe = core.bell.subscribe(look);
    look();
    const began = clock.now();
    let cancel = (): void => undefined;
    const tick = (): void => {
      const left = began + WATCH_MS - clock.now();
      if (left <= 0) return resolve(null);
      this.#progress(texts.doctor.progress.events(Math.ceil(left / 1000)));
      cancel = clock.after(Math.min(TICK_MS, left), tick);
    };
    tick();
    const lost = await promise;
    cancel();
    unsubscribe();
    this.#tell(eventsCheck(WATCH_MS, lost, this.#seen.eventRequests));
  }

  async #desktop(): Promise<void> {
    const { surroundings } = this.#parts;
    this.#progress(texts.doctor.progress.desktop);
    const [keyring, desktop] = await Promise.all([
      lookAtKeyring(this.#parts),
      surroundings.desktop?.() ?? null,
    ]);
    this.#tell(keychainCheck(keyring));
    for (const check of desktopChecks(desktop)) this.#tell(check);
  }

  #progress(what: string): void {
    if (!this.#stopped) this.#report.progress(what);
  }

  #tell(check: Check): void {
    if (this.#stopped) return;
    if (check.result === "failed" || check.result === "notReached") this.#sound = false;
    this.#report.check({ ...check, detail: safeLine(check.detail) });
  }
}
