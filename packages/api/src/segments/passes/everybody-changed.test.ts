import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Context } from '../../platform/context.ts';
import { aCode, aPool } from '../../testing/codes.builders.ts';
import { asSystem, aStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aSegment, membersOf, storedMembers } from '../../testing/membership.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { LAST_MARK } from '../membership/everybody-marks.ts';
import { everybodyChanged } from './everybody-changed.ts';

const it = useTestApp({ now: '2026-11-22T12:00:00.000Z' });
const DAY = 86_400_000;

/** Which marks stand in the queue now. */
async function marks(ctx: Context): Promise<{ last: number; of: string[] }> {
  const rows = await ctx.sql
    .selectFrom('segment_dirty')
    .select(['profile_id as profileId', 'id'])
    .where('profile_id', '<=', LAST_MARK)
    .orderBy('id')
    .execute();
  return { last: rows.at(-1)?.id ?? 0, of: rows.map(({ profileId }) => profileId.slice(-1)) };
}

/** @returns what waits in the background because of it, done since */
async function follow(ctx: Context): Promise<string[]> {
  const { last } = await marks(ctx);
  await everybodyChanged(ctx, last);
  expect(await marks(ctx)).toEqual({ last: 0, of: [] });
  const tasks = await ctx.sql.selectFrom('task').select('kind').where('state', '=', 'QUEUED').execute();
  await runTasks(ctx);
  return tasks.map(({ kind }) => kind);
}

async function archiveAll(ctx: Context): Promise<void> {
  await sql`update segment set archived_at = ${ctx.clock.now()}, live_condition = null, state = 'ARCHIVED'`.execute(
    ctx.sql,
  );
  await sql`delete from segment_dirty`.execute(ctx.sql);
}

test('a series that ends at another time, or is put away, is followed by a look at everybody', async () => {
  const ctx = asSystem(it.app.context());
  const now = ctx.clock.now();
  const { id } = await aShopper(ctx);
  const pool = await aPool(ctx, { validTo: new Date(now.getTime() + DAY) });
  await aCode(ctx, pool, { profileId: id });
  const segment = await aSegment(ctx, { leaf: 'PROMO_CODE', pools: [pool.id], state: 'OPEN' });
  expect(await membersOf(ctx, segment)).toEqual([id]);
  const change = (set: object) =>
    ctx.sql.updateTable('promo_code_pool').set(set).where('id', '=', pool.id).execute();
  await change({ name: 'Зима', valid_days: 3, free_on_return: false });
  expect((await marks(ctx)).of).toEqual([]);
  await change({ valid_to: new Date(now.getTime() - DAY) });
  expect((await marks(ctx)).of).toEqual(['1']);
  expect(await follow(ctx)).toEqual(['segments.refresh']);
  expect(await storedMembers(ctx, segment)).toEqual([]);
  await change({ valid_to: null });
  expect(await follow(ctx)).toEqual(['segments.refresh']);
  expect(await storedMembers(ctx, segment)).toEqual([id]);
  await change({ archived_at: now });
  expect(await follow(ctx)).toEqual(['segments.refresh']);
  expect(await storedMembers(ctx, segment)).toEqual([]);
  await archiveAll(ctx);
});

test('a series and goods move nobody where no condition looks at them', async () => {
  const ctx = asSystem(it.app.context());
  const pool = await aPool(ctx);
  const segment = await aSegment(ctx, { leaf: 'TAG', tags: ['x'] });
  await membersOf(ctx, segment);
  await sql`update promo_code_pool set valid_to = ${ctx.clock.now()} where id = ${pool.id}`.execute(ctx.sql);
  expect((await marks(ctx)).of).toEqual(['1']);
  expect(await follow(ctx)).toEqual([]);
  await archiveAll(ctx);
});

test('what is worked out for the first time while a series changes is looked at again', async () => {
  const ctx = asSystem(it.app.context());
  const pool = await aPool(ctx);
  const condition: Condition = { leaf: 'PROMO_CODE', pools: [pool.id], state: 'OPEN' };
  const segment = await aSegment(ctx, condition);
  await sql`update segment set live_condition = null, next_number = take_segment_number() where id = ${segment}`.execute(
    ctx.sql,
  );
  await sql`update promo_code_pool set valid_to = ${ctx.clock.now()} where id = ${pool.id}`.execute(ctx.sql);
  expect(await follow(ctx)).toEqual(['segments.refresh']);
  await archiveAll(ctx);
});

test('a store where days begin at another time moves whoever is its', async () => {
  const ctx = asSystem(it.app.context());
  const store = await aStore(ctx, { timeZone: 'Europe/Moscow' });
  const { id } = await aShopper(ctx);
  await ctx.sql
    .updateTable('profile')
    .set({ birth_date: '2000-11-23', preferred_store_id: store.id })
    .where('id', '=', id)
    .execute();
  const segment = await aSegment(ctx, { leaf: 'AGE', years: { least: 26 } });
  expect(await membersOf(ctx, segment)).toEqual([]);
  const change = (set: object) => ctx.sql.updateTable('store').set(set).where('id', '=', store.id).execute();
  await change({ name: 'Другое имя' });
  expect((await marks(ctx)).of).toEqual([]);
  // It is the twenty-third there already.
  await change({ time_zone: 'Pacific/Kiritimati' });
  expect((await marks(ctx)).of).toEqual(['2']);
  expect(await follow(ctx)).toEqual(['segments.refresh']);
  expect(await storedMembers(ctx, segment)).toEqual([id]);
  await archiveAll(ctx);
});
