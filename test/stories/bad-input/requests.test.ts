import { expect, test } from 'vitest';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import type { DocumentName } from './documents.ts';
import { aReceipt, aShopperWith, ask, begin, LINE, sell, useShop, type Answered } from './shop.ts';
import { unchanged } from './unchanged.ts';

const shop = useShop();
const RECORDED_AT = '2026-11-22T08:00:00Z';

interface Repeatable {
  name: DocumentName;
  input: Record<string, unknown>;
  /** What stands in the other content under the same key. */
  other: Record<string, unknown>;
  token: string;
}

function at(externalId: string) {
  return { external: { id: externalId } };
}

/** A request of every operation that takes a requestId, and content it was not sent with. */
async function everyRequest(): Promise<Repeatable[]> {
  const { token, actor, till } = shop.cashier;
  const { visitId, id } = await aShopperWith(shop, 1_000);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } };
  const [toCommit, toCancel] = [await begin(shop, { lines: [LINE] }), await begin(shop, { lines: [LINE] })];
  const [toReturn, toAttach] = [await sell(shop, { lines: [LINE] }), await sell(shop, { lines: [LINE] })];
  const { quoteHash } = await ask(shop, 'preview', draft);
  const record = { externalId: newId(), occurredAt: RECORDED_AT, channel: 'STORE', lines: [LINE] };
  const orders = [{ ...record, storeCode: till.store.code }];
  const returns = [
    {
      externalId: newId(),
      occurredAt: RECORDED_AT,
      order: at(toReturn.externalId),
      lines: [{ number: 1, quantity: '1' }],
    },
  ];
  const profile = { id: globalId('Profile', id) };
  const external = newId();
  const given: [DocumentName, Record<string, unknown>, Record<string, unknown>, string][] = [
    [
      'begin',
      { externalId: newId(), draft, quoteHash },
      { draft: { ...draft, spendPoints: { exact: 99 } } },
      token,
    ],
    ['commit', { order: at(toCommit.externalId), receipts: [aReceipt()] }, { receipts: [] }, token],
    ['cancel', { order: at(toCancel.externalId), reason: 'changed mind' }, { order: at(newId()) }, token],
    [
      'attach',
      { order: at(toAttach.externalId), shopper: { visitId } },
      { order: at(toReturn.externalId) },
      token,
    ],
    ['giveBack', { order: at(toAttach.externalId), externalId: newId() }, { externalId: newId() }, token],
    ['update', { visitId, givenName: 'Анна' }, { givenName: 'Мария' }, token],
    ['record', { source: actor.ownSource, orders }, { orders: [{ ...orders[0], cancelled: true }] }, token],
    [
      'recordBack',
      { source: actor.ownSource, returns },
      { returns: [{ ...returns[0], lines: [{ number: 1, quantity: '2' }] }] },
      token,
    ],
    ['adjust', { profile, points: 50, reason: 'a gift' }, { points: 51 }, shop.key],
    [
      'upsertProfiles',
      { source: 'crm', profiles: [{ externalId: external, givenName: 'Анна' }] },
      { profiles: [{ externalId: external, givenName: 'Мария' }] },
      shop.key,
    ],
    [
      'upsertProducts',
      { source: 'erp', products: [{ sku: external, name: 'Шарф' }] },
      { products: [{ sku: external, name: 'Платье' }] },
      shop.key,
    ],
  ];
  return given.map(([name, content, other, by]) => ({
    name,
    input: { requestId: newId(), ...content },
    other,
    token: by,
  }));
}

const SENT =
  'begin commit cancel attach giveBack update record recordBack adjust upsertProfiles upsertProducts';

test('5: the same key with other content is refused by every operation, and the first answer stays', async () => {
  const requests = await everyRequest();
  expect(requests.map(({ name }) => name).join(' ')).toBe(SENT);
  for (const { name, input, other, token } of requests) {
    const first = await ask(shop, name, input, token);
    expect([name, JSON.stringify(first)]).toEqual([
      name,
      expect.not.stringMatching(/"code":|REJECTED|WAITING|CONFLICT/),
    ]);
    await unchanged(shop.app, async () => {
      const refused = await ask(shop, name, { ...input, ...other }, token);
      expect([name, refused.__typename, refused['code']]).toEqual([
        name,
        'IdempotencyConflict',
        'IdempotencyConflict',
      ]);
      expect([name, (await ask(shop, name, input, token)).__typename]).toEqual([name, first.__typename]);
    });
  }
});

test('5: a key of one operation is no key of another', async () => {
  const { externalId } = await begin(shop, { lines: [LINE] });
  const requestId = newId();
  const order = { external: { id: externalId } };
  expect(await ask(shop, 'commit', { requestId, order })).toMatchObject({ __typename: 'OrderCommitted' });
  await unchanged(shop.app, async () => {
    for (const [name, input] of [
      ['cancel', { requestId, order }],
      ['giveBack', { requestId, order, externalId: newId() }],
    ] as const)
      expect(await ask(shop, name, input)).toMatchObject({ __typename: 'IdempotencyConflict' });
  });
});

test('5: a repeat after the visit is over gets the first answer, and so does one of another basket its refusal', async () => {
  const { visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const input = { requestId: newId(), externalId: newId(), draft, quoteHash };
  const first = await ask(shop, 'begin', input);
  expect(first).toMatchObject({ __typename: 'OrderBegun' });
  shop.app.clock.advance(31 * 60_000);
  await unchanged(shop.app, async () => {
    expect(await ask(shop, 'begin', input)).toMatchObject({
      __typename: 'OrderBegun',
      order: { id: first.order?.id },
    });
    const other = { ...input, draft: { ...draft, lines: [LINE, LINE] } };
    expect(await ask(shop, 'begin', other)).toMatchObject({ __typename: 'IdempotencyConflict' });
  });
});

/** The same answers, each as often as it was given. */
function tally(answers: readonly Answered[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers) {
    const text = JSON.stringify(answer);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

test('6: fifty parallel commits, under one key or fifty, are one sale with one answer', async () => {
  for (const keys of [1, 50]) {
    const { visitId, id } = await aShopperWith(shop, 1_000);
    const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { max: true } };
    const { externalId } = await begin(shop, draft);
    const order = { external: { id: externalId } };
    const receipts = [aReceipt()];
    const prefix = newId();
    const commit = (index: number) =>
      ask(shop, 'commit', { requestId: `${prefix}-${index % keys}`, order, receipts });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => commit(index)));
    expect([...tally(answers).values()]).toEqual([50]);
    expect(answers[0]).toMatchObject({
      __typename: 'OrderCommitted',
      earned: 15,
      overdrawn: 0,
      account: { active: 500, pending: 15, held: 0, debt: 0 },
    });
    const { rows } = await shop.app.database.pool.query<{ kind: string; count: number }>(
      `select kind, count(*)::int as count from loyalty_journal where profile_id = $1 and order_id is not null
       group by kind order by kind`,
      [id],
    );
    expect(rows).toEqual([
      { kind: 'CAPTURE', count: 1 },
      { kind: 'EARN', count: 1 },
      { kind: 'HOLD', count: 1 },
    ]);
  }
});

test('6: fifty parallel begins, returns and cancels are one each', async () => {
  const { visitId } = await aShopperWith(shop, 1_000);
  const draft = { shopper: { visitId }, lines: [{ ...LINE, quantity: '2' }], spendPoints: { exact: 400 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const externalId = newId();
  const all = async (name: DocumentName, input: object) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(shop, name, input)));
    expect([...tally(answers).values()], name).toEqual([50]);
    return answers[0];
  };
  const order = { external: { id: externalId } };
  expect(await all('begin', { requestId: newId(), externalId, draft, quoteHash })).toMatchObject({
    __typename: 'OrderBegun',
    account: { active: 600, held: 400 },
  });
  await ask(shop, 'commit', { requestId: newId(), order });
  const back = { requestId: newId(), order, externalId: newId(), lines: [{ number: 1, quantity: '1' }] };
  expect(await all('giveBack', back)).toMatchObject({
    __typename: 'OrderReturned',
    moneyBack: '800.00',
    order: { state: 'PARTIALLY_RETURNED' },
  });
  const second = await begin(shop, { ...draft, spendPoints: { exact: 0 } });
  const cancel = { requestId: newId(), order: { external: { id: second.externalId } } };
  expect(await all('cancel', cancel)).toMatchObject({ __typename: 'OrderCancelled' });
});

test('9: cancelling twice is cancelling once; a sale is not cancelled, a cancelled order not begun', async () => {
  const { visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { max: true } };
  const { externalId } = await begin(shop, draft);
  const order = { external: { id: externalId } };
  const cancelled = await ask(shop, 'cancel', { requestId: newId(), order });
  expect(cancelled).toMatchObject({
    __typename: 'OrderCancelled',
    cancelled: { state: 'CANCELLED' },
    account: { active: 500, held: 0 },
  });
  const balances = () =>
    shop.app.database.pool
      .query('select * from loyalty_journal order by profile_id, revision')
      .then(({ rows }) => rows.length);
  const posted = await balances();
  expect(await ask(shop, 'cancel', { requestId: newId(), order })).toEqual(cancelled);
  expect(await balances()).toBe(posted);
  const { quoteHash } = await ask(shop, 'preview', draft);
  await unchanged(shop.app, async () => {
    expect(await ask(shop, 'commit', { requestId: newId(), order })).toMatchObject({
      __typename: 'AlreadyCancelled',
    });
    expect(await ask(shop, 'begin', { requestId: newId(), externalId, draft, quoteHash })).toMatchObject({
      __typename: 'AlreadyCancelled',
      cancelled: { id: cancelled['cancelled'] && (cancelled['cancelled'] as Answered).id },
    });
  });
  const sold = await sell(shop, { lines: [LINE] });
  const sale = { external: { id: sold.externalId } };
  await unchanged(shop.app, async () =>
    expect(await ask(shop, 'cancel', { requestId: newId(), order: sale })).toMatchObject({
      __typename: 'AlreadyCommitted',
      order: { externalId: sold.externalId, state: 'COMMITTED' },
    }),
  );
});
