import type { BulkTable } from '../bulk/bulk-load.ts';

/** Where the rows of accounts go. */
export interface PointTables {
  readonly account: BulkTable;
  readonly lot: BulkTable;
  readonly journal: BulkTable;
  readonly entry: BulkTable;
}
