export { drainTasks } from './drain-tasks.ts';
export { registerTaskKinds } from './kinds.ts';
export { startTask } from './start-task.ts';
export { startTasks } from './start-tasks.ts';
export type { Report, TaskKind, TaskResult, TaskState } from './task.ts';
