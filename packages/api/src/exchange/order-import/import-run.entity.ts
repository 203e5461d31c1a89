import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** One file that was brought in, and what came of it. */
export const ImportRun = defineEntity({
  name: 'ImportRun',
  tableName: 'import_run',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<'ORDERS'>().columnType('text'),
    source: p.string().columnType('text'),
    fileName: p.string().columnType('text'),
    mapping: p.string().columnType('text'),
    /** RUNNING for ever: it was killed; another run of the file went on where it stood. */
    state: p.string().$type<'RUNNING' | 'DONE' | 'FAILED'>().columnType('text'),
    startedAt: p.datetime().index(),
    finishedAt: p.datetime().nullable(),
    /** The report in numbers; holds no contact. */
    report: p.json<Record<string, unknown>>().columnType('jsonb').nullable(),
  },
  checks: [{ name: 'import_run_state_known', expression: `state in ('RUNNING', 'DONE', 'FAILED')` }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    import_run: InferKyselyTable<typeof ImportRun>;
  }
}
