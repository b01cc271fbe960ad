/**
 * A Debian system in a folder, made anew: the one that a package is installed in as on a machine that has never seen it.
 * For root only.
 */
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { chown, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd } from "../process-group.mjs";

const limitMs = 20 * 60_000;
const packageInside = "/tmp/doorbell.deb";

/** The person who uses it. */
export const person = { name: "tosh", id: 1000, home: "/home/tosh" };

/** What runs in it is told nothing of the machine outside. */
const variables = {
  PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
  LANG: "C.UTF-8",
  DEBIAN_FRONTEND: "noninteractive",
};
/** The network's way out may be by a proxy. */
const proxies = ["http_proxy", "https_proxy", "no_proxy"];

/** Runs a command to its end, writes what it says down, and throws when it fails. Resolves to what it said. */
/** @typedef {(command: string, args: readonly string[]) => Promise<string>} Run */

/**
 * @param {(text: string) => void} record
 * @returns {Run}
 */
export function recorded(record) {
  return async (command, args) => {
    record(`$ ${[command, ...args].join(" ")}\n`);
    const end = await runToEnd(command, args, { limitMs, output: "capture" });
    record(`${end.output.trimEnd()}\n`);
    if (end.status !== 0) throw new Error(`${command} failed (${end.how}, ${end.status}).`);
    return end.output;
  };
}

/**
 * Where this machine gets its own Debian packages from; null on another system than Debian.
 * @param {Run} run
 * @returns {Promise<{ suite: string, mirror: string } | null>}
 */
export async function findMirror(run) {
  const format = "$(ORIGIN) $(CODENAME) $(REPO_URI)";
  const lines = (await run("apt-get", ["indextargets", "--format", format, "Identifier: Packages"])).split(
    "\n",
  );
  for (const line of lines) {
    const [, suite, mirror] = /^Debian ([a-z]+) (https?:\S+)$/.exec(line) ?? [];
    if (suite !== undefined && mirror !== undefined) return { suite, mirror };
  }
  return null;
}

export class FreshRoot {
  /** @type {string} */
  folder;
  /** @type {Run} */
  #run;

  /**
   * @param {string} folder does not exist yet
   * @param {Run} run
   */
  constructor(folder, run) {
    this.folder = folder;
    this.#run = run;
  }

  /**
   * Fetches and installs the smallest system, and a person in it, whose home belongs to whoever rings there.
   * @param {{ suite: string, mirror: string }} source
   */
  async make({ suite, mirror }) {
    // What it mounts goes with it, also when it is ended early.
    const alone = ["--mount", "--propagation", "private", "--"];
    await this.#run("unshare", [...alone, "debootstrap", "--variant=minbase", suite, this.folder, mirror]);
    // Nothing is started by its installation: no init runs here.
    await writeFile(join(this.folder, "usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n", { mode: 0o755 });
    const { name, id, home } = person;
    await this.run("useradd", ["--uid", String(id), "--create-home", "--shell", "/bin/bash", name]);
    // In a user namespace this id is the person's.
    for (const path of [home, ...this.paths().filter((one) => one.startsWith(`${home}/`))])
      await chown(join(this.folder, path), 0, 0);
  }

  /**
   * Installs a package as a person does who has downloaded it.
   * @param {string} path
   */
  async install(path) {
    await this.run("apt-get", ["update", "-q"]);
    await this.run(
      "apt-get",
      ["install", "-q", "--yes", "--no-install-recommends", packageInside],
      ["--ro-bind", path, packageInside],
    );
  }

  /**
   * Runs a command in it as its root, in a mount namespace of its own, of which nothing is left afterwards.
   * @param {string} command
   * @param {readonly string[]} args
   * @param {readonly string[]} [places] more of what bubblewrap puts there
   */
  async run(command, args, places = []) {
    const environment = {
      ...variables,
      ...Object.fromEntries(proxies.map((name) => [name, process.env[name]])),
    };
    const options = [
      ["--bind", this.folder, "/"],
      ["--dev", "/dev"],
      ["--proc", "/proc"],
      ["--perms", "1777", "--tmpfs", "/tmp"],
      places,
      ["--unshare-pid", "--unshare-ipc", "--unshare-uts"],
      ["--die-with-parent"],
      ["--cap-add", "ALL"],
      ["--clearenv"],
      ...Object.entries(environment).flatMap(([name, value]) =>
        value === undefined ? [] : [["--setenv", name, value]],
      ),
    ];
    return await this.#run("bwrap", [...options.flat(), "--", command, ...args]);
  }

  /**
   * The paths that a package has put there and no other has, as `paths`. Not /opt, which nobody owns and all use.
   * @param {string} name
   */
  pathsOf(name) {
    const lists = join(this.folder, "var/lib/dpkg/info");
    /** @param {string} list */
    const read = (list) => readFileSync(join(lists, list), "utf8").split("\n");
    const others = readdirSync(lists).filter((list) => list.endsWith(".list") && list !== `${name}.list`);
    const shared = new Set(["", "/opt", ...others.flatMap(read)]);
    return read(`${name}.list`).filter((path) => !shared.has(path));
  }

  /** Every path in it, from its root, with a leading slash. */
  paths() {
    return pathsBelow(this.folder).map((path) => path.slice(this.folder.length));
  }
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function pathsBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return lstatSync(path).isDirectory() ? [path, ...pathsBelow(path)] : [path];
  });
}
