import { compareValues } from './compare-values.ts';
import { FIELD_KINDS, LEVELS, type FieldKind, type Level, type MatchRecord } from './match-record.ts';

/** Of each kind both records know: how alike their values are, and the value where it is the same. */
export interface Agreement {
  readonly kind: FieldKind;
  readonly level: Level;
  /** For how common it is; null unless the level is SAME. */
  readonly value: string | null;
  /** The names stand in each other's place. */
  readonly swapped?: true;
}

/** The comparison vector of two records: one entry a kind both know, the rest tells nothing. */
export function compareRecords(a: MatchRecord, b: MatchRecord): Agreement[] {
  const agreements: Agreement[] = [];
  for (const kind of FIELD_KINDS) {
    const agreement = compareField(kind, a.fields[kind], b.fields[kind]);
    if (agreement !== null) agreements.push(agreement);
  }
  return readSwapped(a, b, agreements);
}

/** Where somebody has several phones or addresses, the two that are most alike count. */
function compareField(
  kind: FieldKind,
  values: readonly string[] | undefined,
  others: readonly string[] | undefined,
): Agreement | null {
  let best: Agreement | null = null;
  for (const value of values ?? []) {
    for (const other of others ?? []) {
      const level = compareValues(kind, value, other);
      if (best === null || rank(level) < rank(best.level)) {
        best = { kind, level, value: level === 'SAME' ? value : null };
      }
    }
  }
  return best;
}

export function rank(level: Level): number {
  return LEVELS.indexOf(level);
}

/** A family name in the field of the given one: read crosswise where that fits both and straight fits neither. */
function readSwapped(a: MatchRecord, b: MatchRecord, straight: Agreement[]): Agreement[] {
  const given = straight.find(({ kind }) => kind === 'GIVEN_NAME');
  const family = straight.find(({ kind }) => kind === 'FAMILY_NAME');
  if (given?.level !== 'DIFFERENT' || family?.level !== 'DIFFERENT') return straight;
  const crossed = [
    compareField('FAMILY_NAME', a.fields.GIVEN_NAME, b.fields.FAMILY_NAME),
    compareField('FAMILY_NAME', a.fields.FAMILY_NAME, b.fields.GIVEN_NAME),
  ];
  if (!crossed.every((one) => one?.level === 'SAME' || one?.level === 'NEAR')) return straight;
  return straight.map((one) =>
    one === given || one === family ? { ...one, level: 'NEAR', swapped: true } : one,
  );
}
