/** What can be wrong with a row; people's words are made from code and facts where they are shown. */
export const PROBLEM_CODES = [
  'COLUMNS',
  'REQUIRED',
  'NO_IDENTITY',
  'PHONE',
  'EMAIL',
  'CARD',
  'EXTERNAL_ID',
  'TEXT',
  'DATE',
  'DATE_RANGE',
  'DATE_TIME',
  'NUMBER',
  'GENDER',
  'YES_NO',
  'MONEY',
  'POINTS',
  'TOO_MANY',
  'RANGE',
  'UNKNOWN',
  'UNKNOWN_PROFILE',
  'NO_CONSENT_TEXT',
  'OTHER_PERSON',
  'OTHER_PRODUCT',
  'ERASED',
  'CONFLICT',
  'BLOCKED',
  'JSON',
  'STORES_DIFFER',
  'SHOPPERS_DIFFER',
  'OTHER',
] as const;

export type ImportProblemCode = (typeof PROBLEM_CODES)[number];

/** One thing that is wrong with one row. */
export interface ImportProblem {
  /** Line of the file or row of the sheet, from 1. */
  readonly row: number;
  /** Name of the column; null: the row as a whole. */
  readonly column: string | null;
  readonly code: ImportProblemCode;
  /** The beginning of what stands there. May be a contact: shown, never logged or stored in the clear. */
  readonly value: string;
  /** For people who write programs, and for codes that say too little by themselves. */
  readonly detail: string | null;
}

export type RowStatus = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'CONFLICT' | 'REJECTED';

/** What became of a row; in a dry run, what would. */
export interface RowOutcome {
  readonly status: RowStatus;
  readonly problems: readonly CellProblem[];
}

/** A problem by the field of the mapping it is about; the engine knows the row and its columns. */
export interface CellProblem {
  /** Position of the column in the file; null: the row as a whole. */
  readonly at: number | null;
  readonly code: ImportProblemCode;
  readonly detail?: string;
}
