import type { LeafCode, LeafOf, PurchaseFilter } from '@clientele/shared/segments';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { SEGMENT_LEAVES } from '../../segment-leaves.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aSegment } from '../../testing/membership.builders.ts';
import { newId } from '../../platform/ids.ts';
import { readSurroundings, type LeafKind } from '../language/index.ts';

const it = useTestApp();

const always = { kind: 'ALWAYS' } as const;
const some = { least: 1 };
const bought: PurchaseFilter = {
  goods: { only: { skus: ['a'] } },
  codePools: ['018f0000-0000-7000-8000-000000000001'],
};

/** One question of each kind, that makes it look at everything it can. */
const QUESTIONS: { [Code in Exclude<LeafCode, 'SEGMENT'>]: LeafOf<Code>[] } = {
  GENDER: [{ leaf: 'GENDER', among: ['FEMALE'] }],
  AGE: [{ leaf: 'AGE', years: some }],
  FIELD_KNOWN: [{ leaf: 'FIELD_KNOWN', field: 'NAME' }],
  PREFERRED_STORE: [{ leaf: 'PREFERRED_STORE', stores: ['1'] }],
  PREFERRED_CHANNEL: [{ leaf: 'PREFERRED_CHANNEL', channels: ['SMS'] }],
  KNOWN_SINCE: [{ leaf: 'KNOWN_SINCE', moments: always }],
  MEMBER_SINCE: [{ leaf: 'MEMBER_SINCE', moments: always }],
  DO_NOT_DISTURB: [{ leaf: 'DO_NOT_DISTURB' }],
  ATTRIBUTE: [{ leaf: 'ATTRIBUTE', attribute: 'size', test: { known: true } }],
  TAG: [{ leaf: 'TAG', tags: ['vip'] }],
  CONSENT: [{ leaf: 'CONSENT', purpose: 'ADVERTISING', channel: 'SMS', topic: 'news', state: 'GRANTED' }],
  IDENTITY: [{ leaf: 'IDENTITY', kind: 'EMAIL', verified: true }],
  ANNIVERSARY: (['BIRTHDAY', 'MEMBERSHIP', 'FIRST_PURCHASE'] as const).map((of) => ({
    leaf: 'ANNIVERSARY',
    of,
    daysBefore: 1,
    daysAfter: 1,
  })),
  PURCHASES: [
    { leaf: 'PURCHASES', measure: 'COUNT', purchases: bought, moments: always, range: some },
    { leaf: 'PURCHASES', measure: 'DISTINCT_PRODUCTS', purchases: bought, moments: always, range: some },
    { leaf: 'PURCHASES', measure: 'SUM', currency: 'RUB', moments: always, range: some },
  ],
  PURCHASE_DATE: [{ leaf: 'PURCHASE_DATE', which: 'LAST', purchases: bought, moments: always }],
  BOUGHT_WITHOUT: [{ leaf: 'BOUGHT_WITHOUT', first: bought, without: {}, days: 3, moments: always }],
  OWN_INTERVAL: [{ leaf: 'OWN_INTERVAL', times: 20_000 }],
  INTEREST: [{ leaf: 'INTEREST', goods: { skus: ['a'] }, leastShare: 100, pieces: 1, halfLifeDays: 30 }],
  RFM: [],
  LIFECYCLE: [{ leaf: 'LIFECYCLE', stages: ['LOST'] }],
  EVENTS: [{ leaf: 'EVENTS', event: 'product.viewed', measure: 'COUNT', moments: always, range: some }],
  EVENT_DATE: [{ leaf: 'EVENT_DATE', which: 'LAST', event: 'product.viewed', moments: always }],
  POINTS: (['ACTIVE', 'PENDING', 'DEBT'] as const).map((which) => ({ leaf: 'POINTS', which, range: some })),
  TIER: [{ leaf: 'TIER', tiers: ['gold'] }],
  PROMO_CODE: (['OPEN', 'USED', 'EXPIRED'] as const).map((state) => ({ leaf: 'PROMO_CODE', state })),
  SNAPSHOT: [{ leaf: 'SNAPSHOT', snapshot: '018f0000-0000-7000-8000-000000000001' }],
  BUCKET: [{ leaf: 'BUCKET', seed: 'a', from: 0, to: 5_000 }],
};

async function tablesLookedAt(): Promise<Set<string>> {
  const surroundings = await readSurroundings(it.app.context(), new Map());
  const kinds = SEGMENT_LEAVES as unknown as Record<string, LeafKind<LeafCode>>;
  const tables = Object.values(QUESTIONS)
    .flat()
    .flatMap((leaf) => kinds[leaf.leaf]?.question(leaf, surroundings).features ?? [])
    .flatMap(({ source }) => source.tables);
  return new Set(tables);
}

test('whatever a condition looks at marks whose it is, whoever writes it', async () => {
  const { rows } = await sql<{ table: string; events: string[] }>`
    select t.tgrelid::regclass::text as table, array_agg(distinct case
      when t.tgtype & 4 > 0 then 'insert' when t.tgtype & 8 > 0 then 'delete' else 'update' end) as events
    from pg_trigger t join pg_proc f on f.oid = t.tgfoid
    where f.proname like 'mark_segments_dirty%' and t.tgenabled = 'O' and t.tgtype & 1 = 0
    group by 1`.execute(it.app.database.sql);
  const marked = new Map(rows.map(({ table, events }) => [table, events.toSorted()]));
  const tables = await tablesLookedAt();
  expect(tables.has('orders') && tables.has('event') && tables.has('lot')).toBe(true);
  expect([...tables].toSorted().map((table) => [table, marked.get(table)])).toEqual(
    [...tables].toSorted().map((table) => [table, ['delete', 'insert', 'update']]),
  );
});

async function queued(): Promise<{ profileId: string; at: Date | null }[]> {
  const { rows } = await sql<{ profileId: string; at: Date | null }>`
    select profile_id as "profileId", effective_at as at from segment_dirty order by id`.execute(
    it.app.database.sql,
  );
  return rows;
}

test('a company without segments writes nothing more than before', async () => {
  const ctx = it.app.context();
  const { id } = await aShopper(ctx);
  await ctx.sql.updateTable('profile').set({ gender: 'MALE' }).where('id', '=', id).execute();
  expect(await queued()).toEqual([]);
});

test('what tells when it was is marked with it, whatever partition it goes to; the rest as of now', async () => {
  const ctx = it.app.context();
  const { id } = await aShopper(ctx);
  await aSegment(ctx, { group: 'ALL', of: [] });
  await ctx.sql.deleteFrom('segment_dirty').execute();
  const at = new Date('1999-05-05T00:00:00Z');
  await ctx.sql
    .insertInto('event')
    .values({
      profile_id: id,
      occurred_at: at,
      id: newId(),
      kind: 'product.viewed',
      source: 'site',
      external_id: '1',
      properties: '{}' as never,
      recorded_at: ctx.clock.now(),
      batch_id: null,
    })
    .execute();
  await ctx.sql.updateTable('profile').set({ gender: 'MALE' }).where('id', '=', id).execute();
  await ctx.sql.deleteFrom('identity').where('profile_id', '=', id).execute();
  expect(await queued()).toEqual([
    { profileId: id, at },
    { profileId: id, at: null },
    { profileId: id, at: null },
  ]);
});

test('whoever writes never waits for a worker that has the same people in hand', async () => {
  const ctx = it.app.context();
  const { id } = await aShopper(ctx);
  await aSegment(ctx, { group: 'ALL', of: [] });
  const worker = new pg.Client({ connectionString: String(ctx.database.pool.options.connectionString) });
  await worker.connect();
  await worker.query('begin');
  await worker.query('delete from segment_dirty where profile_id = $1', [id]);
  await worker.query('select from profile_segment where profile_id = $1 for update', [id]);
  // Anything that waits is refused at once.
  await ctx.database.sql.transaction().execute(async (tx) => {
    await sql`select set_config('lock_timeout', '1ms', true)`.execute(tx);
    await sql`update profile set gender = 'MALE' where id = ${id}`.execute(tx);
  });
  await worker.query('rollback');
  await worker.end();
  expect((await queued()).at(-1)).toEqual({ profileId: id, at: null });
});
