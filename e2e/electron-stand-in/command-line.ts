import { strictClass } from "./strict.ts";

/** The switches of this run: those of the arguments and those that the program appends before it is ready. */
export class CommandLine implements Pick<
  Electron.CommandLine,
  "appendSwitch" | "appendArgument" | "hasSwitch" | "getSwitchValue" | "removeSwitch"
> {
  readonly #switches = new Map<string, string>();

  constructor() {
    for (const argument of process.argv.slice(2)) {
      if (argument === "--") break;
      const [, name, value = ""] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (name !== undefined) this.#switches.set(name.toLowerCase(), value);
    }
  }

  appendSwitch(name: string, value = ""): void {
    this.#switches.set(name.toLowerCase(), value);
  }

  /** Chromium's own arguments mean nothing here. */
  appendArgument(): void {}

  hasSwitch(name: string): boolean {
    return this.#switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? "";
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name);
  }
}

export const commandLine = new (strictClass(CommandLine))();
