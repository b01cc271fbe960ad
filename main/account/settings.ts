import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import Conf from "conf";
import { z } from "zod";

import { texts } from "../../locales/texts.ts";

/** What the settings file says; every key may be missing. Secrets are never in it. */
export interface Settings {
  /** Sign-in address, as it was typed. */
  readonly address: string | null;
  /** Autodiscover root to start from, as it was typed. */
  readonly server: string | null;
  /** Origins that the user has approved, by sign-in domain. Reference: RootURL. */
  readonly trustedOrigins: Readonly<Record<string, readonly string[]>>;
  /** Overrides the id that is otherwise derived from machine and address. */
  readonly endpointId: string | null;
}

export interface SettingsReading {
  readonly settings: Settings;
  /** One sentence for each thing that could not be used, naming the file; never a value from it. */
  readonly problems: readonly string[];
}

const DEFAULTS: Settings = { address: null, server: null, trustedOrigins: {}, endpointId: null };

const FIELDS: { readonly [Key in keyof Settings]: z.ZodType<Settings[Key]> } = {
  address: z.string().max(1000).nullable(),
  server: z.string().max(2000).nullable(),
  trustedOrigins: z.record(z.string(), z.array(z.string()).readonly()),
  endpointId: z.string().min(1).max(100).nullable(),
};

/**
 * Reads the app's settings file without ever writing: neither the file nor its directory comes into being, and what is
 * damaged stays as it is. Never throws.
 */
export function readSettings(directory: string): SettingsReading {
  const file = join(directory, "config.json");
  // conf makes the directory when it finds no file.
  if (!existsSync(file)) return { settings: DEFAULTS, problems: [] };
  const store = load(directory);
  if (store === null) return { settings: DEFAULTS, problems: [texts.program.settings.unreadable(file)] };

  const invalid: string[] = [];
  const read = <Key extends keyof Settings>(key: Key): Settings[Key] => {
    if (!Object.hasOwn(store, key)) return DEFAULTS[key];
    const parsed = FIELDS[key].safeParse(store[key]);
    if (parsed.success) return parsed.data;
    invalid.push(key);
    return DEFAULTS[key];
  };
  return {
    settings: {
      address: read("address"),
      server: read("server"),
      trustedOrigins: read("trustedOrigins"),
      endpointId: read("endpointId"),
    },
    // The language is one of the settings, and spoken only when they have been read.
    get problems() {
      return invalid.map((key) => texts.program.settings.invalidIn(key, file));
    },
  };
}

function load(directory: string): Record<string, unknown> | null {
  try {
    const conf = new Conf<Record<string, unknown>>({
      cwd: directory,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      deserialize: parseSettings,
    });
    return conf.store;
  } catch {
    return null;
  }
}

/** Some editors put a mark before what is UTF-8. Throws a `SyntaxError` for what is no object of JSON. */
export function parseSettings(text: string): Record<string, unknown> {
  const object = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text.replace(/^\uFEFF/, "")));
  if (!object.success) throw new SyntaxError("Settings are an object.");
  return object.data;
}

/** The origins that the person has approved when signing in at `domain`, which may be called like a property that every object has. */
export function approvedOrigins(
  { trustedOrigins }: Pick<Settings, "trustedOrigins">,
  domain: string,
): readonly string[] {
  return (Object.hasOwn(trustedOrigins, domain) ? trustedOrigins[domain] : undefined) ?? [];
}

/** Where the app keeps its settings on each platform. */
export function settingsDirectory(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
): string {
  switch (platform) {
    case "win32":
      return join(env["APPDATA"] || join(home, "AppData", "Roaming"), "Doorbell");
    case "darwin":
      return join(home, "Library", "Application Support", "Doorbell");
    default:
      return join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "Doorbell");
  }
}
