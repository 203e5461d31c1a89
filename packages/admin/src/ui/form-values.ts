/** Values of a form: flat, of what JSON can hold. */
export type FormValues = Record<string, unknown>;

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Names of the fields that differ. */
export function changedFields(before: FormValues, now: FormValues): string[] {
  return Object.keys(now).filter((name) => !same(before[name], now[name]));
}

export interface Difference {
  field: string;
  before: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface ThreeWay<Values extends FormValues> {
  /** What both changed stays mine until a person decides. */
  merged: Values;
  /** Fields both changed, and not alike. */
  conflicts: Difference[];
  /** Fields the other alone changed: taken over. */
  taken: string[];
}

/** Puts two edits of the same thing together. */
export function mergeThreeWay<Values extends FormValues>(
  before: Values,
  mine: Values,
  theirs: Values,
): ThreeWay<Values> {
  const merged: Values = { ...mine };
  const conflicts: Difference[] = [];
  const taken: string[] = [];
  for (const field of changedFields(before, theirs)) {
    if (same(mine[field], theirs[field])) continue;
    if (same(mine[field], before[field])) {
      taken.push(field);
      (merged as FormValues)[field] = theirs[field];
    } else {
      conflicts.push({ field, before: before[field], mine: mine[field], theirs: theirs[field] });
    }
  }
  return { merged, conflicts, taken };
}
