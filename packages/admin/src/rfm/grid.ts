import { parseMoney } from '@clientele/shared/money';
import type { Condition, LeafOf } from '@clientele/shared/segments';

export const SCORES = [1, 2, 3, 4, 5] as const;

export interface ScoredCell {
  readonly r: number;
  readonly f: number;
  readonly m: number;
  readonly people: number;
  /** Decimal text. */
  readonly sum: string;
}

/** People with equal scores of recency and frequency. */
export interface GridCell {
  readonly key: CellKey;
  readonly r: number;
  readonly f: number;
  readonly people: number;
  /** Minor units. */
  readonly sum: number;
}

/** `54`: recency 5, frequency 4. */
export type CellKey = string;

/** All 25, the best first: recency falls from row to row, frequency rises within one. @param money scores; none: any */
export function gridOf(
  cells: readonly ScoredCell[],
  currency: string,
  money: readonly number[],
): readonly (readonly GridCell[])[] {
  const meant = cells.filter(({ m }) => money.length === 0 || money.includes(m));
  const byKey = Map.groupBy(meant, ({ r, f }) => `${r}${f}`);
  return SCORES.toReversed().map((r) =>
    SCORES.map((f) => {
      const own = byKey.get(`${r}${f}`) ?? [];
      return {
        key: `${r}${f}`,
        r,
        f,
        people: own.reduce((all, { people }) => all + people, 0),
        sum: own.reduce((all, { sum }) => all + (parseMoney(sum, currency) ?? 0), 0),
      };
    }),
  );
}

export function peopleIn(cells: readonly Pick<GridCell, 'people'>[]): number {
  return cells.reduce((all, { people }) => all + people, 0);
}

/** How dark a cell is, 0 to 1: by the root, so that a giant does not make all others pale. */
export function shadeOf(people: number, most: number): number {
  return most === 0 ? 0 : Math.sqrt(people / most);
}

/** Who is in the cells; rows with the same columns are one question. @param model its id */
export function conditionOf(model: string, keys: readonly CellKey[], money: readonly number[]): Condition {
  const byRow = SCORES.map((r) => ({ r, columns: SCORES.filter((f) => keys.includes(`${r}${f}`)) }));
  const rows = byRow.filter(({ columns }) => columns.length > 0);
  const alike = [...Map.groupBy(rows, ({ columns }) => columns.join('')).values()];
  const leaves = alike.map((same): LeafOf<'RFM'> => ({
    leaf: 'RFM',
    model,
    recency: anyOrThese(same.map(({ r }) => r)),
    frequency: anyOrThese(same[0]?.columns ?? []),
    monetary: anyOrThese(money),
  }));
  const [first, ...others] = leaves;
  if (first === undefined) return { group: 'ALL', of: [] };
  return others.length === 0 ? { group: 'ALL', of: [first] } : { group: 'ANY', of: leaves };
}

/** All five ask nothing. */
function anyOrThese(scores: readonly number[]): readonly number[] {
  return scores.length === SCORES.length ? [] : scores;
}

/** What a row of recency holds: up to so many days, or more than the bound before it; null: no number of days. */
export type RecencyBand = { readonly most: number } | { readonly over: number } | null;
/** What a column of frequency holds; null: no number of orders leads here. */
export type FrequencyBand = { readonly from: number; readonly to: number | null } | null;

/** @param bounds the most days of score 5, 4, 3 and 2 */
export function recencyBand(bounds: readonly number[], score: number): RecencyBand {
  const most = bounds[5 - score];
  if (most === undefined) return { over: bounds[3] ?? 0 };
  return most === bounds[4 - score] ? null : { most };
}

/** @param bounds the least orders of score 2, 3, 4 and 5 */
export function frequencyBand(bounds: readonly number[], score: number): FrequencyBand {
  const from = score === 1 ? 1 : (bounds[score - 2] ?? 1);
  const next = bounds[score - 1];
  if (next === undefined) return { from, to: null };
  return next > from ? { from, to: next - 1 } : null;
}
