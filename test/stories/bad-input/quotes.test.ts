import { expect, test } from 'vitest';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { aShopperWith, ask, LINE, useShop, visitOf, type Answered } from './shop.ts';
import { unchanged } from './unchanged.ts';

const shop = useShop();
const QUARTER_OF_AN_HOUR = 15 * 60_000;

/** Begins with a quote that is not of this draft: it must be told why, and leave nothing behind. */
function begin(draft: object, quoteHash: string, token = shop.cashier.token): Promise<Answered> {
  return unchanged(shop.app, () =>
    ask(shop, 'begin', { requestId: newId(), externalId: newId(), draft, quoteHash }, token),
  );
}

function reasonsOf(answer: Answered): string[] {
  expect(answer).toMatchObject({ __typename: 'QuoteChanged', code: 'QuoteChanged' });
  const reasons = answer['reasons'] as { code: string; line: number | null }[];
  return reasons.map(({ code, line }) => (line === null ? code : `${code} ${line}`));
}

function spending(visitId: string) {
  return { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } };
}

test('8: a quote of one shopper is none of another, nor of nobody', async () => {
  const [anna, maria] = [await aShopperWith(shop, 500), await aShopperWith(shop, 500)];
  const { quoteHash } = await ask(shop, 'preview', spending(anna.visitId));
  expect(reasonsOf(await begin(spending(maria.visitId), quoteHash))).toEqual(['SHOPPER']);
  expect(reasonsOf(await begin({ lines: [LINE] }, quoteHash))).toEqual(['SHOPPER']);
  const nobody = await ask(shop, 'preview', { lines: [LINE] });
  expect(reasonsOf(await begin(spending(maria.visitId), nobody.quoteHash))).toEqual(['SHOPPER']);
});

test('8: a quote of one till is none of the next one, of another store or of a partner', async () => {
  const { id, visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  for (const cashier of [shop.colleague, shop.elsewhere]) {
    const there = { ...draft, shopper: { visitId: await visitOf(shop, id, cashier) } };
    expect(reasonsOf(await begin(there, quoteHash, cashier.token))).toEqual(['QUOTE_EXPIRED']);
    const { quoteHash: theirs } = await ask(shop, 'preview', there, cashier.token);
    expect(reasonsOf(await begin(draft, theirs))).toEqual(['QUOTE_EXPIRED']);
  }
  const online = {
    ...draft,
    shopper: { profile: { id: globalId('Profile', id) } },
    storeCode: shop.stores[0].code,
  };
  expect(reasonsOf(await begin(online, quoteHash, shop.key))).toEqual(['QUOTE_EXPIRED']);
  const other = { ...online, storeCode: shop.stores[1].code };
  const { quoteHash: ofFirst } = await ask(shop, 'preview', online, shop.key);
  expect(reasonsOf(await begin(other, ofFirst, shop.key))).toEqual(['QUOTE_EXPIRED']);
});

test('8: a visit of another till opens no basket, and who tried it is noted', async () => {
  const { visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: [LINE] };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const preview = await unchanged(shop.app, () => ask(shop, 'preview', draft, shop.colleague.token));
  expect(preview).toMatchObject({ __typename: 'VisitExpired' });
  expect(await begin(draft, quoteHash, shop.colleague.token)).toMatchObject({ __typename: 'VisitExpired' });
  const { rows } = await shop.app.database.pool.query<{ action: string }>(
    "select action from audit_entry where actor_id = $1 and action = 'visit.foreign'",
    [shop.colleague.id],
  );
  expect(rows).toHaveLength(2);
});

const BASKET = [
  { ...LINE, sku: 'dress', unitPrice: '4990.00' },
  { ...LINE, sku: 'socks', quantity: '3', unitPrice: '111.00' },
];
const [DRESS, SOCKS] = BASKET;

test.each([
  ['a line more', { lines: [...BASKET, LINE] }, ['PRICE']],
  ['a line less', { lines: [DRESS] }, ['PRICE']],
  ['other goods', { lines: [DRESS, { ...SOCKS, sku: 'cap' }] }, ['PRICE 2']],
  ['a kopeck less', { lines: [{ ...DRESS, unitPrice: '4989.99' }, SOCKS] }, ['PRICE 1']],
  ['one piece more', { lines: [DRESS, { ...SOCKS, quantity: '4' }] }, ['PRICE 2']],
  ['another discount', { lines: [{ ...DRESS, discount: '10.00' }, SOCKS] }, ['PRICE 1']],
  ['a fee of the same price', { lines: [{ ...DRESS, kind: 'FEE' }, SOCKS] }, ['PRICE 1']],
  ['lines changed places', { lines: [SOCKS, DRESS] }, ['PRICE 1', 'PRICE 2']],
  ['a lower floor price', { lines: [{ ...DRESS, minUnitPrice: '0.00' }, SOCKS] }, ['PRICE 1']],
  ['a promo code', { lines: BASKET, promoCodes: ['SPRING'] }, ['PROMO_CODE']],
  ['more points', { lines: BASKET, spendPoints: { exact: 101 } }, ['BALANCE']],
  ['no points', { lines: BASKET, spendPoints: { exact: 0 } }, ['BALANCE']],
])('8: a quote of another basket is no quote: %s', async (_what, facts, reasons) => {
  const { visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: BASKET, spendPoints: { exact: 100 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const refused = await begin({ ...draft, ...facts }, quoteHash);
  expect(reasonsOf(refused)).toEqual(reasons);
  // The new quote in the refusal is one the cashier may accept at once.
  const { quoteHash: fresh } = refused['quote'] as Answered;
  const accepted = {
    requestId: newId(),
    externalId: newId(),
    draft: { ...draft, ...facts },
    quoteHash: fresh,
  };
  expect(await ask(shop, 'begin', accepted)).toMatchObject({ __typename: 'OrderBegun' });
});

test('8: nobody makes or mends a quote', async () => {
  const { visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const [version = '', content = '', signature = ''] = quoteHash.split('.');
  const seal = JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as object;
  const longer = Buffer.from(JSON.stringify({ ...seal, validUntil: 9e15 })).toString('base64url');
  const forged = [
    '',
    'x',
    '..',
    `${version}.${content}.`,
    `${version}.${content}`,
    `${version}.${longer}.${signature}`,
    `q1.${content}.${signature}`,
    `${version}.${content}.${signature.slice(1)}`,
    `${quoteHash}\u0000`,
    'x'.repeat(100_000),
  ];
  for (const hash of forged) expect(reasonsOf(await begin(draft, hash))).toEqual(['QUOTE_EXPIRED']);
});

test('10: a quote ends after fifteen minutes, to the millisecond', async () => {
  const { id, visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  shop.app.clock.advance(QUARTER_OF_AN_HOUR - 1);
  const inTime = { requestId: newId(), externalId: newId(), draft, quoteHash };
  expect(await ask(shop, 'begin', inTime)).toMatchObject({ __typename: 'OrderBegun' });
  shop.app.clock.advance(1);
  const refused = await begin(draft, quoteHash);
  expect(reasonsOf(refused)).toEqual(['QUOTE_EXPIRED']);
  expect(refused['quote']).toMatchObject({ points: { applied: 100 }, toPay: '900.00' });
  const { rows } = await shop.app.database.pool.query<{ active: number; held: number }>(
    'select active::int, held::int from loyalty_account where profile_id = $1',
    [id],
  );
  expect(rows).toEqual([{ active: 400, held: 100 }]);
});

test('10: a verification that was spent meanwhile spends no second time', async () => {
  const { visitId } = await aShopperWith(shop, 500);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const externalId = newId();
  await ask(shop, 'begin', { requestId: newId(), externalId, draft, quoteHash });
  await ask(shop, 'commit', { requestId: newId(), order: { external: { id: externalId } } });
  const refused = await begin(draft, quoteHash);
  expect(reasonsOf(refused)).toEqual(['SHOPPER']);
  const { quoteHash: fresh } = refused['quote'] as Answered;
  expect(await begin(draft, fresh)).toMatchObject({ __typename: 'VerificationRequired' });
});
