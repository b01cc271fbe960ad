import { listen } from "./http.ts";
import { help, readOptions } from "./options.ts";
import type { ProgramOptions } from "./options.ts";
import { seededRandom, systemRandom } from "./random.ts";

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
  const { host, port, applicationsPort, users, demo, seed } = told;
  try {
    const listening = await listen({
      host,
      port,
      ...(applicationsPort !== null && { applicationsPort }),
      users,
      random: seed === null ? systemRandom : seededRandom(seed),
    });
    const stop = (): void => void listening.close().then(() => process.exit(0));
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    if (!["127.0.0.1", "localhost", "::1"].includes(host))
      process.stderr.write(
        "Warning: other machines can reach this server. It speaks plain HTTP and its passwords are for play.\n",
      );
    process.stdout.write(
      [
        `Skype for Business server is listening.`,
        `  Root of discovery, and page to invite from: ${listening.discovery}/`,
        `  Applications:                               ${listening.applications}/`,
        `  Who can sign in:`,
        ...users.map(
          ({ uri, name, password }) =>
            // Only the demo passwords are public.
            `    ${name}  ${uri}${demo ? `  password: ${password}` : ""}`,
        ),
        "",
      ].join("\n"),
    );
  } catch (error) {
    process.stderr.write(`${startFailure(error, told)}\n`);
    process.exitCode = 1;
  }
}

function startFailure(
  error: unknown,
  { port, applicationsPort, host }: ProgramOptions & { kind: "run" },
): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const second = typeof applicationsPort === "number" ? applicationsPort : port + 1;
  const failed = error instanceof Error && "port" in error ? error.port : port;
  if (code === "EADDRINUSE")
    return failed === second && failed !== port
      ? `Port ${String(failed)}, for the applications, is in use. Choose another with --applications-port, or --port 0.`
      : `Port ${String(failed)} is in use. Choose another with --port, or 0 for any free one.`;
  if (code === "EACCES") return `Port ${String(failed)} needs privileges. Choose one above 1023.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `${host} is not an address of this machine.`;
  return `The server could not start: ${error instanceof Error ? error.message : String(error)}`;
}
