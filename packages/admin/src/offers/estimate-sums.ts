const MONTH_DAYS = 30;

/** A sum of `days` as a month of it, in whole units: it is an estimate. Decimal text as the API sends money. */
export function monthly(amount: string, days: number): string {
  return String(Math.round((Number(amount) * MONTH_DAYS) / days));
}

/** 0…1; of nothing it is 0. */
export function shareOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : part / whole;
}
