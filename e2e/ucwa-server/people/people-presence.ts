import * as z from "zod";

/** Reference: Availability */
export const availabilities = [
  "Online",
  "Busy",
  "DoNotDisturb",
  "BeRightBack",
  "Away",
  "IdleOnline",
  "IdleBusy",
  "Offline",
] as const;

/** Reference: ContactDeviceType */
export const deviceTypes = ["Mobile", "PC", "Web", "DeskPhone", "Unknown"] as const;

/** What a person shows of themselves. Reference: contactPresence */
export interface ShownPresence {
  readonly availability: (typeof availabilities)[number];
  /** Localised, or one of the reference's tokens. */
  readonly activity: string | null;
  readonly deviceType: (typeof deviceTypes)[number];
}

/** What the control API takes of it. */
export const presenceSchema = z.strictObject({
  availability: z.enum(availabilities),
  activity: z.string().max(100).optional(),
  deviceType: z.enum(deviceTypes).optional(),
});

/** What everybody shows of themselves, and who watches it. Somebody of whom nothing is known is online at a PC. */
export class Presences {
  readonly #shown = new Map<string, ShownPresence>();
  readonly #watchers = new Set<(uri: string) => void>();

  of(uri: string): ShownPresence {
    return this.known(uri) ?? { availability: "Online", activity: null, deviceType: "PC" };
  }

  /** `null` for somebody of whom nothing is known. */
  known(uri: string): ShownPresence | null {
    return this.#shown.get(uri) ?? null;
  }

  show(uri: string, presence: ShownPresence): void {
    this.#shown.set(uri, presence);
    for (const watch of this.#watchers) watch(uri);
  }

  /** Calls after every change, with whose presence has changed. Returns its cancellation. */
  watch(watch: (uri: string) => void): () => void {
    this.#watchers.add(watch);
    return () => this.#watchers.delete(watch);
  }
}
