import type { PoolClient } from 'pg';
import type { Context } from '../../../platform/context.ts';
import type { IntakeRecord } from '../../../platform/intake/index.ts';
import type { CellProblem, RowOutcome } from '../import-problem.ts';
import type { MappedColumn } from '../mapping/fields.ts';
import type { TableMapping } from '../mapping/table-mapping.ts';

export interface KindOptions {
  /** Its clock stands still: everything a run writes, it writes at one moment. */
  readonly ctx: Context;
  readonly mapping: TableMapping;
  readonly columns: readonly MappedColumn[];
  readonly source: string;
  /** Judge only. */
  readonly dryRun: boolean;
  readonly runId: string;
  /** Tells the exchange monitor, in the transaction of what is stored. */
  readonly intake: (tx: Context, records: readonly IntakeRecord[]) => Promise<void>;
  /** Holds temporary tables. */
  readonly client: PoolClient;
}

export interface ReadRow<Row> {
  /** Null: something is wrong with it. */
  readonly row: Row | null;
  readonly problems: readonly CellProblem[];
  /** What it is as a record of the API, as far as it can be told: kept to be corrected where the row is refused. */
  readonly content?: Record<string, unknown>;
}

/** One kind of rows: how a row is read, and what becomes of some of them together. */
export interface KindDoor<Row> {
  /** No database: called for many rows while others are stored. @param fields cells, trimmed by whoever reads them */
  read(fields: readonly string[]): ReadRow<Row>;
  /** In the order of the rows. In a dry run it writes nothing, and answers what would become of them. */
  store(rows: readonly Row[]): Promise<RowOutcome[]>;
  /** What the rows taken so far add up to. */
  totals?(): Record<string, number>;
}
