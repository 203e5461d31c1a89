import type { ResultOf } from '../app/graphql.ts';
import type { Tone } from '../ui/tones.ts';
import type { taskFacts } from './operations.ts';

/** Background work as people see it. */
export type Task = ResultOf<typeof taskFacts>;

export function isGoingOn({ state }: Pick<Task, 'state'>): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}

const TONES: Record<Task['state'], Tone> = {
  QUEUED: 'neutral',
  RUNNING: 'accent',
  DONE: 'ok',
  FAILED: 'bad',
  CANCELLED: 'neutral',
};

export function toneOf({ state }: Pick<Task, 'state'>): Tone {
  return TONES[state];
}

/** The list with one task as it is now: in its place, or first where it is new. */
export function withTask(tasks: readonly Task[], changed: Task): readonly Task[] {
  const known = tasks.some(({ id }) => id === changed.id);
  return known ? tasks.map((task) => (task.id === changed.id ? changed : task)) : [changed, ...tasks];
}
