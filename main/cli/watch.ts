import { readAddress, type SignInAddress } from "../account/address.ts";
import { endpointIdFor } from "../account/endpoint-id.ts";
import { problemOfServer } from "../account/server-address.ts";
import type { Settings } from "../account/settings.ts";
import { ProxySettingError } from "../http-undici.ts";
import { lineLogger } from "../logger.ts";
import type { Logger } from "../ports.ts";
import type { WatchOptions } from "./arguments.ts";
import type { SessionAccount } from "../ucwa/session.ts";
import { EXIT, type Control, type Core, type Front, type Parts, type ProgramIo } from "./composition.ts";
import { JsonMode } from "./json-mode.ts";
import { linesOf } from "./lines.ts";
import { Output } from "./output.ts";
import { askPerson, findPassword } from "./password.ts";
import { PlainMode } from "./plain-mode.ts";
import { askWithoutEcho } from "./prompt.ts";

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
  const out = new Output(io.stdout, clock);
  const errors = new Output(io.stderr, clock);
  const usage = async (message: string): Promise<number> => {
    errors.write(`doorbell: ${message}\n`);
    await errors.flush();
    return EXIT.usage;
  };

  const { settings, problems } = parts.readSettings();
  for (const problem of problems) errors.write(`doorbell: ${problem}\n`);
  const typed = options.user ?? settings.address;
  if (typed === null) return usage("Whose invitations? Give the sign-in address with --user.");
  const address = readAddress(typed);
  if (!address.ok) return usage(address.message);
  const { server, problem } = serverOf(options, settings, address.value);
  if (problem !== null) return usage(problem);

  const lines = linesOf(io.stdin);
  const terminal = io.stdin.isTTY === true;
  const ask = () =>
    askWithoutEcho(io.stdin, (text) => errors.write(text), `Password of ${address.value.address}: `);
  // On a terminal the first line is typed by a person, and what is typed there as a password is not shown.
  const password =
    options.passwordStdin && terminal
      ? await askPerson(ask)
      : await findPassword(address.value.address, {
          firstLine: options.passwordStdin ? async () => (await lines.next()).value : null,
          openSecrets: () => parts.openSecrets(),
          environment: environmentPassword,
          ask: terminal ? ask : null,
        });
  if (password.kind === "interrupted") return EXIT.interrupted;
  if (password.kind === "none") return usage(password.message);

  const front: Front = options.json
    ? new JsonMode({ out, errors, lines }, clock, () => logger)
    : new PlainMode(io, { out, errors }, clock, address.value.address);
  const logger = lineLogger(options.log, clock, (line) => front.notice(line));
  const account: SessionAccount = {
    address: address.value.address,
    password: password.password,
    server,
    trusted: [...approvedFor(address.value.domain, settings), ...options.trust],
    endpointId: settings.endpointId ?? endpointIdFor(parts.machine(), address.value.address),
    instanceId: parts.random.uuid(),
    userAgent: `Doorbell/${parts.version}`,
    culture: parts.culture,
  };
  let core: Core;
  try {
    core = parts.openCore(account, logger);
  } catch (error) {
    if (error instanceof ProxySettingError) return usage(error.message);
    throw error;
  }
  return await runSession(core, { front, out, notify: options.notify, logger }, parts, io);
}

interface Running {
  readonly front: Front;
  readonly out: Output;
  readonly notify: boolean;
  readonly logger: Logger;
}

async function runSession(
  core: Core,
  { front, out, notify, logger }: Running,
  parts: Parts,
  io: ProgramIo,
): Promise<number> {
  const told = Promise.withResolvers<number>();
  const control: Control = {
    bell: core.bell,
    tryNow: () => core.session.tryNow(),
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
  await Promise.all([
    within(limit, parts, core.session.signOut()),
    within(limit, parts, notifications?.dispose()),
  ]);
  await front.close();
  await within(limit, parts, core.close());
  deafen();
  return status;
}

function openNotifications(
  core: Core,
  front: Front,
  logger: Logger,
  { openNotifications }: Parts,
): { dispose(): Promise<void> } | null {
  if (openNotifications === null) {
    front.notice("doorbell: --notify works on Linux only. Invitations ring here only.");
    return null;
  }
  let last: string | null = null;
  const report = (problem: string | null): void => {
    if (problem === last) return;
    last = problem;
    front.notice(`doorbell: ${problem ?? "Notifications are shown again."}`);
  };
  return openNotifications(core.bell, report, logger);
}

/** A domain may be called like a property that every object has. */
function approvedFor(domain: string, { trustedOrigins }: Settings): readonly string[] {
  return (Object.hasOwn(trustedOrigins, domain) ? trustedOrigins[domain] : undefined) ?? [];
}

/** The server to start from: an option, else the setting if it was made for this address. */
function serverOf(
  options: WatchOptions,
  settings: Settings,
  { address }: SignInAddress,
): { readonly server: string | null; readonly problem: string | null } {
  if (options.server !== null) return { server: options.server, problem: null };
  const own = settings.address === null ? null : readAddress(settings.address);
  if (settings.server === null || own === null || !own.ok || own.value.address !== address)
    return { server: null, problem: null };
  return { server: settings.server, problem: problemOfServer(settings.server, "The setting server") };
}

/** Waits for work of the end, but not for ever, and whether it succeeds or not. */
async function within(limitMs: number, { clock }: Parts, work: Promise<void> | undefined): Promise<void> {
  if (work === undefined) return;
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(limitMs, resolve);
  await Promise.race([work.catch(() => undefined), late]);
  cancel();
}
