import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export type ImportRunState = 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** One file that was brought in, or only checked, and what came of it. */
export const ImportRun = defineEntity({
  name: 'ImportRun',
  tableName: 'import_run',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<'ORDERS' | 'PROFILES' | 'PRODUCTS' | 'EVENTS' | 'BALANCES'>().columnType('text'),
    source: p.string().columnType('text'),
    fileName: p.string().columnType('text'),
    mapping: p.string().columnType('text'),
    /** RUNNING for ever: it was killed; another run of the file went on where it stood. */
    state: p.string().$type<ImportRunState>().columnType('text'),
    /** Judged only, nothing was written. */
    dryRun: p.boolean().default(false),
    startedAt: p.datetime().index(),
    finishedAt: p.datetime().nullable(),
    /** `staff:<id>`, `system`. */
    startedBy: p.string().columnType('text').default('system'),
    /** The work people see; absent: from the command line. */
    taskId: p.uuid().nullable(),
    /** The report in numbers; holds no contact. */
    report: p.json<Record<string, unknown>>().columnType('jsonb').nullable(),
    /** The first problems with what stood in the cells, which may be contacts: sealed. */
    problems: p.string().columnType('text').nullable(),
    /** Of the rows that were not taken. */
    errorFileId: p.uuid().nullable(),
    undoneAt: p.datetime().nullable(),
    /** What undoing took back and what it could not. */
    undone: p.json<Record<string, unknown>>().columnType('jsonb').nullable(),
  },
  checks: [
    {
      name: 'import_run_state_known',
      expression: `state in ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')`,
    },
    {
      name: 'import_run_kind_known',
      expression: `kind in ('ORDERS', 'PROFILES', 'PRODUCTS', 'EVENTS', 'BALANCES')`,
    },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    import_run: InferKyselyTable<typeof ImportRun>;
  }
}
