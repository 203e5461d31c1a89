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
