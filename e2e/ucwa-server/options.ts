import { parseArgs } from "node:util";
import { certificateKinds } from "./http/certificate-kinds.ts";
import type { CertificateKind } from "./http/certificate-kinds.ts";
import { entranceKinds } from "./context.ts";
import type { Entrance } from "./context.ts";
import { readPeople } from "./options-people.ts";
import type { People } from "./options-people.ts";
import { grantTypes } from "./sign-in/sign-in-switches.ts";

/** What the program was told to do. */
export type ProgramOptions =
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly message: string }
  | ({
      readonly kind: "run";
      readonly host: string;
      readonly port: number;
      readonly applicationsPort: number | "same" | null;
      readonly seed: string | null;
      /** `null`: plain HTTP. */
      readonly tls: {
        readonly kind: CertificateKind;
        readonly names: readonly string[];
        readonly caFile: string | null;
      } | null;
      readonly entrance: Entrance["answers"] | null;
      readonly secondPool: boolean;
      /** `null`: as a plain deployment offers. */
      readonly grants: readonly string[] | null;
      readonly allowedOrigins: readonly string[];
      readonly restarted: boolean;
    } & People);

export const help = `A Skype for Business server (UCWA) to develop, demonstrate and test against.

Usage: ucwa-server [options]

Where
  --port N                 port of discovery and of the page; 0 = any free one (default 5080)
  --applications-port N    port of the applications (default: the one after --port)
  --one-origin             everything on --port; one token then serves for all
  --host ADDRESS           address to listen on (default 127.0.0.1)
  --entrance KIND          one more port, always plain HTTP, where discovery may begin: root,
                           redirect (in the body), found (HTTP 302) or missing (404)
  --second-pool            a second pool on two free ports, where all users are homed

TLS
  --tls                    HTTPS, with a certificate authority made for this run
  --ca-file PATH           where to write the authority (PEM) that a client has to trust
  --name HOST              a name that the certificate is for beside this machine's own;
                           may be repeated
  --certificate KIND       good, expired, wrongHost or selfSigned (default good)

Who
  --user ADDRESS=PASSWORD  someone who can sign in, such as sip:ada@doorbell.example=secret;
                           may be repeated; without it there are three demo users
  --ticket ADDRESS=TEXT    what stands for a user's Kerberos ticket: the text is accepted in
                           base64 as Authorization: Negotiate; may be repeated
  --kerberos ADDRESS       a real Kerberos ticket, of whatever domain, is this user's; its form
                           is looked at, not whether it is genuine
  --phone ADDRESS=NUMBER   a user's phone number, by which they can be found; may be repeated
  --meeting URI=KEY        a meeting that may be joined anonymously; may be repeated
  --grant TYPE             a grant to offer; may be repeated:
${grantTypes.map((type) => `                             ${type}`).join("\n")}
                           (default: all but passive)
  --allow-origin ORIGIN    a web origin, such as http://localhost:8000, whose pages may ask
                           through the cross-domain frame; may be repeated (default: none)

For tests
  --seed TEXT              the same ids and tokens in every run
  --restarted              clients may remember the sign-in service of an earlier run; without
                           this, asking for a token unchallenged is listed as a breach

  --help                   this text

Give a client http://ADDRESS:PORT/ (https with --tls) as the root of discovery.
Open the same address in a browser to invite someone.
`;

/** Reads the command line. Never throws: a mistake comes back as a sentence. */
export function readOptions(argv: readonly string[]): ProgramOptions {
  let values;
  try {
    values = parsed(argv);
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { kind: "help" };
  const ports = readPorts(values);
  if (typeof ports === "string") return mistake(ports);
  const people = readPeople(values);
  if (typeof people === "string") return mistake(people);
  const kind = certificateKinds.find((one) => one === values.certificate);
  const tlsNamed = values.certificate ?? values["ca-file"] ?? values.name;
  if (!values.tls && tlsNamed !== undefined)
    return mistake("--certificate, --ca-file and --name mean nothing without --tls.");
  if (values.certificate !== undefined && !kind)
    return mistake(`--certificate takes one of ${certificateKinds.join(", ")}.`);
  const entrance = entranceKinds.find((one) => one === values.entrance);
  if (values.entrance !== undefined && !entrance)
    return mistake(`--entrance takes one of ${entranceKinds.join(", ")}.`);
  const unknown = values.grant?.find((type) => !grantTypes.some((known) => known === type));
  if (unknown !== undefined) return mistake(`--grant takes one of ${grantTypes.join(", ")}.`);
  const allowedOrigins = values["allow-origin"] ?? [];
  if (!allowedOrigins.every(isWebOrigin))
    return mistake("--allow-origin takes a web origin, such as http://localhost:8000.");
  return {
    kind: "run",
    host: values.host.replace(/^\[(.*)\]$/, "$1"),
    ...ports,
    ...people,
    seed: values.seed ?? null,
    tls: values.tls
      ? { kind: kind ?? "good", names: values.name ?? [], caFile: values["ca-file"] ?? null }
      : null,
    entrance: entrance ?? null,
    secondPool: values["second-pool"],
    grants: values.grant ?? null,
    allowedOrigins,
    restarted: values.restarted,
  };
}

function parsed(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      port: { type: "string", default: "5080" },
      "applications-port": { type: "string" },
      "one-origin": { type: "boolean", default: false },
      host: { type: "string", default: "127.0.0.1" },
      entrance: { type: "string" },
      "second-pool": { type: "boolean", default: false },
      tls: { type: "boolean", default: false },
      "ca-file": { type: "string" },
      name: { type: "string", multiple: true },
      certificate: { type: "string" },
      user: { type: "string", multiple: true },
      ticket: { type: "string", multiple: true },
      kerberos: { type: "string" },
      phone: { type: "string", multiple: true },
      meeting: { type: "string", multiple: true },
      grant: { type: "string", multiple: true },
      "allow-origin": { type: "string", multiple: true },
      seed: { type: "string" },
      restarted: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
}

function readPorts(
  values: ReturnType<typeof parsed>,
): { port: number; applicationsPort: number | "same" | null } | string {
  const port = portNumber(values.port);
  if (port === null) return `--port takes a number from 0 to 65535, not “${values.port}”.`;
  const second = values["applications-port"];
  const secondPort = second === undefined ? null : portNumber(second);
  if (second !== undefined && secondPort === null)
    return `--applications-port takes a number from 0 to 65535, not “${second}”.`;
  if (second !== undefined && values["one-origin"])
    return "--one-origin and --applications-port exclude each other.";
  if (secondPort !== null && secondPort === port && port !== 0)
    return "--applications-port is the same as --port; for that, say --one-origin.";
  return { port, applicationsPort: values["one-origin"] ? "same" : secondPort };
}

function isWebOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

function mistake(message: string): ProgramOptions {
  return { kind: "mistake", message };
}

function portNumber(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}
