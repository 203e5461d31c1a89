import { expect, test } from 'vitest';
import { isGoingOn, later, withTask, type Task } from './task.ts';

const task = (id: string, state: Task['state']): Task => ({
  id,
  state,
  kind: 'test.work',
  done: 0,
  total: null,
  facts: {},
  result: null,
  errorCode: null,
  errorText: null,
  createdAt: '2026-11-22T10:00:00Z',
  startedAt: null,
  finishedAt: null,
  cancelAsked: false,
  mine: true,
  file: null,
});

test('a changed task stays in its place, a new one comes first', () => {
  const tasks = [task('2', 'RUNNING'), task('1', 'DONE')];
  expect(withTask(tasks, task('2', 'DONE')).map(({ id, state }) => [id, state])).toEqual([
    ['2', 'DONE'],
    ['1', 'DONE'],
  ]);
  expect(withTask(tasks, task('3', 'QUEUED')).map(({ id }) => id)).toEqual(['3', '2', '1']);
});

test('an old answer that comes late changes nothing', () => {
  const running = task('1', 'RUNNING');
  const over = task('1', 'DONE');
  expect(later(over, running)).toBe(over);
  expect(later(running, over)).toBe(over);
  expect(later({ ...running, done: 50 }, { ...running, done: 20 }).done).toBe(50);
  // Put back into the queue when its worker stopped.
  expect(later({ ...running, done: 50 }, task('1', 'QUEUED')).state).toBe('QUEUED');
});

test.each([
  ['QUEUED', true],
  ['RUNNING', true],
  ['DONE', false],
  ['FAILED', false],
  ['CANCELLED', false],
] as const)('%s goes on: %s', (state, goesOn) => {
  expect(isGoingOn({ state })).toBe(goesOn);
});
