import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { SessionProcesses } from "./processes/session-processes.ts";

const REALM = "CONTOSO.EXAMPLE";
const PERSON = "person";
const READY_LIMIT_MS = 15_000;
const POLL_MS = 100;

/**
 * A Kerberos domain on this machine with one person, who is signed in to it: a real key distribution centre and a real
 * ticket cache. Its services are `HTTP/127.0.0.1` alone.
 *
 * Returns what programs of that person get besides their environment. Ends with the desktop.
 */
export async function startKerberosDomain(
  processes: SessionProcesses,
  root: string,
): Promise<Readonly<Record<string, string>>> {
  const folder = join(root, "kerberos");
  mkdirSync(folder);
  const port = await freePort();
  const person = { KRB5_CONFIG: join(folder, "krb5.conf"), KRB5CCNAME: `FILE:${join(folder, "tickets")}` };
  const centre = { ...person, KRB5_KDC_PROFILE: join(folder, "kdc.conf") };
  writeFileSync(person.KRB5_CONFIG, clientConfiguration(port));
  writeFileSync(centre.KRB5_KDC_PROFILE, centreConfiguration(folder, port));
  const env = withVariables(centre);
  const password = "throw-away";
  await processes.run("env", [...env, "kdb5_util", "create", "-s", "-P", password]);
  await processes.run("env", [...env, "kadmin.local", "-q", `addprinc -pw ${password} ${PERSON}`]);
  await processes.run("env", [...env, "kadmin.local", "-q", "addprinc -randkey HTTP/127.0.0.1"]);
  await processes.start("env", [...env, "krb5kdc", "-n"]);
  await signIn(processes, person, password);
  return person;
}

/** Asks for the person's ticket until the centre answers. */
async function signIn(
  processes: SessionProcesses,
  person: Readonly<Record<string, string>>,
  password: string,
): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  for (;;) {
    try {
      await processes.run("env", [
        ...withVariables(person),
        "sh",
        "-c",
        `echo ${password} | kinit ${PERSON}`,
      ]);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

/** The programs of an administrator are not on everybody's path. */
function withVariables(variables: Readonly<Record<string, string>>): string[] {
  const path = `${process.env["PATH"] ?? "/usr/bin:/bin"}:/usr/sbin:/sbin`;
  return Object.entries({ ...variables, PATH: path }).map(([name, value]) => `${name}=${value}`);
}

function clientConfiguration(port: number): string {
  return `[libdefaults]
 default_realm = ${REALM}
 dns_lookup_realm = false
 dns_lookup_kdc = false
 dns_canonicalize_hostname = false
 rdns = false
 udp_preference_limit = 1
[realms]
 ${REALM} = {
  kdc = 127.0.0.1:${port}
 }
[domain_realm]
 127.0.0.1 = ${REALM}
`;
}

function centreConfiguration(folder: string, port: number): string {
  return `[kdcdefaults]
 kdc_listen = 127.0.0.1:${port}
 kdc_tcp_listen = 127.0.0.1:${port}
[realms]
 ${REALM} = {
  database_name = ${join(folder, "principal")}
  key_stash_file = ${join(folder, "stash")}
  acl_file = ${join(folder, "acl")}
 }
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
