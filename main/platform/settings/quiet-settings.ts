import { z } from "zod";

/** From when to when it is quiet, on the day that it begins; `HH:MM` by the clock on the wall, 00:00 to 23:59. */
export interface QuietDay {
  readonly on: boolean;
  readonly from: string;
  /** On the next day where it is not later than `from`. */
  readonly to: string;
}

export interface QuietHours {
  readonly on: boolean;
  /** Seven, Sunday first, as `Date.getDay` counts. */
  readonly days: readonly QuietDay[];
}

/** The person's own switch. */
export interface DoNotDisturb {
  /** Epoch milliseconds; null until it is turned off. */
  readonly until: number | null;
}

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const day = z.strictObject({ on: z.boolean(), from: clockTime, to: clockTime });

export const QUIET_HOURS: z.ZodType<QuietHours> = z.strictObject({
  on: z.boolean(),
  days: z.array(day).length(7),
});
export const DO_NOT_DISTURB: z.ZodType<DoNotDisturb> = z.strictObject({ until: z.number().nullable() });

const EVENING: QuietDay = { on: true, from: "18:00", to: "08:00" };
const WEEKEND: QuietDay = { on: true, from: "08:00", to: "08:00" };
/** Off; once they are on, every evening and from Friday evening to Monday morning. */
export const NO_QUIET_HOURS: QuietHours = {
  on: false,
  days: [WEEKEND, EVENING, EVENING, EVENING, EVENING, EVENING, WEEKEND],
};
