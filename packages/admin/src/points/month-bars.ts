/** One month as a bar: its parts as shares of the highest bar. */
export interface MonthBar {
  month: string | null;
  total: number;
  parts: { key: PartKey; points: number; share: number }[];
}

export type PartKey = 'active' | 'held' | 'pending';

interface MonthOfPoints {
  month: string | null;
  active: number;
  held: number;
  pending: number;
}

const PARTS: readonly PartKey[] = ['active', 'held', 'pending'];
/** More are told by the table alone. */
const MOST_BARS = 24;

/** @returns the first two years, every month that has points; `null` (never) stays the last one */
export function monthBars(months: readonly MonthOfPoints[]): MonthBar[] {
  const dated = months.filter(({ month }) => month !== null).slice(0, MOST_BARS);
  const shown = [...dated, ...months.filter(({ month }) => month === null)];
  const highest = Math.max(1, ...shown.map(totalOf));
  return shown.map((row) => ({
    month: row.month,
    total: totalOf(row),
    parts: PARTS.map((key) => ({ key, points: row[key], share: row[key] / highest })).filter(
      ({ points }) => points > 0,
    ),
  }));
}

function totalOf({ active, held, pending }: MonthOfPoints): number {
  return active + held + pending;
}

/** Basis points as a share. */
export function shareOf(bp: number): number {
  return bp / 10_000;
}

/** «80», «72,5» of a field → basis points; null: as measured; undefined: no share. */
export function bpOf(text: string): number | null | undefined {
  const plain = text.trim().replace('%', '').replace(',', '.').trim();
  if (plain === '') return null;
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return undefined;
  const [whole = '0', rest = ''] = plain.split('.');
  const bp = Number(whole) * 100 + Number(rest.padEnd(2, '0'));
  return bp <= 10_000 ? bp : undefined;
}

/** As a person writes it: `8000` → «80», `7250` → «72,5». */
export function textOfBp(bp: number | null, language: string): string {
  if (bp === null) return '';
  const text = `${Math.trunc(bp / 100)}.${String(bp % 100).padStart(2, '0')}`.replace(/\.?0+$/, '');
  return language === 'ru' ? text.replace('.', ',') : text;
}
