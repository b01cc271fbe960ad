import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * The id under which this machine is known to the server for one account: the same for the app and the command line,
 * and at every start. It is a keyed hash, so neither the machine's id nor the address can be read from it.
 * Reference: applications.
 *
 * `address` is the normalised one.
 */
export function endpointIdFor(machine: string, address: string): string {
  const digest = createHmac("sha256", `doorbell endpoint of ${machine}`).update(address).digest();
  // Version and variant of RFC 9562's UUID for hashes of one's own (8), so that it reads as the GUID servers expect.
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

/** What tells this machine from others: its machine-id where there is one, else its host name. */
export function machineIdentity(
  readFile = (path: string) => readFileSync(path, "utf8"),
  name = hostname,
): string {
  for (const path of ["/etc/machine-id", "/var/lib/dbus/machine-id"]) {
    try {
      const id = readFile(path).trim();
      if (/^[0-9a-f]{32}$/i.test(id)) return id.toLowerCase();
    } catch {
      // Not a machine with such a file.
    }
  }
  return name();
}
