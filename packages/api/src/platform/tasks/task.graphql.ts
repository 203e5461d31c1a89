import { builder } from '../graphql/builder.ts';
import { localId } from '../graphql/global-id.ts';
import { pageCost } from '../graphql/paging.ts';
import { liveValues } from '../live/subscription.ts';
import { cancelTask } from './cancel-task.ts';
import { listTasks, readTask } from './read-tasks.ts';
import type { TaskRow } from './task-row.ts';
import { TaskStateType, TaskType } from './task.types.ts';
import { taskTopic, tasksTopic } from './topics.ts';

const TaskEdge = builder.edgeObject({ type: TaskType, name: 'TaskEdge' });
const TaskConnection = builder.connectionObject({ type: TaskType, name: 'TaskConnection' }, TaskEdge);

builder.queryFields((t) => ({
  task: t.field({
    type: TaskType,
    nullable: true,
    authScopes: { can: 'staff.self' },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'Task');
      return local === null ? null : readTask(ctx, local);
    },
  }),
  tasks: t.field({
    type: TaskConnection,
    complexity: (args) => pageCost(args),
    description: 'Newest first: own ones and, unless `mine`, those of others this caller may see.',
    authScopes: { can: 'staff.self' },
    args: {
      mine: t.arg.boolean(),
      states: t.arg({ type: [TaskStateType] }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    resolve: (_root, args, ctx) => listTasks(ctx, args),
  }),
}));

builder.mutationField('cancelTask', (t) =>
  t.field({
    type: TaskType,
    nullable: true,
    description:
      'A waiting task ends at once, a running one within seconds. null: no such task for this caller.',
    authScopes: { can: 'staff.self' },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'Task');
      return local === null ? null : cancelTask(ctx, local);
    },
  }),
);

builder.subscriptionFields((t) => ({
  taskChanged: t.field({
    type: TaskType,
    nullable: true,
    description: 'The task now and after each change; ends at once where this caller may not see it.',
    authScopes: { can: 'staff.self' },
    args: { id: t.arg.id({ required: true }) },
    subscribe: async (_root, { id }, ctx) => {
      const local = localId(id, 'Task');
      if (local === null || (await readTask(ctx, local)) === null) return nothing();
      return liveValues(ctx, [taskTopic(local)], () => readTask(ctx, local));
    },
    resolve: (task) => task as TaskRow,
  }),
  myTasksChanged: t.field({
    type: TaskType,
    description: 'A task of the caller’s own, after each change.',
    authScopes: { can: 'staff.self' },
    subscribe: (_root, _args, ctx) =>
      liveValues(ctx, [tasksTopic(ctx.actor.client)], async ({ payload }) => {
        const id = (payload as { id?: unknown } | null)?.id;
        return typeof id === 'string' ? readTask(ctx, id) : null;
      }),
    resolve: (task) => task as TaskRow,
  }),
}));

async function* nothing(): AsyncGenerator<TaskRow> {
  // Another's task looks like none.
}
