import { describe, expect, it } from 'vitest';
import type { PromotionBenefit, PromotionRules } from '../promotions/index.ts';
import { aPromotion } from '../promotions/testing-promotions.ts';
import { calculateReceipt } from './index.ts';
import type { DraftLine, RedemptionPolicy, SpendingCode, TierLevel } from './index.ts';
import { aLine, aReceipt, aShopper, MOSCOW, settingsWith, withPromotions } from './testing-basket.ts';

const oneThousand = aLine(100_000);

describe('spending by tier', () => {
  const level = (redemption: TierLevel['redemption']): TierLevel => ({
    code: 'gold',
    name: 'Gold',
    from: { RUB: 0 },
    fromPoints: 0,
    ...(redemption === undefined ? {} : { redemption }),
  });

  it.each([
    ['a larger share', { capBp: 7_000 }, 'gold', 700],
    ['for others as ever', { capBp: 7_000 }, 'silver', 200],
    ['no maximum', { perReceiptMax: null }, 'gold', 500],
    ['a minimum of its own', { minRedeem: 300, perReceiptMax: 250 }, 'gold', 0],
    ['nothing of its own', undefined, 'gold', 200],
  ] as [string, TierLevel['redemption'], string, number][])('%s', (_, redemption, tierCode, max) => {
    const tiers = { basis: 'SPEND', window: 'ALL', keepDays: null, levels: [level(redemption)] } as const;
    const settings = settingsWith(
      { tiers },
      { perReceiptMax: redemption?.capBp === undefined || tierCode !== 'gold' ? 200 : null },
    );
    const quote = calculateReceipt(
      aReceipt([oneThousand], { settings, shopper: aShopper(9_000, { tierCode }) }),
    );
    expect(quote.points.max).toBe(max);
  });
});

describe('the code before spending', () => {
  const code = (facts: Partial<SpendingCode>): Partial<RedemptionPolicy> => ({
    code: { need: 'ABOVE', above: { RUB: 10_000 }, neverAtStoreIds: [], ...facts },
  });

  it.each([
    ['always', { need: 'ALWAYS' }, 500, 0, true, 0],
    ['never', { need: 'NEVER' }, 500, 500, false, undefined],
    ['not at this store', { need: 'ALWAYS', neverAtStoreIds: ['store'] }, 500, 500, false, undefined],
    ['always at others', { need: 'ALWAYS', neverAtStoreIds: ['other'] }, 500, 0, true, 0],
    ['above 100.00', {}, 500, 100, true, 100],
    ['above 100.00, with 60 points in all', {}, 60, 60, false, undefined],
    ['above an amount of another currency', { above: { KZT: 1 } }, 500, 0, true, 0],
  ] as [string, Partial<SpendingCode>, number, number, boolean, number | undefined][])(
    '%s',
    (_, facts, available, max, required, limit) => {
      const shopper = aShopper(available, { verified: false });
      const receipt = aReceipt([oneThousand], {
        settings: settingsWith({}, code(facts)),
        shopper,
        place: MOSCOW,
      });
      const quote = calculateReceipt(receipt);
      expect(quote.points.max).toBe(max);
      expect(quote.points.applied).toBe(max);
      expect(quote.verificationRequired).toBe(required);
      expect(quote.points.limits.find((each) => each.code === 'NOT_VERIFIED')?.max).toBe(limit);
      const verified = calculateReceipt({ ...receipt, shopper: aShopper(available) });
      expect(verified.points.max).toBe(Math.min(500, available));
      expect(verified.verificationRequired).toBe(false);
    },
  );
});

describe('promotions and points', () => {
  const wine = { only: { categories: ['wine'] } };
  const lines = [oneThousand, aLine(200_000, { categories: ['wine'] })];
  function spent(
    benefit: PromotionBenefit,
    redemption: Partial<RedemptionPolicy> = {},
    rules: Partial<PromotionRules> = {},
    basket: DraftLine[] = lines,
  ) {
    const facts = withPromotions([aPromotion('p', benefit, rules)]);
    const settings = settingsWith({}, redemption);
    const quote = calculateReceipt(aReceipt(basket, { ...facts, settings, spend: { kind: 'MAX' } }));
    return {
      max: quote.points.max,
      shares: quote.lines.map(({ pointsDiscount }) => pointsDiscount),
      caps: quote.points.caps,
    };
  }
  const permission = (capBp: number): PromotionBenefit => ({ kind: 'PAY_BY_POINTS', capBp, goods: wine });
  const noWine = { exclusions: { categories: ['wine'] } };

  it.each([
    ['goods the program excludes', permission(2_000), noWine, 900, [50_000, 40_000]],
    ['a larger share than the program gives', permission(8_000), {}, 2_100, [50_000, 160_000]],
    ['a smaller one changes nothing', permission(1_000), {}, 1_500, [50_000, 100_000]],
    ['all but the minimum price', permission(10_000), {}, 2_499, [50_000, 199_900]],
    ['where else nothing may be paid', permission(5_000), { capBp: 0 }, 1_000, [0, 100_000]],
  ] as [string, PromotionBenefit, Partial<RedemptionPolicy>, number, number[]][])(
    'may permit %s',
    (_, benefit, redemption, max, shares) =>
      expect(spent(benefit, redemption)).toMatchObject({ max, shares }),
  );

  it('never make points pay more for other goods', () => {
    const basket = [oneThousand, aLine(200_000, { categories: ['wine'], minUnitPrice: 190_000 })];
    expect(spent(permission(10_000), {}, {}, basket)).toMatchObject({ max: 600, shares: [50_000, 10_000] });
  });

  it('add to the share of the whole receipt', () =>
    expect(spent(permission(8_000), { capBase: 'RECEIPT' })).toMatchObject({
      max: 2_100,
      caps: { eligible: 2_100, receipt: 2_100 },
    }));

  it('leave alone what the catalogue forbids', () => {
    const basket = [oneThousand, aLine(200_000, { categories: ['wine'], redeemable: false })];
    expect(spent(permission(10_000), {}, {}, basket)).toMatchObject({ max: 500, shares: [50_000, 0] });
  });

  it('may want the lines they lower paid in money', () => {
    const benefit: PromotionBenefit = { kind: 'PERCENT', rateBp: 1_000, goods: wine };
    expect(spent(benefit, {}, { allowsPoints: false })).toMatchObject({ max: 500, shares: [50_000, 0] });
    expect(spent(benefit)).toMatchObject({ max: 1_400, shares: [50_000, 90_000] });
  });
});
