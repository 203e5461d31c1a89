/** What fits into the columns and into exact sums. Points, minor units, basis points, characters, items of a list. */
export const BOUNDS = {
  points: 1_000_000_000,
  money: 10_000_000_000_000,
  rate: 10_000,
  factor: 1_000_000,
  count: 1_000_000,
  days: 36_500,
  text: 200,
  list: 10_000,
} as const;

/**
 * The value, when it is a whole number within bounds: where rules are calculated that nobody may have checked.
 * @throws RangeError
 */
export function demandWhole(
  value: number,
  least: number,
  what: string,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${what} is no whole number from ${least} to ${most}`);
}
