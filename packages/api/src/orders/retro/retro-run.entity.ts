import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { CountedRun, RetroParameters, RetroRunState } from './retro.ts';

/** A retroactive accrual: what it was asked to do, what it would do, what it did. */
export const RetroRun = defineEntity({
  name: 'RetroRun',
  tableName: 'retro_run',
  properties: {
    id: p.uuid().primary(),
    programId: p.uuid(),
    parameters: p.json<RetroParameters>().columnType('jsonb'),
    state: p.string().$type<RetroRunState>().columnType('text'),
    /** Of the dry run; null: it is not over. */
    counted: p.json<CountedRun>().columnType('jsonb').nullable(),
    countedAt: p.datetime().nullable(),
    /** What works at it, or worked at it last. */
    taskId: p.uuid(),
    /** `client` of who planned it. */
    plannedBy: p.string().columnType('text'),
    plannerId: p.string().columnType('text'),
    createdAt: p.datetime(),
    /** Who saw the dry run and had it done. */
    executedBy: p.string().columnType('text').nullable(),
    executedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    /** Why it is taken back, in the words of the history of accounts. */
    undoReason: p.string().columnType('text').nullable(),
    undoneAt: p.datetime().nullable(),
  },
  indexes: [{ name: 'retro_run_by_time', properties: ['createdAt', 'id'] }],
  checks: [
    {
      name: 'retro_run_state_known',
      expression: `state in ('COUNTING', 'COUNTED', 'RUNNING', 'DONE', 'UNDOING', 'UNDONE')`,
    },
  ],
});

/** What one purchase got by a run: once, until all of it is taken back. */
export const RetroGrant = defineEntity({
  name: 'RetroGrant',
  tableName: 'retro_grant',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    runId: p.uuid(),
    orderId: p.uuid(),
    points: p.bigint('number'),
    /** What the cap of the run left ungranted. */
    cut: p.bigint('number'),
    /** What was taken back of it. */
    undone: p.bigint('number').default(0),
    grantedAt: p.datetime(),
    /** false: all of it was taken back, the purchase may get points anew. */
    stands: p.boolean().default(true),
  },
  indexes: [
    {
      name: 'retro_grant_once',
      expression: 'create unique index retro_grant_once on retro_grant (profile_id, order_id) where stands',
    },
    { name: 'retro_grant_of_run', properties: ['runId', 'profileId', 'id'] },
  ],
  checks: [
    {
      name: 'retro_grant_not_negative',
      expression: 'points >= 0 and cut >= 0 and undone >= 0 and undone <= points',
    },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    retro_run: InferKyselyTable<typeof RetroRun>;
    retro_grant: InferKyselyTable<typeof RetroGrant>;
  }
}
