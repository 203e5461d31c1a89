import type { Range } from '@clientele/shared/segments';

/** How a person says which numbers fit. */
export type RangeKind = 'LEAST' | 'MOST' | 'EXACTLY' | 'BETWEEN';
export const RANGE_KINDS: readonly RangeKind[] = ['LEAST', 'MOST', 'EXACTLY', 'BETWEEN'];

export function rangeKindOf({ least, most }: Range): RangeKind {
  if (most === undefined) return 'LEAST';
  if (least === undefined) return 'MOST';
  return least === most ? 'EXACTLY' : 'BETWEEN';
}

/** Said another way, with the numbers that are there already. */
export function rangeAs(kind: RangeKind, { least, most }: Range): Range {
  const number = least ?? most;
  switch (kind) {
    case 'LEAST':
      return number === undefined ? {} : { least: number };
    case 'MOST':
      return number === undefined ? {} : { most: most ?? number };
    case 'EXACTLY':
      return number === undefined ? {} : { least: number, most: number };
    case 'BETWEEN':
      return number === undefined
        ? {}
        : { least: number, most: most === undefined || most === least ? number + 1 : most };
  }
}

/** After a number was written; without one it says nothing. */
export function rangeWith(
  kind: RangeKind,
  range: Range,
  end: 'least' | 'most',
  value: number | undefined,
): Range {
  if (kind === 'EXACTLY') return value === undefined ? {} : { least: value, most: value };
  const { [end]: _before, ...other } = range;
  return value === undefined ? other : { ...other, [end]: value };
}
