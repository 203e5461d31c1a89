import { expect, test } from 'vitest';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { DOCUMENTS } from './documents.ts';
import { aShopperWith, ask, LINE, problemsOf, respond, useShop } from './shop.ts';
import { unchanged } from './unchanged.ts';

const shop = useShop();
const THOUSAND = [LINE];

const draftOf = (visitId: string, exact: unknown) => ({
  shopper: { visitId },
  lines: THOUSAND,
  spendPoints: { exact },
});

/** Begin of a draft with a quote of that very draft. */
async function beginning(draft: object) {
  const { quoteHash } = await ask(shop, 'preview', draft);
  return { requestId: newId(), externalId: newId(), draft, quoteHash };
}

test('1: one point more than half of the order is not spent, and nothing is held', async () => {
  const { visitId } = await aShopperWith(shop, 5_000);
  const quote = await ask(shop, 'preview', draftOf(visitId, 501));
  expect(quote).toMatchObject({
    toPay: '500.00',
    points: { available: 5_000, max: 500, applied: 500, limits: [{ code: 'SHARE_OF_ORDER', max: 500 }] },
  });
  const over = await beginning(draftOf(visitId, 501));
  const refused = await unchanged(shop.app, () => ask(shop, 'begin', over));
  expect(refused).toMatchObject({
    __typename: 'InsufficientPoints',
    code: 'InsufficientPoints',
    requested: 501,
    available: 5_000,
    max: 500,
    limits: [{ code: 'SHARE_OF_ORDER', max: 500 }],
  });
  // Nor with the quote of the cap itself: what was quoted is not what is asked for.
  const capped = await beginning(draftOf(visitId, 500));
  const smuggled = { ...capped, draft: draftOf(visitId, 501) };
  expect(await unchanged(shop.app, () => ask(shop, 'begin', smuggled))).toMatchObject({
    __typename: 'InsufficientPoints',
  });
  // The key of a refusal is free: the cap itself goes through under it.
  expect(await ask(shop, 'begin', capped)).toMatchObject({
    __typename: 'OrderBegun',
    order: { pointsSpent: 500, toPay: '500.00' },
    account: { active: 4_500, held: 500 },
  });
});

test('2: more than there is, is refused with what there is', async () => {
  const { visitId } = await aShopperWith(shop, 300);
  const balance = { code: 'BALANCE', max: 300 };
  const share = { code: 'SHARE_OF_ORDER', max: 500 };
  const price = { code: 'MINIMUM_PRICE', max: 999 };
  for (const [exact, limits] of [
    [301, [balance]],
    [2 ** 31 - 1, [balance, share, price]],
  ] as const) {
    const over = await beginning(draftOf(visitId, exact));
    const refused = await unchanged(shop.app, () => ask(shop, 'begin', over));
    expect(refused).toMatchObject({
      __typename: 'InsufficientPoints',
      requested: exact,
      available: 300,
      max: 300,
      limits,
    });
  }
});

test('2: points are whole numbers from 0: a negative one is told by its path, anything else is no request', async () => {
  const { visitId } = await aShopperWith(shop, 300);
  const good = await beginning(draftOf(visitId, 100));
  const token = shop.cashier.token;
  await unchanged(shop.app, async () => {
    for (const exact of [-1, -300, -(2 ** 31)]) {
      const draft = draftOf(visitId, exact);
      expect(problemsOf(await ask(shop, 'preview', draft))).toEqual(['spendPoints.exact RANGE']);
      expect(problemsOf(await ask(shop, 'begin', { ...good, draft }))).toEqual([
        'draft.spendPoints.exact RANGE',
      ]);
    }
    for (const exact of [
      1.5,
      0.1,
      2 ** 31,
      2 ** 53,
      1e300,
      '1e9',
      '100',
      true,
      [100],
      { points: 1 },
      'NaN',
    ]) {
      const draft = draftOf(visitId, exact);
      const preview = await respond(shop, DOCUMENTS.preview, { input: draft }, token);
      const begin = await respond(shop, DOCUMENTS.begin, { input: { ...good, draft } }, token);
      expect([exact, preview.codes, begin.codes]).toEqual([exact, ['BAD_REQUEST'], ['BAD_REQUEST']]);
    }
    const both = { input: { ...draftOf(visitId, 1), spendPoints: { exact: 1, max: true } } };
    expect((await respond(shop, DOCUMENTS.preview, both, token)).codes).toEqual(['BAD_REQUEST']);
  });
  expect(await ask(shop, 'begin', good)).toMatchObject({ __typename: 'OrderBegun', account: { held: 100 } });
});

test('2: a correction of no points, of a part of one, or of more than there is changes nothing', async () => {
  const { id } = await aShopperWith(shop, 300);
  const profile = { id: globalId('Profile', id) };
  const correction = (points: unknown) => ({
    requestId: newId(),
    profile,
    points,
    reason: 'an error of the till',
  });
  await unchanged(shop.app, async () => {
    expect(await ask(shop, 'adjust', correction(-301), shop.key)).toMatchObject({
      __typename: 'InsufficientPoints',
      requested: 301,
      available: 300,
    });
    expect(problemsOf(await ask(shop, 'adjust', correction(0), shop.key))).toEqual(['points RANGE']);
    for (const points of [1.5, 2 ** 31, -(2 ** 53), '1e9']) {
      const { codes } = await respond(shop, DOCUMENTS.adjust, { input: correction(points) }, shop.key);
      expect([points, codes]).toEqual([points, ['BAD_REQUEST']]);
    }
  });
});

test('2: a balance never grows beyond what an answer can tell', async () => {
  const { id } = await aShopperWith(shop, 1);
  const profile = { id: globalId('Profile', id) };
  const most = () => ({ requestId: newId(), profile, points: 2_147_483_647, reason: 'too generous' });
  const refused = await unchanged(shop.app, () => ask(shop, 'adjust', most(), shop.key));
  expect(problemsOf(refused)).toEqual(['points RANGE']);
  const last = { ...most(), points: 2_147_483_646 };
  expect(await ask(shop, 'adjust', last, shop.key)).toMatchObject({ account: { active: 2_147_483_647 } });
});
