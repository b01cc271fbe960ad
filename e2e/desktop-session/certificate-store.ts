import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The certificates that Chromium finds for the user of a home folder: the NSS database below it. What is put there before
 * a program starts, it knows. Needs `certutil` of Debian's libnss3-tools.
 */
export class CertificateStore {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, ".pki", "nssdb");
    mkdirSync(this.#folder, { recursive: true });
    this.#run("-N", "--empty-password");
  }

  /** Trusts an authority for servers; `file` holds its certificate as PEM. */
  trust(file: string): void {
    this.#run("-A", "-n", "authority", "-t", "C,,", "-i", file);
  }

  /** Makes a certificate that shows who its owner is, with its key. */
  addPersonal(name: string): void {
    const noise = join(this.#folder, "noise");
    writeFileSync(noise, randomBytes(64));
    const subject = `CN=${name},O=Contoso`;
    this.#run(
      "-S",
      "-n",
      name,
      "-s",
      subject,
      "-x",
      "-t",
      "u,u,u",
      "-z",
      noise,
      "-v",
      "1",
      "-k",
      "ec",
      "-q",
      "nistp256",
    );
    rmSync(noise);
  }

  #run(what: string, ...options: readonly string[]): void {
    execFileSync("certutil", [what, "-d", `sql:${this.#folder}`, ...options], { stdio: "pipe" });
  }
}
