import type { ImportProblem, ImportProblemCode, RowStatus } from './import-problem.ts';
import type { TableKind } from './mapping/table-mapping.ts';

/** What became of a file of rows; in a dry run, what would. */
export interface TableReport {
  readonly kind: TableKind;
  readonly dryRun: boolean;
  readonly format: 'CSV' | 'XLSX';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly rows: number;
  readonly counts: Readonly<Record<RowStatus, number>>;
  /** How often each thing was wrong in each column. */
  readonly reasons: readonly Reason[];
  /** The first ones in the order of the file. */
  readonly problems: readonly ImportProblem[];
  /** Values that were left out while the rest of their row was taken. */
  readonly skippedValues: number;
  /** Rows in the error file. */
  readonly errorRows: number;
  /** What the rows add up to: `points` of balances. */
  readonly totals: Readonly<Record<string, number>>;
}

export interface Reason {
  readonly column: string | null;
  readonly code: ImportProblemCode;
  readonly rows: number;
}

const SHOWN = 1_000;

/** Adds up outcomes as they come. */
export class Tally {
  rows = 0;
  skippedValues = 0;
  readonly counts: Record<RowStatus, number> = {
    CREATED: 0,
    UPDATED: 0,
    UNCHANGED: 0,
    CONFLICT: 0,
    REJECTED: 0,
  };
  readonly problems: ImportProblem[] = [];
  readonly #reasons = new Map<string, { column: string | null; code: ImportProblemCode; rows: number }>();

  add(status: RowStatus, problems: readonly ImportProblem[]): void {
    this.rows += 1;
    this.counts[status] += 1;
    for (const problem of problems) this.note(problem);
  }

  note(problem: ImportProblem): void {
    const { column, code } = problem;
    const key = `${code}\t${column}`;
    const reason = this.#reasons.get(key) ?? { column, code, rows: 0 };
    reason.rows += 1;
    this.#reasons.set(key, reason);
    if (this.problems.length < SHOWN) this.problems.push(problem);
  }

  get reasons(): Reason[] {
    return [...this.#reasons.values()].toSorted((a, b) => b.rows - a.rows);
  }
}
