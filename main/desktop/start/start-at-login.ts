import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

import { texts } from "../../../locales/texts.ts";
import { wholeFile } from "../../platform/whole-file.ts";

/** Whether the system starts the program when the person signs in to it, as the system itself knows it. */
export interface LoginItem {
  /** Never rejects; what cannot be read is off. */
  isOn(): Promise<boolean>;
  /** Resolves to why the system does not do as wanted, in one sentence for the person; null when it does. */
  set(wanted: boolean): Promise<string | null>;
}

export interface AutostartFileOptions {
  readonly env: NodeJS.ProcessEnv;
  /** What starts the program, with its arguments. */
  readonly command: readonly string[];
}

/**
 * The desktop's own list of what starts with it: a file in a folder, which anybody may edit or remove. One that says
 * `Hidden=true`, as desktops write it, or that starts another program, is off. Reference: Desktop Application Autostart
 * Specification.
 */
export function autostartFile({ env, command }: AutostartFileOptions): LoginItem {
  const { XDG_CONFIG_HOME: config = "", HOME: home = homedir() } = env;
  const folder = join(isAbsolute(config) ? config : join(home, ".config"), "autostart");
  const path = join(folder, "doorbell.desktop");
  const file = wholeFile(path);
  return {
    isOn: async () => {
      try {
        return starts(await file.read(), argument(command[0] ?? ""));
      } catch {
        return false;
      }
    },
    set: async (wanted) => {
      try {
        await (wanted ? file.write(entry(command)) : rm(path, { force: true }));
        return null;
      } catch {
        const { notWritten, notRemoved } = texts.program.startAtLogin;
        return wanted ? notWritten(folder) : notRemoved(path);
      }
    },
  };
}

/** `TryExec`: nothing is started, and nobody told, when the program has been removed. */
function entry(command: readonly string[]): string {
  return `[Desktop Entry]
Type=Application
Name=Doorbell
Comment=${texts.program.startAtLogin.comment}
TryExec=${escaped(command[0] ?? "")}
Exec=${command.map(argument).join(" ")}
Icon=doorbell
Terminal=false
`;
}

function starts(text: string | null, program: string): boolean {
  const lines = text?.split("\n").map((line) => line.trim()) ?? [];
  const off = lines.some((line) =>
    /^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)$/i.test(line),
  );
  return !off && lines.some((line) => /^Exec\s*=/.test(line) && line.includes(program));
}

/**
 * One argument of `Exec`: in quotes where it needs them, and then once more escaped as every text of such a file is.
 * Reference: Desktop Entry Specification, "The Exec key".
 */
function argument(text: string): string {
  const percent = text.replaceAll("%", "%%");
  if (/^[\w./@%+:,=-]+$/.test(percent)) return percent;
  return escaped(`"${percent.replaceAll(/["`$\\]/g, String.raw`\$&`)}"`);
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\");
}
