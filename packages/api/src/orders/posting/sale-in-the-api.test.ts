import { beforeAll, expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aCashier, aKey, asActor, type BuiltCashier } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import { aShopper, aVisit } from '../../testing/profiles.builders.ts';
import { grantPoints } from '../../testing/orders.builders.ts';

const server = useTestApp();

const ORDER = `{ id source externalId state channel identifiedAt currency gross discount pointsDiscount toPay pointsSpent earned
  profile { id } store { code } till { id } cashier { id }
  lines { number sku name kind quantity unitPrice gross discounts { label amount promoCode } pointsDiscount toPay
    printLines { quantity unitPrice amount } returnable }
  receipts { fiscalDrive fiscalDocument fiscalSign total } returns { id externalId moneyBack receipts { fiscalDocument } } }`;
const QUOTE = `{ currency gross discount pointsDiscount toPay points { available max applied limits { code max message } }
  earning { points activateAt rules { rule points message } } offers { title } refusedCodes { promoCode code }
  lines { number toPay printLines { quantity unitPrice amount } } verificationRequired quoteHash validUntil }`;
const REFUSED = '... on Refusal { code message } ... on InvalidInput { problems { path code } }';

const PREVIEW = `query ($input: OrderDraftInput!) { previewOrder(input: $input) { __typename ${REFUSED} ... on OrderQuote ${QUOTE} } }`;
const BEGIN = `mutation ($input: BeginOrderInput!) { beginOrder(input: $input) { __typename ${REFUSED}
  ... on OrderBegun { order ${ORDER} holdExpiresAt account { active held available } }
  ... on QuoteChanged { quote ${QUOTE} reasons { code message line } }
  ... on InsufficientPoints { requested available max limits { code max } }
  ... on AlreadyCommitted { order { id state } } ... on AlreadyCancelled { cancelled: order { id state } } } }`;
const COMMIT = `mutation ($input: CommitOrderInput!) { commitOrder(input: $input) { __typename ${REFUSED}
  ... on OrderCommitted { order ${ORDER} earned activateAt overdrawn account { active pending debt } }
  ... on ReceiptTaken { order { id externalId } } } }`;
const CANCEL = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ${REFUSED}
  ... on OrderCancelled { order { id state } account { active held } } } }`;
const RETURN = `mutation ($input: ReturnOrderInput!) { returnOrder(input: $input) { __typename ${REFUSED}
  ... on OrderReturned { return { id externalId moneyBack } order { state } lines { number quantity moneyBack
    printLines { quantity unitPrice amount } } moneyBack withheld pointsRestored pointsClawedBack debt account { active pending } }
  ... on QuantityExceeded { number returnable } } }`;

let cashier: BuiltCashier;
let programId: string;

beforeAll(async () => {
  const ctx = server.app.context();
  cashier = await aCashier(ctx);
  programId = await aProgram(ctx, { brandId: cashier.till.store.brandId });
});

/** What the tests read of an answer themselves. */
interface Answer {
  __typename: string;
  quoteHash: string;
  lines: unknown[];
  order: { id: string };
  problems: { path: string[]; code: string }[];
}

async function ask(query: string, input: unknown, token = cashier.token): Promise<Answer> {
  const answer = await server.app.graphql<Record<string, Answer>>({ query, variables: { input }, token });
  expect(answer.errors).toBeUndefined();
  const [result] = Object.values(answer.data ?? {});
  if (result === undefined) throw new Error('there was no answer');
  return result;
}

async function aShopperHere(points: number, verified = true) {
  const ctx = asActor(server.app.context(), cashier.actor);
  const { id } = await aShopper(ctx);
  const shop = { programId, brandId: '', storeId: '', storeCode: '', currency: 'RUB' };
  await grantPoints(ctx, shop, id, points);
  return { id, visitId: globalId('ShopperVisit', await aVisit(ctx, { profileId: id, verified })) };
}

test('E2 and E7 through the API: quote, sale, return of the scarf', async () => {
  const { id, visitId } = await aShopperHere(5_000);
  const draft = {
    shopper: { visitId },
    spendPoints: { max: true },
    lines: [
      { sku: 'dress', name: 'Платье', quantity: '1', unitPrice: '4990.00' },
      { sku: 'scarf', quantity: '1', unitPrice: '1290.00' },
      { sku: 'socks', quantity: '3', unitPrice: '111.00' },
    ],
  };
  const quote = await ask(PREVIEW, draft);
  expect(quote).toMatchObject({
    __typename: 'OrderQuote',
    currency: 'RUB',
    gross: '6613.00',
    discount: '0.00',
    pointsDiscount: '3306.00',
    toPay: '3307.00',
    points: { available: 5_000, max: 3_306, applied: 3_306 },
    earning: {
      points: 99,
      activateAt: '2026-12-06T09:00:00.000Z',
      rules: [{ rule: 'purchase', points: 99 }],
    },
    verificationRequired: false,
    validUntil: '2026-11-22T09:15:00.000Z',
  });
  expect(quote.lines[2]).toEqual({
    number: 3,
    toPay: '166.52',
    printLines: [
      { quantity: '1', unitPrice: '55.50', amount: '55.50' },
      { quantity: '2', unitPrice: '55.51', amount: '111.02' },
    ],
  });
  const begin = { requestId: newId(), externalId: 'e2', draft, quoteHash: quote.quoteHash };
  const begun = await ask(BEGIN, begin);
  expect(begun).toMatchObject({
    __typename: 'OrderBegun',
    holdExpiresAt: '2026-11-22T09:30:00.000Z',
    account: { active: 1_694, held: 3_306, available: 1_694 },
    order: {
      source: cashier.actor.ownSource,
      externalId: 'e2',
      state: 'BEGUN',
      channel: 'STORE',
      identifiedAt: 'SALE',
      profile: { id: globalId('Profile', id) },
      store: { code: cashier.till.store.code },
      cashier: { id: globalId('Staff', cashier.id) },
      toPay: '3307.00',
      pointsSpent: 3_306,
      earned: 0,
    },
  });
  expect(await ask(BEGIN, begin)).toEqual(begun);
  const receipts = [{ fiscalDrive: '9999', fiscalDocument: 'e2', fiscalSign: '1', total: '3307.00' }];
  const order = { external: { id: 'e2' } };
  const commit = { requestId: newId(), order, receipts, occurredAt: '2026-11-22T12:00:00+03:00' };
  const committed = await ask(COMMIT, commit);
  expect(committed).toMatchObject({
    __typename: 'OrderCommitted',
    earned: 99,
    activateAt: '2026-12-06T09:00:00.000Z',
    overdrawn: 0,
    account: { active: 1_694, pending: 99, debt: 0 },
    order: { state: 'COMMITTED', receipts },
  });
  expect(await ask(COMMIT, commit)).toEqual(committed);
  const returned = await ask(RETURN, {
    requestId: newId(),
    order: { receipt: { fiscalDrive: '9999', fiscalDocument: 'e2' } },
    externalId: 'e2-back',
    lines: [{ number: 2, quantity: '1' }],
  });
  expect(returned).toMatchObject({
    __typename: 'OrderReturned',
    order: { state: 'PARTIALLY_RETURNED' },
    lines: [{ number: 2, quantity: '1', moneyBack: '645.10' }],
    moneyBack: '645.10',
    withheld: '0.00',
    pointsRestored: 644,
    pointsClawedBack: 21,
    debt: 0,
  });
  const back = { requestId: newId(), order, externalId: 'e2-back-2', lines: [{ number: 2, quantity: '1' }] };
  expect(await ask(RETURN, back)).toMatchObject({
    __typename: 'QuantityExceeded',
    number: 2,
    returnable: '0',
  });
  const read = await server.app.graphql<{ order: unknown; orders: { edges: unknown[] } }>({
    query: `query ($ref: OrderRef!, $filter: OrderFilter) { order(ref: $ref) ${ORDER}
      orders(filter: $filter, first: 5) { edges { node { externalId state } } pageInfo { hasNextPage } } }`,
    variables: { ref: { id: committed.order.id }, filter: { profile: { id: globalId('Profile', id) } } },
    token: cashier.token,
  });
  expect(read.data).toMatchObject({
    order: { state: 'PARTIALLY_RETURNED', returns: [{ externalId: 'e2-back', moneyBack: '645.10' }] },
    orders: {
      edges: [{ node: { externalId: 'e2', state: 'PARTIALLY_RETURNED' } }],
      pageInfo: { hasNextPage: false },
    },
  });
});

test('a shopper who has not confirmed a code earns, is told nothing of the balance, and cannot spend', async () => {
  const { visitId } = await aShopperHere(700, false);
  const draft = { shopper: { visitId }, lines: [{ sku: 'a', quantity: '1', unitPrice: '1000.00' }] };
  const wish = { ...draft, spendPoints: { exact: 100 } };
  const quote = await ask(PREVIEW, wish);
  expect(quote).toMatchObject({
    points: { available: 0, max: 0, applied: 0, limits: [{ code: 'NOT_VERIFIED', max: 0 }] },
    earning: { points: 30 },
    verificationRequired: true,
  });
  const begin = { requestId: newId(), externalId: newId(), draft: wish, quoteHash: quote.quoteHash };
  expect(await ask(BEGIN, begin)).toMatchObject({
    __typename: 'VerificationRequired',
    code: 'VerificationRequired',
  });
  const earning = await ask(BEGIN, { ...begin, draft, quoteHash: (await ask(PREVIEW, draft)).quoteHash });
  expect(earning).toMatchObject({ __typename: 'OrderBegun', account: null, order: { pointsSpent: 0 } });
});

test('nobody known: points are not spent, earning is what a new member would earn, and nothing is granted', async () => {
  const draft = { lines: [{ sku: 'a', quantity: '1', unitPrice: '1000.00' }], promoCodes: ['SPRING'] };
  const quote = await ask(PREVIEW, { ...draft, spendPoints: { max: true } });
  expect(quote).toMatchObject({
    points: { available: 0, max: 0, applied: 0, limits: [{ code: 'NO_SHOPPER' }] },
    earning: { points: 30 },
    refusedCodes: [{ promoCode: 'SPRING', code: 'UNKNOWN' }],
  });
  const externalId = newId();
  const plain = await ask(PREVIEW, draft);
  await ask(BEGIN, { requestId: newId(), externalId, draft, quoteHash: plain.quoteHash });
  const commit = { requestId: newId(), order: { external: { id: externalId } } };
  expect(await ask(COMMIT, commit)).toMatchObject({
    __typename: 'OrderCommitted',
    earned: 0,
    activateAt: null,
    account: null,
    order: { profile: null, identifiedAt: null, earned: 0 },
  });
});

test('cancelling gives the points back, twice the same; a number never begun is spent by it', async () => {
  const { visitId } = await aShopperHere(400);
  const draft = {
    shopper: { visitId },
    spendPoints: { max: true },
    lines: [{ sku: 'a', quantity: '1', unitPrice: '1000.00' }],
  };
  const { quoteHash } = await ask(PREVIEW, draft);
  const externalId = newId();
  const order = { external: { id: externalId } };
  await ask(BEGIN, { requestId: newId(), externalId, draft, quoteHash });
  const cancelled = await ask(CANCEL, { requestId: newId(), order, reason: 'changed mind' });
  expect(cancelled).toMatchObject({
    __typename: 'OrderCancelled',
    order: { state: 'CANCELLED' },
    account: { active: 400, held: 0 },
  });
  expect(await ask(CANCEL, { requestId: newId(), order })).toEqual(cancelled);
  expect(await ask(COMMIT, { requestId: newId(), order })).toMatchObject({ __typename: 'AlreadyCancelled' });
  const never = { external: { id: newId() } };
  expect(await ask(CANCEL, { requestId: newId(), order: never })).toEqual({
    __typename: 'OrderCancelled',
    order: null,
    account: null,
  });
  const again = { requestId: newId(), externalId: never.external.id, draft, quoteHash };
  expect(await ask(BEGIN, again)).toMatchObject({ __typename: 'AlreadyCancelled', cancelled: null });
});

test('each wrong number is told by its path and nothing else happens', async () => {
  const line = { sku: 'a', quantity: '1', unitPrice: '100.00' };
  const problems = async (input: Record<string, unknown>) => {
    const answer = await ask(PREVIEW, { lines: [line], ...input });
    expect(answer.__typename).toBe('InvalidInput');
    return answer.problems.map(({ path, code }) => `${path.join('.')} ${code}`);
  };
  expect(await problems({ lines: [] })).toEqual(['lines REQUIRED']);
  expect(await problems({ lines: Array.from({ length: 501 }, () => line) })).toEqual(['lines TOO_MANY']);
  expect(
    await problems({
      lines: [
        { ...line, quantity: '-1' },
        { ...line, quantity: '0.0001' },
        { ...line, unitPrice: '-5.00' },
        { ...line, unitPrice: '1e9' },
        { ...line, unitPrice: '5' },
        { ...line, sku: ' ' },
        { ...line, amount: '100.02' },
        { ...line, discount: '100.01' },
        { ...line, unitPrice: '99999999999.00', quantity: '1000' },
      ],
    }),
  ).toEqual([
    'lines.0.quantity RANGE',
    'lines.1.quantity FORMAT',
    'lines.2.unitPrice RANGE',
    'lines.3.unitPrice FORMAT',
    'lines.4.unitPrice FORMAT',
    'lines.5.sku REQUIRED',
    'lines.6.amount MISMATCH',
    'lines.7.discount RANGE',
    'lines.8.unitPrice RANGE',
  ]);
  expect(await problems({ spendPoints: { exact: -1 } })).toEqual(['spendPoints.exact RANGE']);
  expect(await problems({ currency: 'KZT' })).toEqual(['currency MISMATCH']);
  expect(await problems({ storeCode: 'elsewhere' })).toEqual(['storeCode UNKNOWN']);
  expect(await problems({ shopper: { profile: { phone: 'no phone' } } })).toEqual([
    'shopper.profile.phone FORMAT',
  ]);
  for (const exact of [1.5, 2 ** 31, 2 ** 53, '1e9']) {
    const answer = await server.app.graphql({
      query: PREVIEW,
      variables: { input: { lines: [line], spendPoints: { exact } } },
      token: cashier.token,
    });
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  }
});

test('an order is read by its id by callers of its store who have to do with orders', async () => {
  const ctx = server.app.context();
  const draft = { lines: [{ sku: 'a', quantity: '1', unitPrice: '1000.00' }] };
  const { quoteHash } = await ask(PREVIEW, draft);
  const { order } = await ask(BEGIN, { requestId: newId(), externalId: newId(), draft, quoteHash });
  const node = async (token: string) => {
    const query = 'query ($id: ID!) { node(id: $id) { id ... on Order { state } } }';
    return (await server.app.graphql<{ node: unknown }>({ query, variables: { id: order.id }, token })).data
      ?.node;
  };
  expect(await node(cashier.token)).toEqual({ id: order.id, state: 'BEGUN' });
  expect(await node((await aKey(ctx)).token)).toEqual({ id: order.id, state: 'BEGUN' });
  expect(await node((await aCashier(ctx)).token)).toBeNull();
  expect(await node((await aKey(ctx, { scopes: ['node.read', 'products.read'] })).token)).toBeNull();
});

test('a key names its store and its shopper, and spends only where it may', async () => {
  const ctx = server.app.context();
  const { id } = await aShopperHere(500);
  const may = await aKey(ctx, { sources: ['shop-a'] });
  const mayNot = await aKey(ctx, { scopes: ['orders.preview', 'orders.begin'], sources: ['shop-b'] });
  const draft = {
    shopper: { profile: { id: globalId('Profile', id) } },
    storeCode: cashier.till.store.code,
    spendPoints: { exact: 200 },
    lines: [{ sku: 'a', quantity: '1', unitPrice: '1000.00' }],
  };
  const quote = await ask(PREVIEW, draft, may.token);
  expect(quote).toMatchObject({ points: { applied: 200, available: 500 } });
  const begun = await ask(
    BEGIN,
    { requestId: 'k', externalId: 'k', draft, quoteHash: quote.quoteHash },
    may.token,
  );
  expect(begun).toMatchObject({
    order: { source: 'shop-a', channel: 'ONLINE', till: null },
    holdExpiresAt: '2026-11-25T09:00:00.000Z',
  });
  const other = await ask(PREVIEW, draft, mayNot.token);
  expect(other).toMatchObject({ points: { applied: 0 } });
  const wish = { requestId: 'k', externalId: 'k', draft, quoteHash: other.quoteHash };
  expect(await ask(BEGIN, wish, mayNot.token)).toMatchObject({ __typename: 'VerificationRequired' });
  const nowhere = await ask(PREVIEW, { ...draft, storeCode: undefined }, may.token);
  expect(nowhere.problems).toEqual([{ path: ['storeCode'], code: 'REQUIRED' }]);
});
