import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { commandLine } from "./command-line.ts";
import { NotInStandIn } from "./strict.ts";

/** What Electron takes from the program's package.json; its own values when a single script is run. */
export interface ProgramIdentity {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** The program that this process runs: the script named first on the command line. */
export function identify(script: string): ProgramIdentity {
  for (let folder = dirname(script); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) {
      const found = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
      const text = (key: string): string | null => (typeof found[key] === "string" ? found[key] : null);
      const main = text("main");
      if (main !== null && resolve(folder, main) === script)
        return {
          name: text("productName") ?? text("name") ?? "Electron",
          version: text("version") ?? "",
          path: folder,
        };
      break;
    }
    if (folder === dirname(folder)) break;
  }
  return { name: "Electron", version: process.versions["electron"] ?? "", path: dirname(script) };
}

/** The folders by name, as Electron finds them on Linux. */
export class AppFolders {
  readonly #set = new Map<string, string>();
  readonly #identity: ProgramIdentity;

  constructor(identity: ProgramIdentity) {
    this.#identity = identity;
  }

  get(name: string, appName: string): string {
    return this.#set.get(name) ?? this.#default(name, appName);
  }

  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error("Path must be absolute");
    if (name === "userData" || name === "sessionData") mkdirSync(path, { recursive: true });
    this.#set.set(name, path);
  }

  #default(name: string, appName: string): string {
    const home = process.env["HOME"] ?? homedir();
    const named = commandLine.getSwitchValue("user-data-dir");
    switch (name) {
      case "home":
        return home;
      case "appData":
        return process.env["XDG_CONFIG_HOME"] ?? join(home, ".config");
      case "userData":
        return named === "" ? join(this.get("appData", appName), appName) : resolve(named);
      case "sessionData":
        return this.get("userData", appName);
      case "logs":
        return join(this.get("userData", appName), "logs");
      case "crashDumps":
        return join(this.get("userData", appName), "Crashpad");
      case "temp":
        return tmpdir();
      case "exe":
        return process.execPath;
      case "module":
        return process.execPath;
      case "assets":
        return this.#identity.path;
      case "desktop":
      case "documents":
      case "downloads":
      case "music":
      case "pictures":
      case "videos":
        return join(home, name.charAt(0).toUpperCase() + name.slice(1));
      default:
        throw new NotInStandIn(`app.getPath("${name}")`);
    }
  }
}
