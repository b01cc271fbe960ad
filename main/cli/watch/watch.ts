import { texts } from "../../../locales/texts.ts";
import { ProxySettingError } from "../../platform/fetch/undici-fetch.ts";
import { lineLogger } from "../../platform/logger.ts";
import type { Logger } from "../../platform/ports.ts";
import { readAccount, usageError } from "../account.ts";
import type { WatchOptions } from "../arguments.ts";
import { EXIT, type Control, type Core, type Front, type Parts, type ProgramIo } from "../composition.ts";
import { JsonMode } from "./json-mode.ts";
import { linesOf } from "./lines.ts";
import { endingWith, Output } from "../output.ts";
import { PlainMode } from "./plain-mode.ts";
import { LEAVE_LIMIT_MS, within } from "../within.ts";

/** The sign-out has a deadline of its own; this one holds when that fails. Milliseconds. */
const SIGN_OUT_LIMIT_MS = 4_000;
/** After an error of our own, in milliseconds. */
const FAULT_SIGN_OUT_LIMIT_MS = 3_000;

/** Signs in and shows what happens until told to quit; settles with the exit status. `environmentPassword` is what DOORBELL_PASSWORD held. */
export async function watch(
  options: WatchOptions,
  environmentPassword: string | undefined,
  parts: Parts,
  io: ProgramIo,
): Promise<number> {
  const { clock } = parts;
  const out = new Output(io.stdout, clock, options.json ? undefined : io.shown);
  const errors = new Output(io.stderr, clock, io.shown);
  const lines = linesOf(io.stdin);
  const reading = await readAccount(options, environmentPassword, { errors, lines }, parts, io);
  if (reading.kind === "ended") return reading.status;
  const { account } = reading;

  const front: Front = options.json
    ? new JsonMode({ out, errors, lines }, clock, () => logger)
    : new PlainMode(io, { out, errors, player: parts.ringPlayer }, clock, account.address);
  const logger = lineLogger(options.log, clock, (line) => front.notice(line));
  let core: Core;
  try {
    core = parts.openCore(account, logger);
  } catch (error) {
    if (error instanceof ProxySettingError) return await usageError(errors, texts.terminal.wrongProxy);
    throw error;
  }
  return await runSession(core, { front, out, errors, notify: options.notify, logger }, parts, io);
}

interface Running {
  readonly front: Front;
  readonly out: Output;
  readonly errors: Output;
  readonly notify: boolean;
  readonly logger: Logger;
}

async function runSession(
  core: Core,
  { front, out, errors, notify, logger }: Running,
  parts: Parts,
  io: ProgramIo,
): Promise<number> {
  const { clock } = parts;
  const told = Promise.withResolvers<number>();
  const control: Control = {
    bell: core.bell,
    tryNow: () => core.session.tryNow(),
    trust: (origin) => void core.approve(origin),
    leave: told.resolve,
  };
  const deafen = io.interruption.listen(told.resolve);
  void out.gone.then(() => told.resolve(EXIT.quit));
  front.start(control);
  const notifications = notify ? openNotifications(core, front, logger, parts) : null;
  core.session.start();

  const status = await told.promise;
  logger.info("leaving", { status });
  const limit = status === EXIT.fault ? FAULT_SIGN_OUT_LIMIT_MS : SIGN_OUT_LIMIT_MS;
  core.leave();
  const leave = async (): Promise<void> => {
    await Promise.all([
      within(limit, clock, core.session.signOut()),
      within(limit, clock, notifications?.dispose()),
    ]);
    await front.close();
    await core.close();
  };
  await within(LEAVE_LIMIT_MS, clock, leave());
  deafen();
  return await endingWith(status, out, errors);
}

function openNotifications(
  core: Core,
  front: Front,
  logger: Logger,
  { openNotifications }: Parts,
): { dispose(): Promise<void> } | null {
  if (openNotifications === null) {
    front.notice(`doorbell: ${texts.terminal.notifications.linuxOnly}`);
    return null;
  }
  let last: string | null = null;
  const report = (problem: string | null): void => {
    if (problem === last) return;
    last = problem;
    front.notice(`doorbell: ${problem ?? texts.terminal.notifications.shownAgain}`);
  };
  return openNotifications(core.bell, report, logger);
}
