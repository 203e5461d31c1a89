/** One hour of the last 24, as a bar: heights are shares of the highest. */
export interface DayBar {
  hour: string;
  taken: number;
  refused: number;
  takenShare: number;
  refusedShare: number;
}

interface Hour {
  hour: string;
  counts: { accepted: number; unchanged: number; refused: number };
}

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Every hour up to the one of `now`, those with nothing too. @param now milliseconds */
export function dayBars(hours: readonly Hour[], now: number): DayBar[] {
  const known = new Map(hours.map((hour) => [Date.parse(hour.hour), hour.counts]));
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  const sums = Array.from({ length: HOURS }, (_, index) => {
    const at = last - (HOURS - 1 - index) * HOUR_MS;
    const { accepted = 0, unchanged = 0, refused = 0 } = known.get(at) ?? {};
    return { hour: new Date(at).toISOString(), taken: accepted + unchanged, refused };
  });
  const highest = Math.max(1, ...sums.map(({ taken, refused }) => taken + refused));
  return sums.map((sum) => ({
    ...sum,
    takenShare: sum.taken / highest,
    refusedShare: sum.refused / highest,
  }));
}
