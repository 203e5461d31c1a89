/** What of a record is compared, each kind by its own rule. */
export const FIELD_KINDS = [
  'GIVEN_NAME',
  'FAMILY_NAME',
  'PATRONYMIC',
  'BIRTH_DATE',
  'PHONE',
  'EMAIL',
  'NUMBER',
  'STREET',
  'HOUSE',
  'CITY',
  'POSTCODE',
  'REGION',
  'TITLE',
] as const;

export type FieldKind = (typeof FIELD_KINDS)[number];

/**
 * A record as matching sees it: of each kind the values that are known, already trimmed, none empty. Birth dates are
 * `YYYYMMDD`, phones and numbers digits, a TITLE the name of a place or a company.
 */
export interface MatchRecord {
  readonly id: string;
  readonly fields: Readonly<Partial<Record<FieldKind, readonly string[]>>>;
}

/** How alike two values are, the most alike first; also the place of the level's odds in a model. */
export const LEVELS = ['SAME', 'NEAR', 'ALIKE', 'DIFFERENT'] as const;

export type Level = (typeof LEVELS)[number];

export function firstOf(record: MatchRecord, kind: FieldKind): string | undefined {
  return record.fields[kind]?.[0];
}
