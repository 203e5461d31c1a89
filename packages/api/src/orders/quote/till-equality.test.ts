import { parseMoney, parseQuantity } from '@clientele/shared/money';
import type { PromotionBenefit, PromotionRules, Stacking } from '@clientele/shared/promotions';
import {
  calculateReceipt,
  type DraftLine,
  type LineKind,
  type ReceiptInput,
} from '@clientele/shared/receipt';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { previewOrder } from '../index.ts';
import { programOfBrand, versionAt } from '../../loyalty/index.ts';
import { activePromotions, createGroup } from '../../offers/index.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aCheckout, aDraft } from '../../testing/orders.builders.ts';
import { aPromotion } from '../../testing/promotions.builders.ts';

const db = useTestDatabase();
const POINTS = 700;

interface LineOfTill {
  sku: string;
  kind: LineKind;
  quantity: string;
  unitPrice: string;
}

const SKUS = ['dress', 'scarf', 'socks', 'cheese', 'bag'] as const;

const aLine = fc
  .record({
    sku: fc.constantFrom(...SKUS),
    kind: fc.constantFrom('GOODS' as const, 'GOODS' as const, 'SERVICE' as const, 'DELIVERY' as const),
    pieces: fc.integer({ min: 1, max: 4 }),
    milli: fc.integer({ min: 1, max: 2_999 }),
    price: fc.integer({ min: 1, max: 500_000 }),
  })
  .map(({ sku, kind, pieces, milli, price }) => ({
    sku,
    kind,
    quantity:
      sku === 'cheese'
        ? `${Math.floor(milli / 1_000)}.${String(milli % 1_000).padStart(3, '0')}`
        : `${pieces}`,
    unitPrice: `${Math.floor(price / 100)}.${String(price % 100).padStart(2, '0')}`,
  }));

const aBasket = fc.record({
  lines: fc.array(aLine, { minLength: 1, maxLength: 8 }),
  known: fc.boolean(),
  spend: fc.constantFrom(null, { max: true }, { exact: 50 }),
});

const only = (...skus: string[]) => ({ only: { skus } });

/** One of each kind that takes or gives something. */
const BENEFITS: readonly [string, Stacking, readonly PromotionBenefit[], Partial<PromotionRules>][] = [
  ['percent', 'SEQUENTIAL', [{ kind: 'PERCENT', rateBp: 1_500, goods: only('dress', 'cheese') }], {}],
  [
    'amount',
    'SEQUENTIAL',
    [{ kind: 'AMOUNT', amount: { RUB: 10_001 }, per: 'ORDER' }],
    { allowsPoints: false },
  ],
  ['three for two', 'EXCLUSIVE_LINE', [{ kind: 'N_FOR_M', take: 3, pay: 2, goods: only('socks') }], {}],
  ['fixed', 'EXCLUSIVE_LINE', [{ kind: 'FIXED_PRICE', price: { RUB: 9_900 }, goods: only('bag') }], {}],
  ['cheapest', 'BEST', [{ kind: 'CHEAPEST', take: 2, rateBp: 5_000 }], {}],
  [
    'points',
    'BEST',
    [
      { kind: 'POINTS_FACTOR', factorBp: 20_000, goods: only('scarf') },
      { kind: 'EXTRA_POINTS', points: 11, per: 'ITEM', goods: only('dress') },
    ],
    { conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 100_000 } }] },
  ],
];

async function aShopWithPromotions() {
  const checkout = await aCheckout(db.database, POINTS);
  const { brandId } = checkout.shop;
  for (const stacking of ['SEQUENTIAL', 'EXCLUSIVE_LINE', 'BEST'] as const) {
    const groupId = await createGroup(asSystem(checkout.ctx), { brandId, name: stacking, stacking });
    for (const [title, , benefits, rules] of BENEFITS.filter((one) => one[1] === stacking))
      await aPromotion(checkout.ctx, {
        brandId,
        groupId,
        title,
        rules: { ...rules, benefits: [...benefits] },
      });
  }
  return checkout;
}

/** As the till parses a line of its own. */
function parsed(line: LineOfTill, index: number): DraftLine {
  return {
    number: index + 1,
    sku: line.sku,
    kind: line.kind,
    quantityMilli: parseQuantity(line.quantity) ?? 0,
    unitPrice: parseMoney(line.unitPrice, 'RUB') ?? 0,
  };
}

test('a till that holds the rules as JSON calculates to the kopeck and the point what the server does', async () => {
  const { ctx, shop, till, visitId } = await aShopWithPromotions();
  const program = await programOfBrand(ctx, shop.brandId);
  const settings = program && versionAt(program, ctx.clock.now())?.settings;
  const held = JSON.parse(
    JSON.stringify({ ...(await activePromotions(ctx, shop.brandId)), settings }),
  ) as Awaited<ReturnType<typeof activePromotions>> & Pick<ReceiptInput, 'settings'>;
  let discounted = 0;
  await fc.assert(
    fc.asyncProperty(aBasket, async ({ lines, known, spend }) => {
      fc.pre(lines.every(({ quantity }) => quantity !== '0.000'));
      const draft = aDraft({ lines, spendPoints: spend, ...(known ? { shopper: { visitId } } : {}) });
      const { quote } = await previewOrder(till, draft);
      const own = calculateReceipt({
        currency: 'RUB',
        lines: lines.map(parsed),
        settings: held.settings,
        mode: 'LIVE',
        shopper: known
          ? {
              known: true,
              verified: true,
              blocked: false,
              available: POINTS,
              tags: [],
              grantedPromotionIds: [],
            }
          : null,
        spend:
          spend === null
            ? { kind: 'NONE' }
            : 'max' in spend
              ? { kind: 'MAX' }
              : { kind: 'EXACT', points: spend.exact },
        occurredAt: ctx.clock.now().getTime(),
        place: { storeId: shop.storeId, channel: 'STORE', timezone: 'Europe/Moscow' },
        promotions: held.promotions,
        promotionGroups: held.groups,
        promotionFacts: { uses: {}, codes: [] },
      });
      discounted += own.discount > 0 ? 1 : 0;
      expect(JSON.parse(JSON.stringify(quote))).toEqual(JSON.parse(JSON.stringify(own)));
    }),
    { numRuns: 150 },
  );
  expect(discounted).toBeGreaterThan(50);
});
