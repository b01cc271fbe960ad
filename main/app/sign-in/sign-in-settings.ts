import { readAddress } from "../../account/address.ts";
import type { AppSettings, AppSettingsStore } from "../../account/app-settings.ts";
import { approvedOrigins } from "../../account/settings.ts";
import type { Logger } from "../../platform/ports.ts";
import { errorCode } from "../../platform/fault.ts";

export interface SignInSettingsOptions {
  readonly settings: AppSettingsStore;
  readonly logger: Logger;
  /** What the windows show of the account has changed. */
  readonly changed: () => void;
}

/**
 * What is kept of a sign-in besides its password: who, where, whom the person has approved, and where the search for
 * the server ended. Never throws: a full disk must not keep anybody from signing in.
 */
export class SignInSettings {
  readonly #options: SignInSettingsOptions;

  constructor(options: SignInSettingsOptions) {
    this.#options = options;
  }

  get current(): AppSettings {
    return this.#options.settings.current;
  }

  /** The origins that the person has approved at the domain of the address that was typed last. */
  get trusted(): readonly string[] {
    const domain = this.#domain();
    return domain === null ? [] : approvedOrigins(this.current, domain);
  }

  trust(domain: string, origin: string): void {
    this.#saveTrust(domain, [...new Set([...approvedOrigins(this.current, domain), origin])]);
  }

  /** Takes a yes back. */
  distrust(origin: string): void {
    const domain = this.#domain();
    if (domain === null || !this.trusted.includes(origin)) return;
    const rest = this.trusted.filter((one) => one !== origin);
    this.#saveTrust(domain, rest);
  }

  /** Where the search for the server ended last time; null when that was for another address or server setting. */
  applications(address: string, server: string | null): string | null {
    const known = this.current.discovered;
    return known !== null && known.address === address && known.server === server ? known.applications : null;
  }

  /** `applications` is null when what was known leads nowhere any more. */
  discovered(address: string, server: string | null, applications: string | null): void {
    if (this.applications(address, server) === applications) return;
    this.save({ discovered: applications === null ? null : { address, server, applications } });
  }

  save(change: Partial<AppSettings>): void {
    try {
      this.#options.settings.note(change);
    } catch (error) {
      this.#options.logger.error("settings.notWritten", { error: errorCode(error) });
    }
    this.#options.changed();
  }

  #domain(): string | null {
    const typed = this.current.address;
    const read = typed === null ? null : readAddress(typed);
    return read?.ok ? read.value.domain : null;
  }

  #saveTrust(domain: string, origins: readonly string[]): void {
    const others = Object.entries(this.current.trustedOrigins).filter(([other]) => other !== domain);
    const own: typeof others = origins.length > 0 ? [[domain, origins]] : [];
    this.save({ trustedOrigins: Object.fromEntries([...others, ...own]) });
  }
}
