import { expect, test } from 'vitest';
import type { LiveMessage } from '../../platform/live/index.ts';
import { readOnce } from './read-once.ts';

const aMessage = (): LiveMessage => ({ topic: 'segment:1', payload: null, missed: false });

test('the same after the same message is read once; after another message, or something else, anew', async () => {
  let readings = 0;
  const ask = async (): Promise<number> => (readings += 1);
  const [message, later] = [aMessage(), aMessage()];
  const answers = [
    readOnce(message, 'a', ask),
    readOnce(message, 'a', ask),
    readOnce(message, 'b', ask),
    readOnce(later, 'a', ask),
  ];
  expect(await Promise.all(answers)).toEqual([1, 1, 2, 3]);
});

test('the eight newest portions of a message are kept', async () => {
  let readings = 0;
  const ask = async (): Promise<number> => (readings += 1);
  const message = aMessage();
  for (let portion = 1; portion <= 9; portion += 1) await readOnce(message, String(portion), ask);
  expect([await readOnce(message, '9', ask), await readOnce(message, '2', ask)]).toEqual([9, 2]);
  expect(await readOnce(message, '1', ask)).toBe(10);
});
