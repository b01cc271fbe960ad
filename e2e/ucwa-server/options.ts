import { parseArgs } from "node:util";
import { demoUsers, parseUser } from "./users.ts";
import type { User } from "./users.ts";

/** What the program was told to do. */
export type ProgramOptions =
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly message: string }
  | {
      readonly kind: "run";
      readonly host: string;
      readonly port: number;
      readonly applicationsPort: number | "same" | null;
      readonly users: readonly User[];
      readonly demo: boolean;
      readonly seed: string | null;
    };

export const help = `A Skype for Business server (UCWA) to develop, demonstrate and test against.

Usage: ucwa-server [options]

  --port N                 port of discovery and of the page; 0 = any free one (default 5080)
  --applications-port N    port of the applications (default: the one after --port)
  --one-origin             everything on --port; one token then serves for all
  --host ADDRESS           address to listen on (default 127.0.0.1)
  --user ADDRESS=PASSWORD  someone who can sign in, such as sip:ada@doorbell.example=secret;
                           may be repeated; without it there are three demo users
  --seed TEXT              the same ids and tokens in every run; for tests only
  --help                   this text

Give a client http://ADDRESS:PORT/ as the root of discovery.
Open the same address in a browser to invite someone.
`;

/** Reads the command line. Never throws: a mistake comes back as a sentence. */
export function readOptions(argv: readonly string[]): ProgramOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string", default: "5080" },
        "applications-port": { type: "string" },
        "one-origin": { type: "boolean", default: false },
        host: { type: "string", default: "127.0.0.1" },
        user: { type: "string", multiple: true },
        seed: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    }));
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { kind: "help" };
  const port = portNumber(values.port);
  if (port === null) return mistake(`--port takes a number from 0 to 65535, not “${values.port}”.`);
  const second = values["applications-port"];
  const secondPort = second === undefined ? null : portNumber(second);
  if (second !== undefined && secondPort === null)
    return mistake(`--applications-port takes a number from 0 to 65535, not “${second}”.`);
  if (second !== undefined && values["one-origin"])
    return mistake("--one-origin and --applications-port exclude each other.");
  if (secondPort !== null && secondPort === port && port !== 0)
    return mistake("--applications-port is the same as --port; for that, say --one-origin.");
  const users: User[] = [];
  for (const text of values.user ?? []) {
    const user = parseUser(text);
    // The value holds a password: it is not repeated.
    if (!user) return mistake("--user takes ADDRESS=PASSWORD, such as sip:ada@doorbell.example=secret.");
    if (users.some(({ uri }) => uri === user.uri)) return mistake(`--user names ${user.uri} twice.`);
    users.push(user);
  }
  return {
    kind: "run",
    host: values.host.replace(/^\[(.*)\]$/, "$1"),
    port,
    applicationsPort: values["one-origin"] ? "same" : secondPort,
    users: users.length > 0 ? users : demoUsers,
    demo: users.length === 0,
    seed: values.seed ?? null,
  };
}

function mistake(message: string): ProgramOptions {
  return { kind: "mistake", message };
}

function portNumber(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}
