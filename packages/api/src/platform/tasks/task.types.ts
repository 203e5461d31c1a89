import { builder } from '../graphql/builder.ts';
import { globalId } from '../graphql/global-id.ts';
import type { TaskRow } from './task-row.ts';
import type { TaskState } from './task.ts';

export const TaskStateType = builder.enumType('TaskState', {
  values: ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] satisfies TaskState[],
});

export const TaskType = builder.objectRef<TaskRow>('Task').implement({
  description: 'Work in the background: its progress, its result, its file.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Task', id) }),
    kind: t.exposeString('kind'),
    state: t.expose('state', { type: TaskStateType }),
    done: t.float({
      description: 'Units done; what they are depends on the kind.',
      resolve: ({ done }) => done,
    }),
    total: t.float({ nullable: true, resolve: ({ total }) => total }),
    facts: t.field({ type: 'JSON', description: 'What it was asked to do.', resolve: ({ facts }) => facts }),
    result: t.field({ type: 'JSON', nullable: true, resolve: ({ result }) => result }),
    errorCode: t.exposeString('error_code', {
      nullable: true,
      description: 'A refusal’s code; INTERNAL with the error’s id as text; WORKER_LOST.',
    }),
    errorText: t.exposeString('error_text', { nullable: true }),
    mine: t.boolean({ resolve: (task, _args, { actor }) => task.started_by === actor.client }),
    startedBy: t.exposeString('started_by', { description: '`staff:<id>`, `system` …' }),
    cancelAsked: t.boolean({ resolve: (task) => task.cancel_asked_at !== null }),
    createdAt: t.expose('created_at', { type: 'DateTime' }),
    startedAt: t.expose('started_at', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finished_at', { type: 'DateTime', nullable: true }),
  }),
});
