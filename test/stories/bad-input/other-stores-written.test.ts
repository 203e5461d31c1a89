import { expect, test } from 'vitest';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { aKey, asActor } from '@clientele/api/src/testing/company.builders.ts';
import { aPhone, aShopper, aVisit } from '@clientele/api/src/testing/profiles.builders.ts';
import type { DocumentName } from './documents.ts';
import { auditOf, useForeignStores } from './foreign-stores.ts';
import { aReceipt, ask, begin, LINE, problemsOf, sell } from './shop.ts';
import { unchanged } from './unchanged.ts';

const there = useForeignStores();
const { shop } = there;

test('18, 9: another store’s orders are not committed, cancelled, returned, attached or begun again; audited', async () => {
  const { token } = shop.cashier;
  for (const { sale, begun, cashier } of [there.second, there.stranger]) {
    const refs = [{ id: sale.id }, { id: begun.id }, { receipt: sale.receipt }];
    const unknown = { external: { source: cashier.actor.ownSource, id: begun.externalId } };
    const work = () =>
      unchanged(shop.app, async () => {
        for (const order of [...refs, unknown]) {
          const request = { requestId: newId(), order };
          const notFound = { __typename: 'OrderNotFound', code: 'OrderNotFound' };
          expect(await ask(shop, 'commit', { ...request, receipts: [aReceipt()] }, token)).toMatchObject(
            notFound,
          );
          expect(await ask(shop, 'giveBack', { ...request, externalId: newId() }, token)).toMatchObject(
            notFound,
          );
          expect(await ask(shop, 'previewReturn', { order }, token)).toMatchObject(notFound);
          const shopper = { profile: { id: globalId('Profile', there.second.profileId) } };
          expect(await ask(shop, 'attach', { ...request, shopper }, token)).toMatchObject(notFound);
          expect(problemsOf(await ask(shop, 'cancel', request, token))).toEqual(['order UNKNOWN']);
        }
      });
    const actions = await auditOf(shop, [shop.cashier.id], async () => void (await work()));
    // A number of a source that is not the caller's names nothing: only the attempt to cancel it is of interest.
    expect(actions.filter((action) => action === 'order.cancel-refused')).toHaveLength(4);
    expect(actions.filter((action) => action === 'order.foreign')).toHaveLength(4 * refs.length);
  }
});

test('18: another store’s number is not begun or recorded under, nor its receipt put on an order of one’s own', async () => {
  const anySource = await aKey(shop.app.context(), { storeIds: [shop.stores[0].id] });
  const source = `shop-${newId()}`;
  const wide = await aKey(shop.app.context(), { sources: [source] });
  const here = await aKey(shop.app.context(), { storeIds: [shop.stores[0].id], sources: [source] });
  const draft = (store: 0 | 1) => ({ lines: [LINE], storeCode: shop.stores[store].code });
  const taken = await begin(shop, draft(1), { token: wide.token });
  // Sales by nobody known have an owner in each store, made with the first of them.
  await begin(shop, draft(0), { token: here.token });
  const { quoteHash } = await ask(shop, 'preview', draft(0), here.token);
  const again = { requestId: newId(), externalId: taken.externalId, draft: draft(0), quoteHash };
  const refused = await unchanged(shop.app, () => ask(shop, 'begin', again, here.token));
  expect(problemsOf(refused)).toEqual(['externalId DUPLICATE']);
  for (const { sale, cashier } of [there.second, there.stranger]) {
    const record = {
      externalId: sale.externalId,
      occurredAt: '2026-11-22T08:00:00Z',
      channel: 'STORE',
      storeCode: shop.stores[0].code,
      lines: [LINE],
    };
    await unchanged(shop.app, async () => {
      const recorded = await ask(
        shop,
        'record',
        {
          source: cashier.actor.ownSource,
          orders: [record, { ...record, externalId: newId(), receipts: [sale.receipt] }],
        },
        anySource.token,
      );
      expect(recorded.results).toEqual([
        { status: 'CONFLICT', order: null, problems: [{ path: ['externalId'], code: 'DUPLICATE' }] },
        { status: 'CONFLICT', order: null, problems: [{ path: ['receipts', '0'], code: 'DUPLICATE' }] },
      ]);
      const own = { source: cashier.actor.ownSource, orders: [record] };
      expect(problemsOf(await ask(shop, 'record', own))).toEqual(['source UNKNOWN']);
      const elsewhere = { ...record, externalId: newId(), storeCode: cashier.till.store.code };
      const mine = { source: shop.cashier.actor.ownSource, orders: [elsewhere] };
      const [rejected] = (await ask(shop, 'record', mine)).results;
      expect(rejected).toMatchObject({
        status: 'REJECTED',
        problems: [{ path: ['storeCode'], code: 'UNKNOWN' }],
      });
    });
  }
});

test('18: a receipt of another store stands on its order and on no other: who commits learns no more', async () => {
  for (const { sale } of [there.second, there.stranger]) {
    const { externalId } = await begin(shop, { lines: [LINE] });
    const commit = { requestId: newId(), order: { external: { id: externalId } }, receipts: [sale.receipt] };
    const refused = await unchanged(shop.app, () => ask(shop, 'commit', commit));
    expect(problemsOf(refused)).toEqual(['receipts DUPLICATE']);
    expect(await ask(shop, 'commit', { ...commit, receipts: [] })).toMatchObject({
      __typename: 'OrderCommitted',
    });
    const again = { requestId: newId(), order: commit.order, externalId: newId(), receipts: [sale.receipt] };
    expect(problemsOf(await unchanged(shop.app, () => ask(shop, 'giveBack', again)))).toEqual([
      'receipts DUPLICATE',
    ]);
  }
});

function back(facts: object) {
  return {
    externalId: newId(),
    occurredAt: '2026-11-22T08:30:00Z',
    lines: [{ number: 1, quantity: '1' }],
    ...facts,
  };
}

test('18: goods of another store’s order are not recorded as returned', async () => {
  const own = await sell(shop, { lines: [{ ...LINE, quantity: '2' }] });
  for (const { sale, cashier } of [there.second, there.stranger]) {
    const returns = [
      back({ order: { id: sale.id } }),
      back({ order: { receipt: sale.receipt } }),
      back({ order: { external: { id: own.externalId } }, storeCode: cashier.till.store.code }),
      back({ order: { external: { id: own.externalId } }, receipts: [sale.receipt] }),
    ];
    const { results } = await unchanged(shop.app, () =>
      ask(shop, 'recordBack', { source: shop.cashier.actor.ownSource, returns }),
    );
    expect(results.map(({ status, problems }) => [status, problems[0]?.path.join('.')])).toEqual([
      ['REJECTED', 'order'],
      ['REJECTED', 'order'],
      ['REJECTED', 'storeCode'],
      ['CONFLICT', 'receipts.0'],
    ]);
  }
});

test('18: visits and codes of another till are over here; audited, told to nobody', async () => {
  const { token } = shop.cashier;
  const sold = await sell(shop, { lines: [LINE] });
  for (const { visitId, challengeId } of [there.second, there.stranger]) {
    const expired = { __typename: 'VisitExpired' };
    const attempts: [DocumentName, object, object][] = [
      ['update', { requestId: newId(), visitId, givenName: 'Мария' }, expired],
      ['preview', { shopper: { visitId }, lines: [LINE] }, expired],
      ['attach', { requestId: newId(), order: { id: sold.id }, shopper: { visitId } }, expired],
      ['confirm', { challengeId, code: '123456' }, { __typename: 'CodeExpired' }],
      [
        'resend',
        { challengeId },
        { __typename: 'InvalidInput', problems: [{ path: ['challengeId'], code: 'UNKNOWN' }] },
      ],
    ];
    const actions = await auditOf(shop, [shop.cashier.id], () =>
      unchanged(shop.app, async () => {
        for (const [name, input, refused] of attempts)
          expect([name, await ask(shop, name, input, token)]).toEqual([
            name,
            expect.objectContaining(refused),
          ]);
      }),
    );
    expect(actions).toEqual([
      'visit.foreign',
      'visit.foreign',
      'visit.foreign',
      'sign-in-code.foreign',
      'sign-in-code.foreign',
    ]);
  }
});

test('18: staff of another store neither sign in, waive, nor sell here', async () => {
  const { token, till, actor } = shop.cashier;
  const { id: own } = await ask(shop, 'identify', { phone: aPhone() });
  for (const { cashier, manager } of [there.second, there.stranger]) {
    await unchanged(shop.app, async () => {
      for (const { id, pin } of [cashier, manager]) {
        const signIn = { cashierId: globalId('Staff', id), pin };
        expect(problemsOf(await ask(shop, 'signIn', signIn, till.token))).toEqual(['cashierId UNKNOWN']);
      }
      const waiver = { managerId: globalId('Staff', manager.id), managerPin: manager.pin, reason: 'no SMS' };
      expect(problemsOf(await ask(shop, 'confirm', { challengeId: own, waiver }))).toEqual([
        'waiver.managerId UNKNOWN',
      ]);
      const record = {
        externalId: newId(),
        occurredAt: '2026-11-22T08:00:00Z',
        channel: 'STORE',
        storeCode: till.store.code,
        lines: [LINE],
        cashierId: globalId('Staff', cashier.id),
      };
      for (const [source, by] of [
        [actor.ownSource, token],
        ['web', there.narrow],
      ] as const) {
        const [rejected] = (await ask(shop, 'record', { source, orders: [record] }, by)).results;
        expect(rejected).toMatchObject({
          status: 'REJECTED',
          problems: [{ path: ['cashierId'], code: 'UNKNOWN' }],
        });
      }
    });
  }
});

test('18: texts and programs of another brand are none here', async () => {
  const { visitId } = await ownVisit();
  const consents = [{ textId: there.stranger.textId, granted: true }];
  const profile = { id: globalId('Profile', there.stranger.profileId) };
  const points = { requestId: newId(), profile, points: 5, reason: 'a gift' };
  await unchanged(shop.app, async () => {
    expect(problemsOf(await ask(shop, 'update', { requestId: newId(), visitId, consents }))).toEqual([
      'consents.0.textId UNKNOWN',
    ]);
    const foreign = { ...points, programId: globalId('Program', there.stranger.programId) };
    expect(problemsOf(await ask(shop, 'adjust', foreign, there.narrow))).toEqual(['programId UNKNOWN']);
  });
  // Without a program named it is that of the caller's own brand.
  expect(await ask(shop, 'adjust', points, there.narrow)).toMatchObject({
    __typename: 'PointsAdjusted',
    account: { active: 5 },
  });
});

async function ownVisit(): Promise<{ visitId: string }> {
  const ctx = asActor(shop.app.context(), shop.cashier.actor);
  const { id } = await aShopper(ctx);
  return { visitId: globalId('ShopperVisit', await aVisit(ctx, { profileId: id })) };
}
