import { expect, test } from 'vitest';
import { ManualClock, ShiftedClock } from '../../platform/clock.ts';
import { aKey, aTill } from '../../testing/company.builders.ts';
import { createTestApp, useTestApp } from '../../testing/create-test-app.ts';
import { createTestDatabase } from '../../testing/test-database.ts';
import { advanceDemoClock, followDemoClock } from './demo-clock.ts';

const it = useTestApp();

const ADVANCE = 'mutation ($by: String!) { advanceDemoClock(input: { by: $by }) { now } }';

test('the clock moves forward by a duration and everything sees it', async () => {
  const { token } = await aKey(it.app.context());
  const now = it.app.clock.now().getTime();
  const { data } = await it.app.graphql({ query: ADVANCE, token, variables: { by: 'P15DT30M' } });
  const moved = new Date(now + 15 * 86_400_000 + 1_800_000);
  expect(data).toEqual({ advanceDemoClock: { now: moved.toISOString() } });
  expect(it.app.clock.now()).toEqual(moved);
});

test.each(['', 'P', 'PT', '-P1D', 'P0D', 'P1', '15', 'P11Y', 'P1.5D', 'P1D; --'])(
  'what is no step forward is refused: %j',
  async (by) => {
    const { token } = await aKey(it.app.context());
    const now = it.app.clock.now();
    const answer = await it.app.graphql({ query: ADVANCE, token, variables: { by } });
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    expect(it.app.clock.now()).toEqual(now);
  },
);

test('a till may not move it', async () => {
  const { token } = await aTill(it.app.context());
  const answer = await it.app.graphql({ query: ADVANCE, token, variables: { by: 'P1D' } });
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('steps add up, and another process starts where the company is', async () => {
  const database = await createTestDatabase();
  const app = await createTestApp({ databaseUrl: database.url });
  const base = new ManualClock('2026-11-22T09:00:00Z');
  const first = { ...app.context(), clock: new ShiftedClock(base) };
  await advanceDemoClock(first, { by: 'P1D' });
  await advanceDemoClock(first, { by: 'P1M' });
  expect(first.clock.now().toISOString()).toBe('2026-12-23T09:00:00.000Z');
  const second = { ...app.context(), clock: new ShiftedClock(base) };
  const following = await followDemoClock(second);
  expect(second.clock.now().toISOString()).toBe('2026-12-23T09:00:00.000Z');
  following.stop();
  await app.stop();
  await database.drop();
});

test('a production company has no clock to move', async () => {
  const ctx = { ...it.app.context(), mode: 'production' as const };
  await expect(advanceDemoClock(ctx, { by: 'P1D' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
