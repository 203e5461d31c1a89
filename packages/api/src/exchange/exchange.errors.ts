import { DomainError } from '../platform/errors.ts';

/** Why a file cannot be read; facts beside it say where and how much. */
export type UnreadableReason =
  | 'NO_FILE'
  | 'EMPTY'
  | 'ENCODING'
  | 'DAMAGED'
  | 'OPEN_QUOTE'
  | 'DUPLICATE_HEADER'
  | 'TOO_MANY_COLUMNS'
  | 'TOO_MANY_ROWS'
  | 'TOO_LARGE'
  | 'PACKED_TOO_MUCH'
  | 'OLD_SPREADSHEET'
  | 'NO_SHEET'
  | 'OTHER';

export interface UnreadableFacts {
  readonly reason: UnreadableReason;
  /** Of the file, from 1. */
  readonly row?: number;
  readonly columns?: readonly string[];
  readonly found?: number;
  readonly limit?: number;
}

/** A file that cannot be read at all; the message says what is wrong with it. Nothing of it was stored. */
export class UnreadableFile extends DomainError {
  readonly facts: UnreadableFacts;

  constructor(message: string, facts: UnreadableFacts = { reason: 'OTHER' }) {
    super(message);
    this.facts = facts;
  }
}

/** A mapping that cannot be used, or does not fit the file; the message says what to change. */
export class UnusableMapping extends DomainError {}

/** Two imports of one source at once would judge by what the other is about to change. */
export class ImportRunning extends DomainError {
  readonly source: string;

  constructor(source: string) {
    super(`another import of ${source} is running`);
    this.source = source;
  }
}
