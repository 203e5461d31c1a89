import { presetSettings } from '@clientele/shared/receipt';
import { beforeAll, expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { aKey, aStore, type BuiltStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';
import { grantPoints } from '../../testing/orders.builders.ts';

const server = useTestApp();

const TEST = `query ($input: TestReceiptInput!) { testReceipt(input: $input) { __typename
  ... on InvalidInput { problems { path code } }
  ... on ReceiptTested {
    quote { gross discount toPay points { available max maxOfEligible maxOfReceipt limits { code } } earning { points } }
    promotions { promotionId draft title applied reason { code facts } amount points times lines { number amount } }
    earningRules { rule name base factorBp multipliedBy points cut reason } cuts { limit rule points } } } }`;

let store: BuiltStore;
let programId: string;
let token: string;

beforeAll(async () => {
  const ctx = server.app.context();
  store = await aStore(ctx);
  programId = await aProgram(ctx, { brandId: store.brandId });
  ({ token } = await aKey(ctx, { scopes: ['offers.read', 'profiles.read'] }));
});

async function tested(input: Record<string, unknown>, by = token) {
  const answer = await server.app.graphql<{ testReceipt: unknown }>({
    query: TEST,
    variables: {
      input: { storeCode: store.code, lines: [{ sku: 'a', quantity: '1', unitPrice: '1990.00' }], ...input },
    },
    token: by,
  });
  expect(answer.errors).toBeUndefined();
  return answer.data?.testReceipt;
}

const plain = { draftPromotions: [], asNewMember: true };

test('a promotion is tried before it is saved, and says why it does or does not apply', async () => {
  const rules = promotionRules({ conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 300_000 } }] });
  const draft = { title: 'Черновик', rules };
  expect(await tested({ draftPromotions: [draft] })).toMatchObject({
    quote: { discount: '0.00' },
    promotions: [
      {
        promotionId: null,
        draft: 0,
        title: 'Черновик',
        applied: false,
        reason: { code: 'CONDITION', facts: { condition: 'BASKET_SUM', need: 300_000, have: 199_000 } },
      },
    ],
  });
  const lines = [{ sku: 'a', quantity: '2', unitPrice: '1990.00' }];
  expect(await tested({ lines, draftPromotions: [draft] })).toMatchObject({
    quote: { discount: '398.00', toPay: '3582.00' },
    promotions: [
      { applied: true, reason: null, amount: '398.00', times: 1, lines: [{ number: 1, amount: '398.00' }] },
    ],
  });
});

test('a change of a published promotion is tried instead of it', async () => {
  const ctx = server.app.context();
  const other = await aStore(ctx);
  const promotionId = await aPromotion(ctx, { brandId: other.brandId, title: 'Как есть' });
  const id = globalId('Promotion', promotionId);
  const rules = promotionRules({ benefits: [{ kind: 'PERCENT', rateBp: 5_000 }] });
  const input = { storeCode: other.code };
  expect(await tested(input)).toMatchObject({
    promotions: [{ promotionId: id, draft: null, title: 'Как есть', amount: '199.00' }],
  });
  expect(await tested({ ...input, draftPromotions: [{ id, title: 'Станет', rules }] })).toMatchObject({
    promotions: [{ promotionId: id, draft: 0, title: 'Станет', amount: '995.00' }],
  });
});

test('settings of a version are tried with verdicts of their rules, both readings of half, and limits', async () => {
  const programVersion = {
    ...presetSettings,
    earningRules: [
      ...presetSettings.earningRules,
      { code: 'shoes', name: 'За обувь', type: 'PER_ITEM', points: 5, match: { categories: ['shoes'] } },
    ],
    multipliers: [{ code: 'day', factorBp: 20_000, match: {} }],
    earningLimits: [{ code: 'one', scope: 'RULE', rule: 'purchase', window: 'RECEIPT', max: 100 }],
  };
  const lines = [
    { sku: 'a', quantity: '1', unitPrice: '1990.00' },
    { sku: 'card', kind: 'GIFT_CARD', quantity: '1', unitPrice: '1000.00' },
  ];
  expect(await tested({ ...plain, lines, programVersion, spendPoints: { max: true } })).toMatchObject({
    quote: { points: { maxOfEligible: 995, maxOfReceipt: 1_495 }, earning: { points: 100 } },
    earningRules: [
      { rule: 'purchase', base: '1990.00', factorBp: 20_000, multipliedBy: ['day'], points: 100, cut: 14 },
      { rule: 'shoes', name: 'За обувь', base: '0.00', points: 0, reason: 'NO_GOODS' },
    ],
    cuts: [{ limit: 'one', rule: 'purchase', points: 14 }],
  });
});

test('any time, any shopper, with the code confirmed or not; nothing is written', async () => {
  const ctx = server.app.context();
  const { id } = await aShopper(ctx);
  await grantPoints(ctx, { programId, brandId: '', storeId: '', storeCode: '', currency: 'RUB' }, id, 500);
  const shopper = { id: globalId('Profile', id) };
  const rules = promotionRules({
    when: { from: '2027-01-01T00:00:00Z', to: null, weekdays: [], hours: null },
  });
  const draftPromotions = [{ title: 'С Нового года', rules }];
  const before = await ctx.sql.selectFrom('outbox_event').select('id').execute();
  expect(await tested({ shopper, draftPromotions })).toMatchObject({
    quote: { points: { available: 500, max: 500 } },
    promotions: [{ applied: false, reason: { code: 'NOT_STARTED' } }],
  });
  expect(await tested({ shopper, draftPromotions, at: '2027-01-02T12:00:00+03:00' })).toMatchObject({
    promotions: [{ applied: true }],
  });
  expect(await tested({ shopper, verified: false })).toMatchObject({
    quote: { points: { limits: [{ code: 'NOT_VERIFIED' }] } },
  });
  expect(await ctx.sql.selectFrom('outbox_event').select('id').execute()).toEqual(before);
});

test('broken rules are told by their path; whose card it is nobody learns without the right to', async () => {
  const rules = { ...promotionRules(), benefits: [{ kind: 'PERCENT', rateBp: 20_000 }] };
  expect(await tested({ draftPromotions: [{ title: 'Сломана', rules }] })).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: ['draftPromotions', '0', 'rules', 'benefits', '0', 'rateBp'], code: 'RANGE' }],
  });
  expect(await tested({ programVersion: { ...presetSettings, freezeDays: -1 } })).toMatchObject({
    problems: [{ path: ['programVersion', 'freezeDays'] }],
  });
  expect(await tested({ storeCode: 'nowhere' })).toMatchObject({
    problems: [{ path: ['storeCode'], code: 'UNKNOWN' }],
  });
  const ctx = server.app.context();
  const { token: offers } = await aKey(ctx, { scopes: ['offers.read'] });
  const { id } = await aShopper(ctx);
  const answer = await server.app.graphql({
    query: TEST,
    variables: {
      input: {
        storeCode: store.code,
        lines: [{ sku: 'a', quantity: '1', unitPrice: '1.00' }],
        shopper: { id: globalId('Profile', id) },
      },
    },
    token: offers,
  });
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('18: another store, and a promotion of another brand, are none of the caller’s', async () => {
  const ctx = server.app.context();
  const other = await aStore(ctx);
  const promotionId = await aPromotion(ctx, { brandId: other.brandId });
  const own = await aKey(ctx, { scopes: ['offers.read'], storeIds: [store.id] });
  expect(await tested({ storeCode: other.code }, own.token)).toMatchObject({
    problems: [{ path: ['storeCode'], code: 'UNKNOWN' }],
  });
  const draft = { id: globalId('Promotion', promotionId), title: 'Чужая', rules: promotionRules() };
  expect(await tested({ draftPromotions: [draft] }, own.token)).toMatchObject({
    problems: [{ path: ['draftPromotions', '0', 'id'], code: 'UNKNOWN' }],
  });
});
