export interface DayUse {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly uses: number;
}

/** Uses of each of the last days, those with none too, oldest first. @param today YYYY-MM-DD */
export function usesByDay(known: readonly DayUse[], today: string, days: number): number[] {
  const byDay = new Map(known.map(({ day, uses }) => [day, uses]));
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(last - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    return byDay.get(day) ?? 0;
  });
}

/** Points of an SVG line in a box; nothing at all lies on its bottom. */
export function linePoints(values: readonly number[], width: number, height: number): string {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, index) => `${round(index * step)},${round(height - (value / most) * height)}`)
    .join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
