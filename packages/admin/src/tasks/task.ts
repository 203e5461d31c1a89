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

const ORDER: Record<Task['state'], number> = { QUEUED: 0, RUNNING: 1, DONE: 2, FAILED: 2, CANCELLED: 2 };

/**
 * The later of two reports about one task. They come by two ways, and an answer asked for before the end may arrive
 * after the news of it: what is over stays over.
 */
export function later(before: Task, now: Task): Task {
  if (isGoingOn(now) && !isGoingOn(before)) return before;
  const isOlder = ORDER[now.state] === ORDER[before.state] && now.done < before.done;
  return isOlder ? before : now;
}

/** The list with one task as it is now: in its place, or first where it is new. */
export function withTask(tasks: readonly Task[], changed: Task): readonly Task[] {
  const known = tasks.some(({ id }) => id === changed.id);
  if (!known) return [changed, ...tasks];
  return tasks.map((task) => (task.id === changed.id ? later(task, changed) : task));
}
