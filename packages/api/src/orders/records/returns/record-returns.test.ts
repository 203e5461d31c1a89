import { expect, test } from 'vitest';
import type { Context } from '../../../platform/context.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { newId } from '../../../platform/ids.ts';
import { ledgerViolations, useTestDatabase } from '../../../testing/loyalty.builders.ts';
import {
  aContext,
  aDraft,
  aLine,
  aReceipt,
  aShop,
  atTill,
  balanceOf,
  orderRow,
  sold,
} from '../../../testing/orders.builders.ts';
import { returnOrder } from '../../returns/return-order.ts';
import { recordReturns } from './record-returns.ts';
import {
  aFreshPhone,
  aPurchase,
  aRecord,
  aReturnRecord,
  record,
  recordBack,
  returnRow,
  statuses,
} from '../../../testing/records.builders.ts';

const db = useTestDatabase();

test('goods come back by the number of their line or by sku, over several lines', async () => {
  const { ctx, shop, source, shopper, sale, order } = await aPurchase(db.database);
  const [sold1] = await record(ctx, source, sale);
  expect(sold1?.earned).toBe(123);
  const results = await recordBack(
    ctx,
    source,
    aReturnRecord({ order, lines: [{ number: 1, quantity: '1' }] }),
    aReturnRecord({ order, lines: [{ sku: 'socks', quantity: '4' }] }),
    aReturnRecord({ order, lines: [{ sku: 'fabric', number: 4, quantity: '1.25' }] }),
  );
  expect(statuses(results)).toEqual(['CREATED', 'CREATED', 'CREATED']);
  const rows = await Promise.all(results.map(({ returnId }) => returnRow(ctx, returnId)));
  expect(rows.map((row) => [row.money_back, row.points_clawed, row.flagged])).toEqual([
    [300_000, 90, false],
    [50_000, 15, false],
    [25_000, 6, false],
  ]);
  const lines = await ctx.sql
    .selectFrom('order_line')
    .select('returned_milli')
    .where('order_id', '=', sold1?.orderId ?? '')
    .orderBy('number')
    .execute();
  expect(lines.map(({ returned_milli }) => returned_milli)).toEqual([1_000, 2_000, 2_000, 1_250]);
  expect((await orderRow(ctx, sold1?.orderId ?? '')).state).toBe('PARTIALLY_RETURNED');
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 12, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('a copy is UNCHANGED, documents may be added, anything else is a conflict', async () => {
  const { ctx, source, sale, order } = await aPurchase(db.database);
  await record(ctx, source, sale);
  const first = aReturnRecord({ order, lines: [{ sku: 'dress', quantity: '1' }] });
  const paper = { ...first, receipts: [aReceipt('3000.00')] };
  const otherName = { ...paper, externalId: newId() };
  const results = await recordBack(
    ctx,
    source,
    first,
    first,
    paper,
    paper,
    otherName,
    { ...first, lines: [{ sku: 'socks', quantity: '1' }] },
    {
      ...first,
      order: null,
      storeCode: sale.storeCode,
      lines: [{ sku: 'dress', quantity: '1', amount: '3000.00' }],
    },
    { ...otherName, lines: [{ sku: 'socks', quantity: '1' }] },
    { ...first, externalId: newId(), receipts: [...sale.receipts] },
  );
  expect(statuses(results)).toEqual([
    'CREATED',
    'UNCHANGED',
    'UPDATED',
    'UNCHANGED',
    'UNCHANGED',
    'CONFLICT',
    'CONFLICT',
    'CONFLICT',
    'CONFLICT',
  ]);
  expect(new Set(results.slice(0, 7).map(({ returnId }) => returnId)).size).toBe(1);
  expect(
    results.slice(5).map(({ problems }) => problems.map(({ path, code }) => [path.join('.'), code])),
  ).toEqual([
    [['lines', 'MISMATCH']],
    [['order', 'MISMATCH']],
    [['receipts.0', 'DUPLICATE']],
    [['receipts.0', 'DUPLICATE']],
  ]);
});

test('what does not fit is rejected by path and stops nobody', async () => {
  const { ctx, shop, source, sale, order } = await aPurchase(db.database);
  await record(ctx, source, sale);
  const stranger = globalId('Order', newId());
  const results = await recordBack(
    ctx,
    source,
    aReturnRecord({ order, lines: [{ number: 9, quantity: '1' }] }),
    aReturnRecord({ order, lines: [{ sku: 'hat', quantity: '1' }] }),
    aReturnRecord({ order, lines: [{ number: 1, sku: 'socks', quantity: '1' }] }),
    aReturnRecord({
      order,
      lines: [
        { sku: 'dress', quantity: '1' },
        { sku: 'socks', quantity: '6' },
      ],
    }),
    aReturnRecord({ order, lines: [{ number: 1, quantity: '0.5' }] }),
    aReturnRecord({ order, lines: [{ number: 1, quantity: '-1' }] }),
    aReturnRecord({ order, lines: [{ quantity: '1' }] }),
    aReturnRecord({ order, lines: [] }),
    aReturnRecord({ order, lines: [{ number: 1, quantity: '1', amount: '1.5' }] }),
    aReturnRecord({ order: { id: stranger } }),
    aReturnRecord({ order: { external: { source: 'x', id: 'y' } }, storeCode: 'nowhere' }),
    aReturnRecord({}),
    aReturnRecord({ storeCode: shop.storeCode }),
    aReturnRecord({
      storeCode: shop.storeCode,
      profile: { card: '777788889999' },
      lines: [{ sku: 'a', quantity: '1', amount: '1.00' }],
    }),
    aReturnRecord({ order, lines: [{ number: 1, quantity: '1' }] }),
  );
  expect(
    results.map(({ status, problems }) => [
      status,
      ...problems.map(({ path, code }) => `${path.join('.')} ${code}`),
    ]),
  ).toEqual([
    ['REJECTED', 'lines.0.number UNKNOWN'],
    ['REJECTED', 'lines.0.sku UNKNOWN'],
    ['REJECTED', 'lines.0.number UNKNOWN'],
    ['REJECTED', 'lines.1.quantity RANGE'],
    ['REJECTED', 'lines.0.quantity RANGE'],
    ['REJECTED', 'lines.0.quantity FORMAT'],
    ['REJECTED', 'lines.0.sku REQUIRED'],
    ['REJECTED', 'lines REQUIRED'],
    ['REJECTED', 'lines.0.amount FORMAT'],
    ['REJECTED', 'order UNKNOWN'],
    ['REJECTED', 'storeCode UNKNOWN'],
    ['REJECTED', 'storeCode REQUIRED', 'lines.0.amount REQUIRED'],
    ['REJECTED', 'lines.0.amount REQUIRED'],
    ['REJECTED', 'profile UNKNOWN'],
    ['CREATED'],
  ]);
});

test('money that was paid back is a fact: one that differs from the frozen share is flagged', async () => {
  const { ctx, shop, source, shopper, sale, order } = await aPurchase(db.database);
  await record(ctx, source, sale);
  const results = await recordBack(
    ctx,
    source,
    aReturnRecord({ order, lines: [{ sku: 'dress', quantity: '1', amount: '2900.00' }] }),
    aReturnRecord({
      order,
      lines: [
        { sku: 'socks', quantity: '5', amount: '650.00' },
        { sku: 'fabric', quantity: '1' },
      ],
    }),
    aReturnRecord({ order, lines: [{ sku: 'fabric', quantity: '1.5' }] }),
  );
  const rows = await Promise.all(results.map(({ returnId }) => returnRow(ctx, returnId)));
  expect(rows.map((row) => [row.money_back, row.points_clawed, row.flagged])).toEqual([
    [290_000, 90, true],
    [85_000, 24, false],
    [30_000, 9, false],
  ]);
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
});

test('without its order: money only, no points, flagged', async () => {
  const { ctx, shop, source, shopper, sale } = await aPurchase(db.database);
  await record(ctx, source, sale);
  const goods = {
    lines: [
      { sku: 'dress', quantity: '1', amount: '3000.00' },
      { sku: 'old', quantity: '2', amount: '10.50' },
    ],
  };
  const known = aReturnRecord({
    storeCode: shop.storeCode,
    profile: { id: globalId('Profile', shopper) },
    ...goods,
  });
  const unknown = aReturnRecord({ storeCode: shop.storeCode, ...goods, receipts: [aReceipt('3010.50')] });
  const fresh = aReturnRecord({ storeCode: shop.storeCode, profile: { phone: aFreshPhone() }, ...goods });
  const results = await recordBack(ctx, source, known, unknown, fresh, known, unknown);
  expect(statuses(results)).toEqual(['CREATED', 'CREATED', 'CREATED', 'UNCHANGED', 'UNCHANGED']);
  expect(await returnRow(ctx, results[0]?.returnId)).toEqual({
    order_id: null,
    money_back: 301_050,
    points_clawed: 0,
    points_restored: 0,
    flagged: true,
    withheld: 0,
    store_id: shop.storeId,
  });
  const owners = await ctx.sql
    .selectFrom('order_return')
    .innerJoin('profile', 'profile.id', 'order_return.profile_id')
    .select(['order_return.id', 'kind'])
    .where('order_return.source', '=', source)
    .execute();
  const kinds = new Map(owners.map(({ id, kind }) => [id, kind]));
  expect(results.slice(0, 3).map(({ returnId }) => kinds.get(returnId ?? ''))).toEqual([
    'PERSON',
    'WALK_IN',
    'PERSON',
  ]);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 123 });
});

test('a return made at the till and told again is the same return', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const sale = await sold(till, aDraft({ lines: [aLine({ sku: 'coat' }), aLine({ sku: 'hat' })] }));
  const order = { external: { id: sale.externalId } };
  const occurredAt = ctx.clock.now();
  const made = await returnOrder(till, {
    requestId: 'r',
    order,
    externalId: 'back',
    occurredAt,
    lines: [{ number: 2, quantity: '1' }],
    receipts: [],
  });
  const told = aReturnRecord({ externalId: 'back', order, lines: [{ sku: 'hat', quantity: '1' }] });
  const results = await recordBack(till, till.actor.ownSource, told, {
    ...told,
    lines: [{ sku: 'coat', quantity: '1' }],
  });
  expect(results).toMatchObject([{ status: 'UNCHANGED', returnId: made.returnId }, { status: 'CONFLICT' }]);
});

test('an order of a store the key does not see is unknown; a foreign source names nothing', async () => {
  const { ctx, shop, source, sale, order } = await aPurchase(db.database);
  await record(ctx, source, sale);
  const other = await aShop(ctx);
  const key: Context = {
    ...ctx,
    actor: { ...ctx.actor, kind: 'KEY', storeIds: [other.storeId], sources: [source], ownSource: source },
  };
  const back = aReturnRecord({ order, lines: [{ sku: 'dress', quantity: '1' }] });
  const [hidden, foreign] = await recordBack(
    key,
    source,
    back,
    aReturnRecord({ order: { external: { source: 'other', id: 'A-1' } } }),
  );
  expect(hidden).toMatchObject({ status: 'REJECTED', problems: [{ path: ['order'], code: 'UNKNOWN' }] });
  expect(foreign).toMatchObject({ status: 'REJECTED', problems: [{ path: ['order'], code: 'UNKNOWN' }] });
  const [taken] = await record(key, source, aRecord(other, { externalId: 'A-1' }));
  expect(taken).toMatchObject({
    status: 'CONFLICT',
    orderId: null,
    problems: [{ path: ['externalId'], code: 'DUPLICATE' }],
  });
  expect(shop.storeId).not.toBe(other.storeId);
});

test('one requestId is one batch; too many records are refused as a whole', async () => {
  const { ctx, source, sale, order } = await aPurchase(db.database);
  await record(ctx, source, sale);
  const back = aReturnRecord({ order, lines: [{ sku: 'dress', quantity: '1' }] });
  const input = { requestId: newId(), source, returns: [back] };
  const first = await recordReturns(ctx, input);
  expect(first.results).toMatchObject([{ status: 'CREATED' }]);
  expect(await recordReturns(ctx, input)).toEqual(first);
  const other = recordReturns(ctx, {
    ...input,
    returns: [{ ...back, lines: [{ sku: 'dress', quantity: '2' }] }],
  });
  await expect(other).rejects.toMatchObject({ code: 'IdempotencyConflict' });
  const many = recordReturns(ctx, { source, returns: Array.from({ length: 1_001 }, () => back) });
  await expect(many).rejects.toBeInstanceOf(InvalidInput);
});
