import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { anEvent, recordAs } from '../../testing/activity.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { recordEvents } from '../index.ts';
import { ensureQuarters, forgetCounts, prepareQuarters } from './event-quarters.ts';

const it = useTestApp();

async function parts(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relid::regclass::text as name from pg_partition_tree('public.event') where isleaf order by 1`.execute(
    it.app.context().sql,
  );
  return rows.map(({ name }) => name);
}

test('this quarter and the next one are made ahead, once', async () => {
  it.app.clock.set('2026-12-31T23:59:59Z');
  await prepareQuarters(it.app.context());
  await prepareQuarters(it.app.context());
  expect(await parts()).toEqual(['event_before_2000', 'event_y2026q4', 'event_y2027q1']);
});

test('eight who need a quarter at once make it once', async () => {
  const days = ['2019-01-15', '2019-06-15', '2019-12-15'].map((day) => new Date(`${day}T12:00:00Z`));
  // Each as a process that has seen no quarter yet.
  await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const ctx = it.app.context();
      const apart = { ...ctx, database: { ...ctx.database } };
      await ensureQuarters(apart, index % 2 ? days : days.toReversed());
    }),
  );
  expect((await parts()).filter((name) => name.includes('y2019'))).toEqual([
    'event_y2019q1',
    'event_y2019q2',
    'event_y2019q4',
  ]);
});

test('the edges of a quarter and of the century have their place', async () => {
  const ctx = it.app.context();
  const source = newId();
  const moments = [
    '1999-12-31T23:59:59.999Z',
    '2000-01-01T00:00:00.000Z',
    '2024-03-31T23:59:59.999Z',
    '2024-04-01T00:00:00.000Z',
  ];
  const events = moments.map((at) => anEvent(ctx, { id: at, deviceId: 'd', occurredAt: new Date(at) }));
  const { results } = await recordEvents(ctx, { source, batchId: newId(), events });
  expect(results.map(({ status }) => status)).toEqual(moments.map(() => 'CREATED'));
  const { rows } = await sql<{ at: string; part: string }>`
    select external_id as at, tableoid::regclass::text as part from event where source = ${source} order by 1`.execute(
    ctx.sql,
  );
  expect(rows.map(({ part }) => part)).toEqual([
    'event_before_2000',
    'event_y2000q1',
    'event_y2024q1',
    'event_y2024q2',
  ]);
});

test('counts older than forty days are forgotten', async () => {
  const ctx = it.app.context();
  const source = newId();
  it.app.clock.set('2026-11-22T09:00:00Z');
  await recordAs(ctx, source, anEvent(ctx, { deviceId: 'd' }));
  it.app.clock.advance(39 * 86_400_000);
  await recordAs(ctx, source, anEvent(ctx, { deviceId: 'd' }));
  it.app.clock.advance(2 * 86_400_000);
  await forgetCounts(ctx);
  const left = await ctx.sql.selectFrom('event_count').select('hour').where('source', '=', source).execute();
  expect(left).toEqual([{ hour: new Date('2026-12-31T09:00:00Z') }]);
});
