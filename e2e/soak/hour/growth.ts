/** One look at something that may grow, so many minutes after the beginning. */
export interface Sample {
  readonly minute: number;
  readonly bytes: number;
}

export interface Growth {
  /** The medians of the two windows, in bytes. */
  readonly before: number;
  readonly after: number;
  /** 0.01 is a hundredth of `before`. */
  readonly share: number;
}

/** What may be grown, as a share of what there was. */
export const GROWTH_LIMIT = 0.01;

/** Within the first quarter of a run everything that is bounded has been filled; the last is what it has come to. */
export function windowsOf(minutes: number): {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
} {
  const length = minutes / 12;
  return { before: [minutes / 4, minutes / 4 + length], after: [minutes - length, minutes] };
}

/** Compares the median of a twelfth of the run after its first quarter with that of its last twelfth. */
export function growthOf(samples: readonly Sample[], minutes: number): Growth {
  const { before, after } = windowsOf(minutes);
  const within = ([from, to]: readonly [number, number]): number =>
    median(samples.filter(({ minute }) => minute >= from && minute <= to).map(({ bytes }) => bytes));
  const [then, now] = [within(before), within(after)];
  return { before: then, after: now, share: (now - then) / then };
}

/** Of no numbers it is NaN. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return (low + high) / 2;
}
