import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { newId } from '../../../platform/ids.ts';
import { aCode, aPool, CodesOfOrder } from '../../../testing/codes.builders.ts';
import { asActor } from '../../../testing/company.builders.ts';
import { aShopper } from '../../../testing/profiles.builders.ts';
import { staffActor } from '../../../testing/staff.builders.ts';
import { useContext } from '../../../testing/use-context.ts';
import { cancelCode, extendCode, reissueCode } from '../desk/change-code.ts';
import { historyOf } from '../desk/code-history.ts';
import { PoolEmpty, PromoCodeStateRefused } from '../codes.errors.ts';
import { inspectCode, stateOf } from '../desk/inspect-code.ts';
import { issueCode } from './issue-code.ts';
import { issuePromoCode } from './issue-to-shopper.ts';
import { CODE_TRACES } from '../traces.ts';

const use = useContext();

const marketer = async () => asActor(use.ctx, await staffActor(use.ctx, ['MARKETER']));

test('a shopper gets one code for one occasion, however often it is asked for', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx, { validDays: 30 });
  const { id: profileId } = await aShopper(ctx);
  const wanted = { poolId: pool.id, profileId, dedupeKey: 'birthday:2026' };
  const issued = await Promise.all(Array.from({ length: 8 }, () => issueCode(ctx, wanted)));
  expect(new Set(issued.map(({ code }) => code)).size).toBe(1);
  expect(issued.filter(({ before }) => !before)).toHaveLength(1);
  expect(issued[0]?.expiresAt?.toISOString()).toBe('2026-12-22T20:59:59.000Z');
  const { rows } = await sql<{ payload: object }>`
    select payload from outbox_event where kind = 'code.issued' and profile_id = ${profileId}`.execute(
    ctx.sql,
  );
  expect(rows).toEqual([
    {
      payload: {
        codeId: issued[0]?.id,
        poolId: pool.id,
        promotionId: pool.promotionId,
        orderId: null,
        expiresAt: '2026-12-22T20:59:59.000Z',
      },
    },
  ]);
});

test('codes that wait are given out first, each to one, then fresh ones; a pool without a pattern runs empty', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx, { pattern: null });
  const waiting = [await aCode(ctx, pool), await aCode(ctx, pool)];
  const give = async () =>
    (await issueCode(ctx, { poolId: pool.id, profileId: newId(), dedupeKey: newId() })).code;
  expect((await Promise.all([give(), give()])).toSorted()).toEqual(waiting.toSorted());
  await expect(give()).rejects.toBeInstanceOf(PoolEmpty);
  await sql`update promo_code_pool set pattern = 'N-########' where id = ${pool.id}`.execute(ctx.sql);
  expect(await give()).toMatch(/^N-\w{8}$/);
});

test('staff issue, see who has it and why, lengthen, replace and cancel it', async () => {
  const ctx = await marketer();
  const pool = await aPool(ctx, { validDays: 10 });
  const shopper = await aShopper(ctx);
  const issued = await issuePromoCode(ctx, {
    poolId: pool.id,
    profileId: globalId('Profile', shopper.id),
    reason: 'Извинение за задержку',
    requestId: 'r-1',
  });
  const look = async (typed: string) => {
    const code = await inspectCode(ctx, typed);
    if (code === null) throw new Error('no such code');
    return code;
  };
  const code = await look(issued.code.toLowerCase().replaceAll('-', ' '));
  expect(code).toMatchObject({ profile_id: shopper.id, reason: 'Извинение за задержку', pool_id: pool.id });
  const order = new CodesOfOrder(ctx, pool, shopper.id);
  await order.hold([issued.code]);
  await expect(cancelCode(ctx, { id: issued.id, reason: 'x' })).rejects.toMatchObject({ state: 'HELD' });
  await order.release();
  use.ctx.clock.advance(11 * 86_400_000);
  expect(stateOf(await look(issued.code), ctx.clock.now())).toBe('EXPIRED');
  await extendCode(ctx, {
    id: issued.id,
    reason: 'Был в отъезде',
    expiresAt: new Date('2026-12-31T20:59:59Z'),
  });
  expect(await order.refused(issued.code)).toEqual([null]);
  use.ctx.clock.advance(60_000);
  const fresh = await reissueCode(ctx, { id: issued.id, reason: 'Потерян' });
  expect(await reissueCode(ctx, { id: issued.id, reason: 'Потерян' })).toEqual({ ...fresh, before: true });
  expect(await order.refused(issued.code, fresh.code)).toEqual(['EXPIRED', null]);
  expect(
    (await historyOf(ctx, await look(issued.code))).map(({ kind, by, reason }) => [kind, by, reason]),
  ).toEqual([
    ['REISSUED', 'Мария', 'Потерян'],
    ['EXTENDED', 'Мария', 'Был в отъезде'],
    ['RELEASED', null, null],
    ['HELD', null, null],
    ['ISSUED', null, 'Извинение за задержку'],
    ['CREATED', null, null],
  ]);
  await order.hold([fresh.code]);
  await order.redeem();
  const refused = { id: fresh.id, reason: 'x' };
  await expect(cancelCode(ctx, refused)).rejects.toBeInstanceOf(PromoCodeStateRefused);
  await expect(reissueCode(ctx, refused)).rejects.toBeInstanceOf(PromoCodeStateRefused);
  const later = { ...refused, expiresAt: new Date('2027-01-01T00:00:00Z') };
  await expect(extendCode(ctx, later)).rejects.toBeInstanceOf(PromoCodeStateRefused);
});

test('a code of an erased person is nobody’s and works no more', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx);
  const [gone, other] = [await aShopper(ctx), await aShopper(ctx)];
  const [open, spent] = [
    await aCode(ctx, pool, { profileId: gone.id }),
    await aCode(ctx, pool, { profileId: gone.id }),
  ];
  const order = new CodesOfOrder(ctx, pool, gone.id);
  await order.hold([spent]);
  await order.redeem();
  for (const trace of CODE_TRACES)
    await trace.erase(ctx, { profileIds: [gone.id], blindIndexes: [], contacts: [] });
  const { rows } = await sql<{ rows: number }>`
    select (select count(*) from promo_code where profile_id = ${gone.id})
      + (select count(*) from promo_code_use where profile_id = ${gone.id}) as rows`.execute(ctx.sql);
  expect(Number(rows[0]?.rows)).toBe(0);
  expect(await new CodesOfOrder(ctx, pool, other.id).refused(open, spent)).toEqual(['EXPIRED', 'USED']);
});

test('who may not write offers changes nothing; who sees none of a brand finds no code of it', async () => {
  const pool = await aPool(use.ctx);
  const code = await aCode(use.ctx, pool);
  const analyst = asActor(use.ctx, await staffActor(use.ctx, ['ANALYST']));
  const seen = await inspectCode(analyst, code);
  expect(seen?.code).toBe(code);
  await expect(cancelCode(analyst, { id: seen?.id ?? '', reason: 'x' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const elsewhere = asActor(
    use.ctx,
    await staffActor(use.ctx, ['MARKETER'], { brandId: (await aPool(use.ctx)).brandId }),
  );
  expect(await inspectCode(elsewhere, code)).toBeNull();
  await expect(cancelCode(elsewhere, { id: seen?.id ?? '', reason: 'x' })).rejects.toMatchObject({
    code: 'InvalidInput',
  });
});
