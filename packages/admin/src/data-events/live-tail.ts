interface Identified {
  readonly id: string;
}

/** A tail is looked at, not kept: rows beyond this are dropped at its end. */
export const MOST_ROWS = 300;

/** New rows before the old ones, each once. @param fresh oldest first */
export function withFresh<Row extends Identified>(rows: readonly Row[], fresh: readonly Row[]): Row[] {
  const shown = new Set(rows.map(({ id }) => id));
  const added = fresh.filter(({ id }) => !shown.has(id));
  return [...added.toReversed(), ...rows].slice(0, MOST_ROWS);
}

const MOST_SUMMARY = 90;

/** Properties in one line: `sku 1000978, price 35.79`. */
export function summaryOf(properties: unknown): string {
  if (typeof properties !== 'object' || properties === null) return '';
  const line = Object.entries(properties)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
  return line.length > MOST_SUMMARY ? `${line.slice(0, MOST_SUMMARY - 1)}…` : line;
}

/** Heights of bars from 0 to 1; of nothing but zeros all are 0. */
export function barsOf(counts: readonly number[]): number[] {
  const most = Math.max(...counts, 0);
  return counts.map((count) => (most === 0 ? 0 : count / most));
}
