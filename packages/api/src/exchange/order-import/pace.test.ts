import { expect, test } from 'vitest';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { startPace } from './pace.ts';

const db = useTestDatabase();

test('an import alone does not rest; beside others at work it rests longer than it worked', async () => {
  const { pool } = db.database;
  const pace = startPace(pool);
  expect(pace.isAlone()).toBe(true);
  const alone = performance.now();
  await pace.rest(10_000);
  expect(performance.now() - alone).toBeLessThan(100);

  // Tills at work: the server counts what a session has committed once a second.
  let working = true;
  const till = async (): Promise<void> => {
    while (working) await pool.query('select 1');
  };
  const tills = [till(), till()];
  await expect.poll(() => pace.isAlone(), { timeout: 10_000, interval: 50 }).toBe(false);
  const beside = performance.now();
  await pace.rest(40);
  expect(performance.now() - beside).toBeGreaterThan(55);
  working = false;
  await Promise.all(tills);
  await expect.poll(() => pace.isAlone(), { timeout: 10_000, interval: 50 }).toBe(true);
  pace.end();
}, 30_000);
