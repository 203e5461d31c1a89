export { drainTasks } from './drain-tasks.ts';
export { registerTaskKinds } from './kinds.ts';
export { readTask } from './read-tasks.ts';
export { startTask } from './start-task.ts';
export { startTasks } from './start-tasks.ts';
export type { TaskRow } from './task-row.ts';
export type { Report, TaskKind, TaskResult, TaskState } from './task.ts';
