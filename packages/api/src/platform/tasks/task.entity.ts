import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { Actor } from '../context.ts';
import type { TaskState } from './task.ts';

/** Work in the background that people see: an import, an export, a recount. */
export const Task = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().columnType('text'),
    state: p.string().$type<TaskState>().columnType('text'),
    /** Units of the kind's own; what they are is said by the page. */
    done: p.bigint('number').default(0),
    /** null until it is known. */
    total: p.bigint('number').nullable(),
    /** What it was asked to do: ids and settings, never a contact. */
    facts: p.json<Record<string, unknown>>().columnType('jsonb'),
    result: p.json<Record<string, unknown>>().columnType('jsonb').nullable(),
    errorCode: p.string().columnType('text').nullable(),
    errorText: p.string().columnType('text').nullable(),
    fileId: p.uuid().nullable(),
    /** `client` of who asked: `staff:<id>`, `system` … */
    startedBy: p.string().columnType('text'),
    /** Who else may see and cancel it; empty: nobody. */
    scope: p.string().columnType('text'),
    /** It works with the rights its starter had. */
    actor: p.json<StoredActor>().columnType('jsonb'),
    createdAt: p.datetime(),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    cancelAskedAt: p.datetime().nullable(),
    /** Of the database's clock: a demo's may jump. */
    heartbeatAt: p.datetime().nullable(),
    /** Of the one process that works at it; what another writes for it changes nothing. */
    runId: p.uuid().nullable(),
    attempts: p.integer().default(0),
  },
  indexes: [
    { name: 'task_started_by', properties: ['startedBy', 'createdAt'] },
    { name: 'task_created', properties: ['createdAt', 'id'] },
    {
      name: 'task_unfinished',
      expression: `create index task_unfinished on task (heartbeat_at) where state in ('QUEUED', 'RUNNING')`,
    },
  ],
});

export type StoredActor = Omit<Actor, 'scopes'> & { scopes: readonly string[] };

declare module '../database/tables.ts' {
  interface Tables {
    task: InferKyselyTable<typeof Task>;
  }
}
