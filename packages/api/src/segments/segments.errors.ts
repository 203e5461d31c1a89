import { DomainError } from '../platform/errors.ts';

/** Something that names a segment, and so keeps it. */
export interface SegmentUse {
  kind: 'SEGMENT' | 'PROMOTION';
  /** Of the row. */
  id: string;
  name: string;
}

/** A segment that others are made of, or that a published promotion asks, stays. */
export class SegmentInUse extends DomainError {
  readonly uses: readonly SegmentUse[];

  constructor(uses: readonly SegmentUse[]) {
    super('Something is made with this segment.');
    this.uses = uses;
  }
}

/** The database would read more rows than one answer may cost. */
export class SegmentTooHeavy extends DomainError {
  readonly rows: number;
  readonly limit: number;

  constructor(rows: number, limit: number) {
    super(`The condition would read about ${Math.round(rows)} rows; ${limit} is the most.`);
    this.rows = rows;
    this.limit = limit;
  }
}
