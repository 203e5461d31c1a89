import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { anEvent, recordAs } from '../../testing/activity.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { recordEvents } from '../index.ts';
import { ensureMonths, forgetCounts, prepareMonths } from './event-months.ts';

const it = useTestApp();

async function parts(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relid::regclass::text as name from pg_partition_tree('public.event') where isleaf order by 1`.execute(
    it.app.context().sql,
  );
  return rows.map(({ name }) => name);
}

test('this month and three more are made ahead, once', async () => {
  it.app.clock.set('2026-11-30T23:59:59Z');
  await prepareMonths(it.app.context());
  await prepareMonths(it.app.context());
  expect(await parts()).toEqual([
    'event_before_2000',
    'event_y2026m11',
    'event_y2026m12',
    'event_y2027m01',
    'event_y2027m02',
  ]);
});

test('eight who need a month at once make it once', async () => {
  const months = ['2019-01-15', '2019-02-15', '2019-03-15'].map((day) => new Date(`${day}T12:00:00Z`));
  // Each as a process that has seen no month yet.
  await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const ctx = it.app.context();
      const apart = { ...ctx, database: { ...ctx.database } };
      await ensureMonths(apart, index % 2 ? months : months.toReversed());
    }),
  );
  expect((await parts()).filter((name) => name.includes('y2019'))).toEqual([
    'event_y2019m01',
    'event_y2019m02',
    'event_y2019m03',
  ]);
});

test('the edges of a month and of the century have their place', async () => {
  const ctx = it.app.context();
  const source = newId();
  const moments = [
    '1999-12-31T23:59:59.999Z',
    '2000-01-01T00:00:00.000Z',
    '2024-02-29T23:59:59.999Z',
    '2024-03-01T00:00:00.000Z',
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
    'event_y2000m01',
    'event_y2024m02',
    'event_y2024m03',
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
