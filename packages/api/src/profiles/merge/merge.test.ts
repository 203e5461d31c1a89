import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import { belongings, commitOrder, merge, previewOrder, undo } from '../../testing/merges.builders.ts';
import {
  aDraft,
  aShop,
  aVisit,
  atTill,
  balanceOf,
  begin,
  begun,
  grantPoints,
  orderRow,
  refusal,
  sold,
} from '../../testing/orders.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { waitingFor } from '../../testing/waiting-for.ts';
import { resolveProfile } from '../identities/resolve-profile.ts';
import { AlreadyMerged, LaterMergeFirst, MergeUndone, PointsSpentSinceMerge } from './merge.errors.ts';

const it = useTestApp();

async function staff() {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['SUPPORT']));
}

/** Two people with purchases and points in one shop. */
async function twoShoppers() {
  const ctx = await staff();
  const system = it.app.context();
  const shop = await aShop(system);
  const till = await atTill(system, shop);
  const [a, b] = [
    await aShopper(system, { givenName: 'Анна', email: `a-${newId()}@mail.ru` }),
    await aShopper(system, { givenName: 'Аня', card: newId().replaceAll('-', '').slice(0, 12) }),
  ];
  for (const { id } of [a, b]) {
    await grantPoints(system, shop, id, 300);
    await sold(till, aDraft({ shopper: { visitId: await aVisit(till, id) } }));
  }
  return { ctx, system, shop, till, survivor: a, other: b };
}

test('everything of the other is the survivor’s, and after an undo its own again, row for row', async () => {
  const { ctx, shop, till, survivor, other } = await twoShoppers();
  const draft = aDraft({ shopper: { visitId: await aVisit(till, other.id) }, spendPoints: { max: true } });
  await begun(till, draft);
  const before = [await belongings(ctx, survivor.id), await belongings(ctx, other.id)];
  const own = await balanceOf(ctx, shop, survivor.id);
  const theirs = await balanceOf(ctx, shop, other.id);

  const { mergeId } = await merge(ctx, survivor.id, other.id);
  const empty = await belongings(ctx, other.id);
  expect([
    empty['orders'],
    empty['order_line'],
    empty['identity'],
    empty['order_key'],
    empty['hold'],
  ]).toEqual([[], [], [], [], []]);
  expect((await belongings(ctx, survivor.id))['orders']).toHaveLength(3);
  expect(await balanceOf(ctx, shop, survivor.id)).toEqual({
    active: own.active + theirs.active,
    pending: own.pending + theirs.pending,
    held: own.held + theirs.held,
    debt: 0,
  });
  expect(await resolveProfile(ctx, { by: 'ID', id: other.id })).toEqual({ id: survivor.id, kind: 'PERSON' });

  await undo(ctx, mergeId);
  expect([await belongings(ctx, survivor.id), await belongings(ctx, other.id)]).toEqual(before);
  expect(await resolveProfile(ctx, { by: 'ID', id: other.id })).toEqual({ id: other.id, kind: 'PERSON' });
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
  await expect(undo(ctx, mergeId)).rejects.toThrow(MergeUndone);
});

test('a purchase begun before the merge is paid after it, with the points that were held', async () => {
  const { ctx, shop, till, survivor, other } = await twoShoppers();
  const draft = aDraft({ shopper: { visitId: await aVisit(till, other.id) }, spendPoints: { max: true } });
  const { orderId } = await begun(till, draft);
  const held = (await balanceOf(ctx, shop, other.id)).held;
  expect(held).toBeGreaterThan(0);
  const { mergeId } = await merge(ctx, survivor.id, other.id);
  await commitOrder(till, { requestId: newId(), order: { id: globalId('Order', orderId) }, receipts: [] });
  const after = await balanceOf(ctx, shop, survivor.id);
  expect(after.held).toBe(0);
  // Bought by the other: parted again, it is their purchase and their points.
  await undo(ctx, mergeId);
  expect(await balanceOf(ctx, shop, other.id)).toMatchObject({ active: 300 - held, held: 0, debt: 0 });
  expect(await balanceOf(ctx, shop, survivor.id)).toMatchObject({ active: 300, held: 0, debt: 0 });
  expect((await belongings(ctx, other.id))['orders']).toHaveLength(2);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('what was bought since stays; points spent since are told, and given up only when asked to', async () => {
  const { ctx, system, shop, till, survivor, other } = await twoShoppers();
  const { mergeId } = await merge(ctx, survivor.id, other.id);
  const spent = 450;
  await sql`select public.loyalty_adjust(${survivor.id}, ${shop.programId}, ${-spent}, 'spent', ${ctx.clock.now()}, null,
    false, ${ctx.clock.now()}, 'test')`.execute(system.sql);
  await sold(till, aDraft({ shopper: { visitId: await aVisit(till, survivor.id) } }));
  await expect(undo(ctx, mergeId)).rejects.toEqual(new PointsSpentSinceMerge({ spent: 150, available: 0 }));
  expect(await resolveProfile(ctx, { by: 'ID', id: other.id })).toMatchObject({ id: survivor.id });
  await undo(ctx, mergeId, { whatRemains: true });
  expect(await balanceOf(ctx, shop, other.id)).toMatchObject({ active: 150 });
  expect((await belongings(ctx, survivor.id))['orders']).toHaveLength(2);
  expect((await belongings(ctx, other.id))['orders']).toHaveLength(1);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('in a chain every id answers with the last; the latest merge is undone first', async () => {
  const { ctx, survivor: b, other: a } = await twoShoppers();
  const c = await aShopper(it.app.context());
  const first = await merge(ctx, b.id, a.id);
  const second = await merge(ctx, c.id, b.id);
  for (const { id } of [a, b])
    expect(await resolveProfile(ctx, { by: 'ID', id })).toEqual({ id: c.id, kind: 'PERSON' });
  await expect(undo(ctx, first.mergeId)).rejects.toEqual(new LaterMergeFirst(second.mergeId));
  await undo(ctx, second.mergeId);
  expect(await resolveProfile(ctx, { by: 'ID', id: a.id })).toEqual({ id: b.id, kind: 'PERSON' });
  expect((await belongings(ctx, b.id))['orders']).toHaveLength(2);
  await undo(ctx, first.mergeId);
  expect((await belongings(ctx, a.id))['orders']).toHaveLength(1);
  expect((await belongings(ctx, b.id))['orders']).toHaveLength(1);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('A into B and B into A at once: one wins, the other is told who answers for both, nothing is lost', async () => {
  for (let round = 0; round < 8; round += 1) {
    const { ctx, shop, survivor: a, other: b } = await twoShoppers();
    const again = await staff();
    const answers = await Promise.allSettled([merge(ctx, a.id, b.id), merge(again, b.id, a.id)]);
    const won = answers.filter(({ status }) => status === 'fulfilled');
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as unknown] : [],
    );
    expect(won).toHaveLength(1);
    const { id } = (await resolveProfile(ctx, { by: 'ID', id: a.id })) ?? { id: 'nobody' };
    expect(refused).toEqual([new AlreadyMerged(id)]);
    expect((await belongings(ctx, id))['orders']).toHaveLength(2);
    expect((await balanceOf(ctx, shop, id)).active).toBe(600);
  }
  expect(await ledgerViolations(it.app.context().sql)).toEqual([]);
});

test('two profiles are locked in the order of their ids, whoever is to stay', async () => {
  const { ctx, survivor, other } = await twoShoppers();
  const [low = '', high = ''] = [survivor.id, other.id].toSorted();
  const waited = it.app.database.sql.transaction().execute(async (first) => {
    await sql`select from public.profile where id = ${low} for update`.execute(first);
    const merging = merge(ctx, high, low);
    await waitingFor(first);
    // It waits for the lower one and holds nothing of the higher one.
    await sql`select from public.profile where id = ${high} for update nowait`.execute(first);
    return { merging };
  });
  const { merging } = await waited;
  expect(await merging).toMatchObject({ __typename: 'ProfilesMerged', profileId: high });
});

test('who begins a purchase waits for a merge under way, and is told to come again', async () => {
  const { till, survivor, other } = await twoShoppers();
  const draft = aDraft({ shopper: { visitId: await aVisit(till, other.id) } });
  const quote = await previewOrder(till, draft);
  const { beginning } = await it.app.database.sql.transaction().execute(async (merging) => {
    await sql`select from public.profile where id = ${other.id} for update`.execute(merging);
    const begins = refusal(begin(till, draft, quote.hash));
    await waitingFor(merging);
    await sql`update public.profile set merged_into = ${survivor.id} where id = ${other.id}`.execute(merging);
    return { beginning: begins };
  });
  expect(await beginning).toMatchObject({ code: 'BUSY' });
  // The visit is the survivor's now.
  const again = await previewOrder(till, draft);
  const { orderId } = await begin(till, draft, again.hash);
  expect(await orderRow(till, orderId)).toMatchObject({ profile_id: survivor.id });
});

test('sales at a till and merges at once: no purchase and no point is left behind', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { ctx, shop, till, survivor, other } = await twoShoppers();
    const visitId = await aVisit(till, other.id);
    const draft = aDraft({ shopper: { visitId }, spendPoints: { max: true } });
    const quote = await previewOrder(till, draft);
    const sale = async () => {
      const { orderId } = await begin(till, draft, quote.hash);
      await commitOrder(till, {
        requestId: newId(),
        order: { id: globalId('Order', orderId) },
        receipts: [],
      });
    };
    const [outcome] = await Promise.allSettled([sale(), merge(ctx, survivor.id, other.id)]);
    // A till that was told to come again finds the survivor.
    if (outcome?.status === 'rejected')
      expect(outcome.reason).toMatchObject({ code: expect.stringMatching(/^(BUSY|QuoteChanged)$/) });
    const orders = await sql<{ profile: string }>`
      select profile_id as profile from public.orders where profile_id in (${survivor.id}, ${other.id})`.execute(
      ctx.sql,
    );
    expect(new Set(orders.rows.map(({ profile }) => profile))).toEqual(new Set([survivor.id]));
    const open =
      await sql`select from public.orders where profile_id = ${survivor.id} and state = 'BEGUN'`.execute(
        ctx.sql,
      );
    const { active, held } = await balanceOf(ctx, shop, survivor.id);
    const paid = await sql<{
      points: number;
    }>`select coalesce(sum(points_spent), 0)::bigint as points from public.orders
      where profile_id = ${survivor.id} and state <> 'BEGUN'`.execute(ctx.sql);
    expect(active + held + (paid.rows[0]?.points ?? 0)).toBe(600);
    if (open.rows.length === 0) expect(held).toBe(0);
  }
  expect(await ledgerViolations(it.app.context().sql)).toEqual([]);
});
