import { texts } from "../../locales/texts.ts";
import { readAddress, type SignInAddress } from "../account/address.ts";
import { endpointIdFor } from "../account/endpoint-id.ts";
import { problemOfServer } from "../account/server-address.ts";
import { approvedOrigins, type Settings } from "../account/settings.ts";
import type { SessionAccount } from "../ucwa/session-options.ts";
import type { DoctorOptions } from "./arguments.ts";
import { EXIT, type Parts, type ProgramIo } from "./composition.ts";
import type { InputLine } from "./watch/lines.ts";
import type { Output } from "./output.ts";
import { askPerson, findPassword } from "./password.ts";
import { askWithoutEcho } from "./prompt.ts";

export type AccountReading =
  | { readonly kind: "ready"; readonly account: SessionAccount }
  /** All has been said on standard error; the program ends with this status. */
  | { readonly kind: "ended"; readonly status: number };

/** Says what is wrong with the command line or the settings; settles with the exit status. */
export async function usageError(errors: Output, message: string): Promise<number> {
  errors.write(`doorbell: ${message}\n`);
  await errors.flush();
  return EXIT.usage;
}

/** Who signs in, where and with which password: from the options, else from the app's settings and the keyring. */
export async function readAccount(
  options: Pick<DoctorOptions, "user" | "server" | "trust" | "passwordStdin">,
  environmentPassword: string | undefined,
  { errors, lines }: { readonly errors: Output; readonly lines: AsyncIterator<InputLine> },
  parts: Parts,
  io: ProgramIo,
): Promise<AccountReading> {
  const usage = async (message: string): Promise<AccountReading> => ({
    kind: "ended",
    status: await usageError(errors, message),
  });
  const { settings, problems } = parts.readSettings();
  for (const problem of problems) errors.write(`doorbell: ${problem}\n`);
  const typed = options.user ?? settings.address;
  if (typed === null) return await usage(texts.terminal.nobodySignsIn);
  const address = readAddress(typed);
  if (!address.ok) return await usage(address.message);
  const { server, problem } = serverOf(options, settings, address.value);
  if (problem !== null) return await usage(problem);

  const { stdin, job } = io;
  const terminal = stdin.isTTY === true && job.place() !== "none";
  const write = (text: string): void => errors.write(text);
  const ask = () =>
    askWithoutEcho(
      { stdin, job, clock: parts.clock, write },
      texts.terminal.password.prompt(address.value.address),
    );
  // On a terminal the first line is typed by a person, and what is typed there as a password is not shown.
  const password =
    options.passwordStdin && terminal
      ? await askPerson(ask)
      : await findPassword(
          { address: address.value.address, server },
          {
            firstLine: options.passwordStdin ? async () => (await lines.next()).value : null,
            environment: environmentPassword,
            secrets: parts.secrets,
            clock: parts.clock,
            waiting: () => errors.write(`doorbell: ${texts.terminal.password.waiting}\n`),
            ask: terminal ? ask : null,
          },
        );
  if (password.kind === "interrupted") return { kind: "ended", status: EXIT.interrupted };
  if (password.kind === "none") return await usage(password.message);
  return {
    kind: "ready",
    account: {
      address: address.value.address,
      password: password.password,
      server,
      trusted: [...approvedOrigins(settings, address.value.domain), ...options.trust],
      endpointId: settings.endpointId ?? endpointIdFor(parts.machine(), address.value.address),
      instanceId: parts.random.uuid(),
      userAgent: `Doorbell/${parts.version}`,
      culture: parts.culture,
    },
  };
}

/** The server to start from: an option, else the setting if it was made for this address. */
function serverOf(
  { server }: Pick<DoctorOptions, "server">,
  settings: Settings,
  { address }: SignInAddress,
): { readonly server: string | null; readonly problem: string | null } {
  if (server !== null) return { server, problem: null };
  const own = settings.address === null ? null : readAddress(settings.address);
  if (settings.server === null || own === null || !own.ok || own.value.address !== address)
    return { server: null, problem: null };
  return { server: settings.server, problem: problemOfServer(settings.server, texts.terminal.serverSetting) };
}
