const MONTH_DAYS = 30;

/** A sum of `days` as a month of it: decimal text as the API sends money, two digits. */
export function monthly(amount: string, days: number): string {
  return ((Number(amount) * MONTH_DAYS) / days).toFixed(2);
}

/** 0…1; of nothing it is 0. */
export function shareOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : part / whole;
}
