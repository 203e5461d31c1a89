import { presetSettings } from '@clientele/shared/receipt';
import { expect, test } from 'vitest';
import { setProgramMode, publishProgramVersion } from '../../../loyalty/index.ts';
import { upsertProducts } from '../../../catalog/index.ts';
import { IdempotencyConflict, InvalidInput } from '../../../platform/errors.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { newId } from '../../../platform/ids.ts';
import { ledgerViolations, useTestDatabase } from '../../../testing/loyalty.builders.ts';
import { aContext, aMember, aShop, atTill, balanceOf, orderRow } from '../../../testing/orders.builders.ts';
import { recordOrders } from './record-orders.ts';
import { aFreshPhone, aRecord, record, statuses } from '../../../testing/records.builders.ts';

const db = useTestDatabase();

async function aWebShop(facts: Parameters<typeof aShop>[1] = {}) {
  const ctx = aContext(db.database);
  return { ctx, shop: await aShop(ctx, facts), source: `web-${newId()}` };
}

const profile = (id: string) => ({ id: globalId('Profile', id) });

test('E10: an offline purchase earns by the version of its day, once', async () => {
  const ctx = aContext(db.database, '2026-11-20T09:00:00Z');
  const steps = { RUB: { stepMinor: 10_000, points: 6 } };
  const shop = await aShop(ctx, {
    settings: { earningRules: [{ code: 'purchase', type: 'AMOUNT_STEP', steps }] },
  });
  await publishProgramVersion(ctx, {
    programId: shop.programId,
    settings: presetSettings,
    validFrom: new Date('2026-11-21T00:00:00Z'),
  });
  const till = await atTill(ctx, shop);
  ctx.clock.set('2026-11-22T09:00:00Z');
  const offline = aRecord(shop, {
    externalId: 'offline-1',
    occurredAt: new Date('2026-11-20T18:40:00Z'),
    profile: { phone: aFreshPhone() },
    lines: [{ sku: 'coat', quantity: '1', unitPrice: '5000.00' }],
    receipts: [{ fiscalDrive: '9960440300000001', fiscalDocument: '1840' }],
  });
  const input = { requestId: 'queue-1', source: till.actor.ownSource, orders: [offline] };
  const first = await recordOrders(till, input);
  expect(first.results).toMatchObject([
    { externalId: 'offline-1', status: 'CREATED', earned: 300, problems: [] },
  ]);
  const orderId = first.results[0]?.orderId ?? '';
  const order = await orderRow(ctx, orderId);
  expect(order).toMatchObject({ state: 'COMMITTED', mode: 'OFFLINE', to_pay: 500_000, earned: 300 });
  expect(order.activate_at).toEqual(new Date('2026-12-04T18:40:00Z'));
  const balance = { active: 0, pending: 300, held: 0, debt: 0 };
  expect(await balanceOf(ctx, shop, order.profile_id)).toEqual(balance);

  expect(await recordOrders(till, input)).toEqual(first);
  const again = { ...offline, externalId: 'offline-1-again' };
  const repeated = await recordOrders(till, { ...input, requestId: 'queue-2', orders: [again] });
  expect(repeated.results).toEqual([
    { externalId: 'offline-1-again', status: 'UNCHANGED', orderId, earned: 300, problems: [] },
  ]);
  expect(await balanceOf(ctx, shop, order.profile_id)).toEqual(balance);
  const dearer = { ...offline, lines: [{ sku: 'coat', quantity: '1', unitPrice: '5100.00' }] };
  await expect(recordOrders(till, { ...input, orders: [dearer] })).rejects.toBeInstanceOf(
    IdempotencyConflict,
  );
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('a copy is UNCHANGED, what was sold cannot be told otherwise', async () => {
  const { ctx, shop, source } = await aWebShop();
  const first = aRecord(shop);
  const [created] = await record(ctx, source, first);
  expect(created?.status).toBe('CREATED');
  expect(await record(ctx, source, first)).toEqual([{ ...created, status: 'UNCHANGED' }]);
  const others = [
    { ...first, lines: [{ sku: 'goods', quantity: '1', unitPrice: '1000.01' }] },
    { ...first, occurredAt: new Date('2026-11-20T11:00:01Z') },
    { ...first, channel: 'ONLINE' as const },
  ];
  const told = await record(ctx, source, ...others);
  expect(told.map(({ status, orderId, problems }) => [status, orderId, problems])).toEqual(
    ['lines', 'occurredAt', 'channel'].map((path) => [
      'CONFLICT',
      created?.orderId,
      [{ path: [path], code: 'MISMATCH', message: 'is not what was recorded before' }],
    ]),
  );
});

test('of two in one batch the second is judged against the first; a wrong one stops nobody', async () => {
  const { ctx, shop, source } = await aWebShop();
  const first = aRecord(shop, { profile: { phone: aFreshPhone() } });
  const wrong = aRecord(shop, { lines: [{ sku: 'goods', quantity: '0', unitPrice: '10.00' }] });
  const other = { ...first, lines: [{ sku: 'else', quantity: '1', unitPrice: '1.00' }] };
  const results = await record(ctx, source, first, wrong, first, other, aRecord(shop));
  expect(statuses(results)).toEqual(['CREATED', 'REJECTED', 'UNCHANGED', 'CONFLICT', 'CREATED']);
  expect(results.map(({ earned }) => earned)).toEqual([30, 0, 30, 30, 0]);
});

test('bad numbers are told by their path inside the record', async () => {
  const { ctx, shop, source } = await aWebShop();
  const line = { sku: 'goods', quantity: '1', unitPrice: '10.00' };
  const wrong = (facts: Parameters<typeof aRecord>[1]) => aRecord(shop, facts);
  const results = await record(
    ctx,
    source,
    wrong({ externalId: ' ' }),
    wrong({ storeCode: 'nowhere' }),
    wrong({ lines: [] }),
    wrong({ lines: [line, { ...line, quantity: '-1' }] }),
    wrong({ lines: [{ ...line, unitPrice: '1e9' }] }),
    wrong({ lines: [{ ...line, unitPrice: '10.0' }] }),
    wrong({ lines: [{ ...line, amount: '10.02' }] }),
    wrong({ lines: [{ ...line, discount: '10.01' }] }),
    wrong({ discount: '1000.01' }),
    wrong({ discount: '-1.00' }),
    wrong({ profile: { phone: '12' } }),
    wrong({ cashierId: globalId('Staff', newId()) }),
    wrong({ receipts: [{ fiscalDrive: 'a', fiscalDocument: '', total: '1' }] }),
    wrong({ lines: Array.from({ length: 2_001 }, () => line) }),
  );
  expect(
    results.map(({ status, problems }) => [
      status,
      ...problems.map(({ path, code }) => [path.join('.'), code]),
    ]),
  ).toEqual([
    ['REJECTED', ['externalId', 'REQUIRED']],
    ['REJECTED', ['storeCode', 'UNKNOWN']],
    ['REJECTED', ['lines', 'REQUIRED']],
    ['REJECTED', ['lines.1.quantity', 'RANGE']],
    ['REJECTED', ['lines.0.unitPrice', 'FORMAT']],
    ['REJECTED', ['lines.0.unitPrice', 'FORMAT']],
    ['REJECTED', ['lines.0.amount', 'MISMATCH']],
    ['REJECTED', ['lines.0.discount', 'RANGE']],
    ['REJECTED', ['discount', 'RANGE']],
    ['REJECTED', ['discount', 'RANGE']],
    ['REJECTED', ['profile.phone', 'FORMAT']],
    ['REJECTED', ['cashierId', 'UNKNOWN']],
    ['REJECTED', ['receipts.0.fiscalDocument', 'REQUIRED'], ['receipts.0.total', 'FORMAT']],
    ['REJECTED', ['lines', 'TOO_MANY']],
  ]);
  const stored = await ctx.sql.selectFrom('order_key').selectAll().where('source', '=', source).execute();
  expect(stored).toEqual([]);
});

test('a call that is too large or of a foreign source is refused as a whole', async () => {
  const { ctx, shop, source } = await aWebShop();
  const till = await atTill(ctx, shop);
  const line = { sku: 'goods', quantity: '1', unitPrice: '10.00' };
  const long = aRecord(shop, { lines: Array.from({ length: 2_000 }, () => line) });
  const refusals = [
    recordOrders(ctx, { source, orders: Array.from({ length: 1_001 }, () => aRecord(shop)) }),
    recordOrders(ctx, { source, orders: Array.from({ length: 11 }, () => long) }),
    recordOrders(till, { source, orders: [aRecord(shop)] }),
    recordOrders(ctx, { source: ' ', orders: [] }),
  ];
  const told = await Promise.all(refusals.map((call) => call.catch((error: unknown) => error)));
  expect(told.every((error) => error instanceof InvalidInput)).toBe(true);
  expect(told).toMatchObject([
    { problems: [{ path: ['orders'], code: 'TOO_MANY' }] },
    { problems: [{ path: ['orders'], code: 'TOO_MANY' }] },
    { problems: [{ path: ['source'], code: 'UNKNOWN' }] },
    { problems: [{ path: ['source'], code: 'REQUIRED' }] },
  ]);
});

test('a phone or e-mail nobody has makes a person, once; a card, number or id nobody has is rejected', async () => {
  const { ctx, shop, source } = await aWebShop();
  const phone = aFreshPhone();
  const results = await record(
    ctx,
    source,
    aRecord(shop, { profile: { phone } }),
    aRecord(shop, { profile: { phone: phone.replace('+7', '8 ') } }),
    aRecord(shop, { profile: { email: `a-${newId()}@example.com` } }),
    aRecord(shop, { profile: { card: '9999000011112222' } }),
    aRecord(shop, { profile: { external: { id: 'nobody' } } }),
    aRecord(shop, { profile: profile(newId()) }),
  );
  expect(statuses(results)).toEqual(['CREATED', 'CREATED', 'CREATED', 'REJECTED', 'REJECTED', 'REJECTED']);
  expect(results[3]?.problems).toEqual([
    { path: ['profile'], code: 'UNKNOWN', message: 'nobody is known by this' },
  ]);
  const owners = await Promise.all(
    results.slice(0, 3).map(async ({ orderId }) => (await orderRow(ctx, orderId ?? '')).profile_id),
  );
  expect(owners[1]).toBe(owners[0]);
  expect(owners[2]).not.toBe(owners[0]);
  expect(await balanceOf(ctx, shop, owners[0] ?? '')).toMatchObject({ pending: 60 });
  const person = await ctx.sql
    .selectFrom('profile')
    .select(['kind', 'preferred_store_id'])
    .where('id', '=', owners[0] ?? '')
    .executeTakeFirst();
  expect(person).toEqual({ kind: 'PERSON', preferred_store_id: shop.storeId });
});

test('nobody known: the walk-in of the till, or of the store for a key', async () => {
  const { ctx, shop, source } = await aWebShop();
  const till = await atTill(ctx, shop);
  const [atKey] = await record(ctx, source, aRecord(shop));
  const [atCounter] = await record(till, till.actor.ownSource, aRecord(shop));
  const [byKey, byTill] = [
    await orderRow(ctx, atKey?.orderId ?? ''),
    await orderRow(ctx, atCounter?.orderId ?? ''),
  ];
  expect([byKey.identified_at, byKey.earned, byKey.till_id, byKey.mode]).toEqual([null, 0, null, 'IMPORT']);
  expect([byTill.identified_at, byTill.till_id, byTill.mode]).toEqual([null, till.actor.till?.id, 'OFFLINE']);
  const store = await ctx.sql
    .selectFrom('store')
    .select('walk_in_profile_id')
    .where('id', '=', shop.storeId)
    .executeTakeFirst();
  const own = await ctx.sql
    .selectFrom('till')
    .select('walk_in_profile_id')
    .where('id', '=', byTill.till_id ?? '')
    .executeTakeFirst();
  expect([byKey.profile_id, byTill.profile_id]).toEqual([store?.walk_in_profile_id, own?.walk_in_profile_id]);
  expect(byKey.profile_id).not.toBe(byTill.profile_id);
});

test('discounts are facts: that of the whole purchase lies on goods and services', async () => {
  const { ctx, shop, source } = await aWebShop();
  const shopper = await aMember(ctx, shop);
  const [result] = await record(
    ctx,
    source,
    aRecord(shop, {
      profile: profile(shopper),
      discount: '100.00',
      lines: [
        { sku: 'a', quantity: '1', unitPrice: '433.33', discount: '100.00' },
        { sku: 'b', quantity: '1', unitPrice: '333.33' },
        { sku: 'c', kind: 'SERVICE', quantity: '1', unitPrice: '333.34' },
        { sku: 'd', kind: 'DELIVERY', quantity: '1', unitPrice: '300.00' },
      ],
    }),
  );
  const orderId = result?.orderId ?? '';
  const lines = await ctx.sql
    .selectFrom('order_line')
    .select(['discount', 'to_pay', 'earn_base', 'discounts'])
    .where('order_id', '=', orderId)
    .orderBy('number')
    .execute();
  expect(lines.map((line) => [line.discount, line.to_pay, line.earn_base])).toEqual([
    [13_333, 30_000, 30_000],
    [3_333, 30_000, 30_000],
    [3_334, 30_000, 30_000],
    [0, 30_000, 0],
  ]);
  expect(lines[0]?.discounts).toEqual([{ source: 'TILL', amount: 13_333 }]);
  expect(await orderRow(ctx, orderId)).toMatchObject({
    discount: 20_000,
    to_pay: 120_000,
    points_spent: 0,
    earned: 27,
  });
});

test('the catalogue says what earns; an unknown sku earns and is told', async () => {
  const { ctx, shop, source } = await aWebShop();
  const [gift, strange] = [`gift-${newId()}`, `strange-${newId()}`];
  await upsertProducts(ctx, { source, products: [{ sku: gift, name: 'Gift card', earnable: false }] });
  const shopper = await aMember(ctx, shop);
  const [result] = await record(
    ctx,
    source,
    aRecord(shop, {
      profile: profile(shopper),
      lines: [
        { sku: gift, quantity: '1', unitPrice: '1000.00' },
        { sku: strange, quantity: '2', unitPrice: '500.00' },
      ],
    }),
  );
  expect(result).toMatchObject({ status: 'CREATED', earned: 30 });
  const event = await ctx.sql
    .selectFrom('outbox_event')
    .select('payload')
    .where('kind', '=', 'order.committed')
    .where('profile_id', '=', shopper)
    .executeTakeFirst();
  expect(event?.payload).toMatchObject({ recorded: true, unknownSkus: [strange], earned: 30 });
});

test('before the first version, or with the program off, nothing is earned and the reason is kept', async () => {
  const { ctx, shop, source } = await aWebShop();
  const shopper = await aMember(ctx, shop);
  const old = aRecord(shop, { occurredAt: new Date('2020-01-01T10:00:00Z'), profile: profile(shopper) });
  const [early] = await record(ctx, source, old);
  expect(early).toMatchObject({ status: 'CREATED', earned: 0 });
  expect((await orderRow(ctx, early?.orderId ?? '')).terms).toMatchObject({
    reason: 'NO_VERSION',
    rules: [],
  });
  await setProgramMode(ctx, { programId: shop.programId, mode: 'OFF', liveAt: null });
  const [off] = await record(ctx, source, aRecord(shop, { profile: profile(shopper) }));
  expect(off).toMatchObject({ status: 'CREATED', earned: 0 });
  expect((await orderRow(ctx, off?.orderId ?? '')).terms).toMatchObject({ reason: 'PROGRAM_OFF' });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
});

test('a clock ahead of ours: our time counts, staff are told, the copy is still a copy', async () => {
  const { ctx, shop, source } = await aWebShop();
  const ahead = aRecord(shop, { occurredAt: new Date('2026-11-20T13:00:00Z') });
  const results = await record(ctx, source, ahead, ahead);
  expect(statuses(results)).toEqual(['CREATED', 'UNCHANGED']);
  const order = await orderRow(ctx, results[0]?.orderId ?? '');
  expect(order.occurred_at).toEqual(new Date('2026-11-20T12:00:00Z'));
  const incidents = await ctx.sql
    .selectFrom('incident')
    .select('kind')
    .where('order_id', '=', order.id)
    .execute();
  expect(incidents).toEqual([{ kind: 'CLOCK_SKEW' }]);
});

test('limits of a day count the purchases of the batch too', async () => {
  const limits = [{ code: 'day', scope: 'SHOPPER', window: 'DAY', max: 50 }] as const;
  const { ctx, shop, source } = await aWebShop({ settings: { earningLimits: limits } });
  const shopper = profile(await aMember(ctx, shop));
  const results = await record(
    ctx,
    source,
    aRecord(shop, { profile: shopper }),
    aRecord(shop, { profile: shopper }),
    aRecord(shop, { profile: shopper }),
    aRecord(shop, { profile: shopper, occurredAt: new Date('2026-11-19T11:00:00Z') }),
  );
  expect(results.map(({ earned }) => earned)).toEqual([30, 20, 0, 30]);
});

test('a blocked account earns nothing', async () => {
  const { ctx, shop, source } = await aWebShop();
  const shopper = await aMember(ctx, shop, 10);
  await ctx.sql
    .updateTable('loyalty_account')
    .set({ status: 'BLOCKED' })
    .where('profile_id', '=', shopper)
    .execute();
  const [result] = await record(ctx, source, aRecord(shop, { profile: profile(shopper) }));
  expect(result).toMatchObject({ status: 'CREATED', earned: 0 });
  expect((await orderRow(ctx, result?.orderId ?? '')).terms).toMatchObject({ reason: 'ACCOUNT_BLOCKED' });
});
