import type { Listening } from "./http/listen.ts";
import { help, readOptions } from "./options.ts";
import type { ProgramOptions } from "./options.ts";
import { start } from "./start.ts";

const options = readOptions(process.argv.slice(2));
switch (options.kind) {
  case "help":
    process.stdout.write(help);
    break;
  case "mistake":
    process.stderr.write(`${options.message}\nTry --help.\n`);
    process.exitCode = 2;
    break;
  case "run":
    await run(options);
}

async function run(told: ProgramOptions & { kind: "run" }): Promise<void> {
  const { host, tls } = told;
  try {
    const listening = await start(told);
    const stop = (): void => void listening.close().then(() => process.exit(0));
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    if (!["127.0.0.1", "localhost", "::1"].includes(host))
      process.stderr.write(
        `Warning: other machines can reach this server. ${tls ? "" : "It speaks plain HTTP and "}its passwords are for play.\n`,
      );
    process.stdout.write([...welcome(listening, told), ""].join("\n"));
  } catch (error) {
    process.stderr.write(`${startFailure(error, told)}\n`);
    process.exit(1);
  }
}

function* welcome(
  { discovery, applications, entrance, secondPool, certificate }: Listening,
  { users, demo, tls }: ProgramOptions & { kind: "run" },
): Generator<string> {
  yield `Skype for Business server is listening.`;
  yield `  Root of discovery, and page to invite from: ${discovery}/`;
  yield `  Applications:                               ${applications}/`;
  if (entrance !== null) yield `  Where discovery may begin too:              ${entrance}/`;
  if (secondPool) yield `  Second pool, where everyone is homed:       ${secondPool.discovery}/`;
  if (certificate) {
    yield `  Certificate (SHA-256): ${certificate.fingerprint}`;
    if (typeof tls?.caFile === "string") yield `  Its authority is in ${tls.caFile}`;
  }
  yield `  Who can sign in:`;
  for (const { uri, name, password } of users)
    // Only the demo passwords are public.
    yield `    ${name}  ${uri}${demo ? `  password: ${password}` : ""}`;
}

function startFailure(
  error: unknown,
  { port, applicationsPort, host }: ProgramOptions & { kind: "run" },
): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const second = typeof applicationsPort === "number" ? applicationsPort : port + 1;
  const failed = error instanceof Error && "port" in error ? error.port : port;
  if (error instanceof Error && "path" in error)
    return `The file of --ca-file cannot be written: ${String(code)}.`;
  if (code === "EADDRINUSE")
    return failed === second && failed !== port
      ? `Port ${String(failed)}, for the applications, is in use. Choose another with --applications-port, or --port 0.`
      : `Port ${String(failed)} is in use. Choose another with --port, or 0 for any free one.`;
  if (code === "EACCES") return `Port ${String(failed)} needs privileges. Choose one above 1023.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `${host} is not an address of this machine.`;
  return `The server could not start: ${error instanceof Error ? error.message : String(error)}`;
}
