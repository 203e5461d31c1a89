import type { Condition, LeafArgs } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aContext, aMember, aShop } from '../../testing/orders.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aPersonWith, aStoreIn } from '../../testing/segments.builders.ts';
import { readSurroundings } from '../language/index.ts';
import { bucketOf } from './bucket.ts';
import { preferredStore } from './preferences.ts';
import { snapshot } from './snapshot.ts';

const db = useTestDatabase();

async function aWorld() {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const holds = async (person: string, condition: Condition) =>
    (await askBothWays(ctx, person, condition)).holds;
  return { ctx, shop, holds };
}

test('what is known of somebody, and what is not', async () => {
  const { ctx, shop, holds } = await aWorld();
  const empty = await aPersonWith(ctx, shop);
  const full = await aPersonWith(ctx, shop, {
    family_name: 'Белова',
    birth_date: '1990-01-01',
    gender: 'FEMALE',
    preferred_store_id: shop.storeId,
    preferred_channel: 'VIBER',
    do_not_disturb: true,
    tags: ['vip', 'чай'],
  });
  const fields: LeafArgs['FIELD_KNOWN']['field'][] = [
    'NAME',
    'BIRTH_DATE',
    'GENDER',
    'PREFERRED_STORE',
    'PREFERRED_CHANNEL',
  ];
  for (const field of fields)
    expect([
      await holds(full, { leaf: 'FIELD_KNOWN', field }),
      await holds(empty, { leaf: 'FIELD_KNOWN', field }),
    ]).toEqual([true, false]);
  const asked: Condition[] = [
    { leaf: 'TAG', tags: ['x', 'чай'] },
    { leaf: 'DO_NOT_DISTURB' },
    { leaf: 'PREFERRED_STORE', stores: ['other', shop.storeCode] },
    { leaf: 'PREFERRED_CHANNEL', channels: ['SMS', 'VIBER'] },
    { leaf: 'GENDER', among: ['FEMALE'] },
  ];
  for (const condition of asked)
    expect([await holds(full, condition), await holds(empty, condition)]).toEqual([true, false]);
  expect(await holds(full, { leaf: 'TAG', tags: ['vi', 'VIP'] })).toBe(false);
  const other = await aStoreIn(ctx, shop, 'Asia/Almaty');
  const surroundings = await readSurroundings(ctx, new Map());
  expect(await preferredStore.missing?.(ctx, { stores: [other.code, 'gone'] }, surroundings)).toEqual([
    { kind: 'STORE', value: 'gone' },
  ]);
});

test('identities of a kind, proved to be theirs or not', async () => {
  const { ctx, holds } = await aWorld();
  const { id } = await aShopper(ctx, { email: `${newId()}@example.com` });
  const has = (kind: 'PHONE' | 'EMAIL' | 'CARD', verified?: boolean) =>
    holds(id, { leaf: 'IDENTITY', kind, ...(verified === undefined ? {} : { verified }) });
  expect([await has('PHONE'), await has('EMAIL'), await has('CARD')]).toEqual([true, true, false]);
  expect([await has('PHONE', true), await has('PHONE', false)]).toEqual([false, true]);
  await ctx.sql
    .updateTable('identity')
    .set({ verified_at: ctx.clock.now() })
    .where('profile_id', '=', id)
    .where('kind', '=', 'PHONE')
    .execute();
  expect([await has('PHONE', true), await has('PHONE', false)]).toEqual([true, false]);
});

test('a share of everybody is the same in the database, lasting, and independent of other seeds', async () => {
  const { ctx, shop, holds } = await aWorld();
  expect(bucketOf('spring', '018f0000-0000-7000-8000-000000000001')).toBe(5730);
  const person = await aMember(ctx, shop);
  const own = bucketOf("spring'; --", person);
  const share = (from: number, to: number) =>
    holds(person, { leaf: 'BUCKET', seed: "spring'; --", from, to });
  expect([await share(own, own + 1), await share(0, own), await share(own + 1, 10_000)]).toEqual([
    true,
    false,
    false,
  ]);
  const people = Array.from({ length: 4000 }, () => newId());
  const first = people.filter((id) => bucketOf('a', id) < 5_000);
  const both = first.filter((id) => bucketOf('b', id) < 5_000);
  expect(first.length).toBeGreaterThan(1_850);
  expect(first.length).toBeLessThan(2_150);
  expect(both.length).toBeGreaterThan(880);
  expect(both.length).toBeLessThan(1_120);
});

test('who is in a snapshot, whatever became of the segment', async () => {
  const { ctx, shop, holds } = await aWorld();
  const [inside, outside] = [await aMember(ctx, shop), await aMember(ctx, shop)];
  const id = newId();
  await ctx.sql
    .insertInto('segment_snapshot')
    .values({
      id,
      segment_id: newId(),
      name: 'June',
      condition: { group: 'ALL', of: [] },
      size: 1,
      taken_at: ctx.clock.now(),
      taken_by: null,
    })
    .execute();
  await ctx.sql
    .insertInto('segment_snapshot_member')
    .values({ profile_id: inside, snapshot_id: id })
    .execute();
  const condition: Condition = { leaf: 'SNAPSHOT', snapshot: id.toUpperCase() };
  expect([await holds(inside, condition), await holds(outside, condition)]).toEqual([true, false]);
  const surroundings = await readSurroundings(ctx, new Map());
  expect(await snapshot.missing?.(ctx, { snapshot: id }, surroundings)).toEqual([]);
  expect(await snapshot.missing?.(ctx, { snapshot: 'x' }, surroundings)).toEqual([
    { kind: 'SNAPSHOT', value: 'x' },
  ]);
});
