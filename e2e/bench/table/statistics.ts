/** What the rounds of a measurement say, without pretending to more than so few of them can. */

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The samples of one round, in one unit. All contenders of a round were measured in turn, sample by sample. */
export interface Round {
  readonly client: readonly number[];
  readonly floor: readonly number[];
  /** Without the HTTP client; reported beside the floor, no part of the ratio. */
  readonly bare?: readonly number[];
}

/** Spreads over the medians of the rounds; the ratio is taken inside each round, so that a slow minute is in both. */
export interface Comparison {
  readonly rounds: number;
  readonly client: Spread;
  readonly floor: Spread;
  readonly bare: Spread | null;
  readonly ratio: Spread;
}

/** Throws for an empty list: a measurement that did not happen has no median. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError("There is no median of nothing.");
  return (lower + upper) / 2;
}

/** Throws for an empty list. */
export function spread(values: readonly number[]): Spread {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
}

export function compare(rounds: readonly Round[]): Comparison {
  const medians = rounds.map(({ client, floor }) => ({ client: median(client), floor: median(floor) }));
  const bare = rounds.flatMap((round) => (round.bare ? [median(round.bare)] : []));
  return {
    rounds: rounds.length,
    client: spread(medians.map(({ client }) => client)),
    floor: spread(medians.map(({ floor }) => floor)),
    bare: bare.length > 0 ? spread(bare) : null,
    ratio: spread(medians.map(({ client, floor }) => client / floor)),
  };
}
