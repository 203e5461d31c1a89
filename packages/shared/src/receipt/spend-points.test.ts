import { describe, expect, it } from 'vitest';
import { calculateReceipt } from './index.ts';
import type { DraftLine, DraftShopper, ProgramMode, Quote } from './index.ts';
import { aLine, aReceipt, aShopper, settingsWith } from './testing-basket.ts';

const dressScarfSocks = [aLine(499_000), aLine(129_000), aLine(11_100, { quantityMilli: 3000 })];

function spread(quote: Quote): number[] {
  return quote.lines.map((line) => line.pointsDiscount);
}

describe('paying by points', () => {
  it('E2: half by points, spread and split to the kopeck', () => {
    const quote = calculateReceipt(aReceipt(dressScarfSocks, { shopper: aShopper(5_000) }));
    expect(quote.points).toEqual({
      available: 5_000,
      max: 3_306,
      applied: 3_306,
      limits: [{ code: 'SHARE_OF_ORDER', max: 3_306 }],
      caps: { eligible: 3_306, receipt: 3_306 },
    });
    expect(spread(quote)).toEqual([249_462, 64_490, 16_648]);
    expect(quote.lines.map((line) => line.toPay)).toEqual([249_538, 64_510, 16_652]);
    expect(quote.lines[2]?.printLines).toEqual([
      { quantityMilli: 1000, unitPrice: 5_550, amount: 5_550 },
      { quantityMilli: 2000, unitPrice: 5_551, amount: 11_102 },
    ]);
    expect(quote).toMatchObject({ gross: 661_300, discount: 0, pointsDiscount: 330_600, toPay: 330_700 });
    expect(quote.earning.points).toBe(99);
    expect(quote.earning.activateAt).toBe(Date.parse('2026-12-04T18:40:00+03:00'));
  });

  it.each([
    [19_998, 99],
    [19_999, 99],
    [20_000, 100],
  ])('half of %i kopecks is rounded down, to the kopeck and then to %i points', (price, max) => {
    const quote = calculateReceipt(aReceipt([aLine(price)], { shopper: aShopper(5_000) }));
    expect(quote.points.max).toBe(max);
  });

  const coatCardTee: DraftLine[] = [
    aLine(1_200_000),
    aLine(300_000, { kind: 'GIFT_CARD' }),
    aLine(50_000, { minUnitPrice: 45_000 }),
  ];

  it.each([
    ['ELIGIBLE', 6_250, [620_000, 0, 5_000]],
    ['RECEIPT', 7_750, [770_000, 0, 5_000]],
  ] as const)('E4: exclusions and floor price, cap of %s', (capBase, max, shares) => {
    const settings = settingsWith({}, { capBase });
    const quote = calculateReceipt(aReceipt(coatCardTee, { settings, shopper: aShopper(20_000) }));
    expect(quote.points).toEqual({
      available: 20_000,
      max,
      applied: max,
      limits: [{ code: 'SHARE_OF_ORDER', max }],
      caps: { eligible: 6_250, receipt: 7_750 },
    });
    expect(spread(quote)).toEqual(shares);
  });

  it('does not count delivery and fees in the cap of the receipt', () => {
    const lines = [aLine(100_000), aLine(50_000, { kind: 'DELIVERY' }), aLine(10_000, { kind: 'FEE' })];
    const quote = calculateReceipt(aReceipt(lines, { settings: settingsWith({}, { capBase: 'RECEIPT' }) }));
    expect(quote.points.caps).toEqual({ eligible: 500, receipt: 500 });
    expect(spread(quote)).toEqual([50_000, 0, 0]);
  });

  it('lets the product overrule its kind', () => {
    const lines = [
      aLine(100_000, { redeemable: false }),
      aLine(100_000, { kind: 'DELIVERY', redeemable: true }),
    ];
    expect(spread(calculateReceipt(aReceipt(lines)))).toEqual([0, 50_000]);
  });

  it.each([
    ['categories', { categories: ['wine'] }, { categories: ['drinks', 'wine'] }],
    ['brands', { brands: ['Acme'] }, { brand: 'Acme' }],
    ['skus', { skus: ['A1'] }, { sku: 'A1' }],
    ['tags', { tags: ['new'] }, { tags: ['new'] }],
    ['priceTypes', { priceTypes: ['SALE'] }, { priceType: 'SALE' }],
  ] as const)('excludes by %s', (_, exclusions, facts) => {
    const settings = settingsWith({}, { exclusions });
    const quote = calculateReceipt(aReceipt([aLine(100_000, facts), aLine(40_000)], { settings }));
    expect(spread(quote)).toEqual([0, 20_000]);
    const alone = calculateReceipt(aReceipt([aLine(100_000, facts)], { settings }));
    expect(alone.points).toMatchObject({ max: 0, limits: [{ code: 'EXCLUDED_GOODS', max: 0 }] });
  });

  it("takes the till's discount first", () => {
    const quote = calculateReceipt(aReceipt([aLine(100_000, { discount: 20_000 })]));
    expect(quote).toMatchObject({ gross: 100_000, discount: 20_000, pointsDiscount: 40_000, toPay: 40_000 });
    expect(quote.lines[0]?.discounts).toEqual([{ source: 'TILL', amount: 20_000 }]);
  });

  it('leaves prices alone where points are a payment kind', () => {
    const receipt = aReceipt(dressScarfSocks, { settings: settingsWith({ fiscalMode: 'PAYMENT' }) });
    const quote = calculateReceipt(receipt);
    expect(quote.toPay).toBe(330_700);
    expect(quote.lines[2]?.printLines).toEqual([{ quantityMilli: 3000, unitPrice: 11_100, amount: 33_300 }]);
  });
});

describe('why not more', () => {
  const oneThousand = [aLine(100_000)];

  it.each([
    ['balance', aShopper(200), {}, 200, [{ code: 'BALANCE', max: 200 }]],
    ['most per receipt', aShopper(900), { perReceiptMax: 100 }, 100, [{ code: 'PER_RECEIPT', max: 100 }]],
    ['minimum price', aShopper(9_000), { capBp: 10_000 }, 999, [{ code: 'MINIMUM_PRICE', max: 999 }]],
    [
      'several at once',
      aShopper(500),
      { perReceiptMax: 500 },
      500,
      [
        { code: 'BALANCE', max: 500 },
        { code: 'SHARE_OF_ORDER', max: 500 },
        { code: 'PER_RECEIPT', max: 500 },
      ],
    ],
    [
      'below the minimum',
      aShopper(99),
      { minRedeem: 100 },
      0,
      [
        { code: 'BELOW_MINIMUM', max: 0 },
        { code: 'BALANCE', max: 99 },
      ],
    ],
  ] as const)('%s', (_, shopper, redemption, max, limits) => {
    const receipt = aReceipt(oneThousand, { shopper, settings: settingsWith({}, redemption) });
    expect(calculateReceipt(receipt).points).toMatchObject({ max, applied: max, limits });
  });

  it('clamps an exact wish and says everything that is below it', () => {
    const receipt = aReceipt(oneThousand, { shopper: aShopper(600), spend: { kind: 'EXACT', points: 700 } });
    expect(calculateReceipt(receipt).points).toMatchObject({
      max: 500,
      applied: 500,
      limits: [
        { code: 'SHARE_OF_ORDER', max: 500 },
        { code: 'BALANCE', max: 600 },
      ],
    });
  });

  it('takes an exact wish below the maximum', () => {
    const quote = calculateReceipt(aReceipt(oneThousand, { spend: { kind: 'EXACT', points: 123 } }));
    expect(quote.points).toMatchObject({ max: 500, applied: 123 });
    expect(spread(quote)).toEqual([12_300]);
  });

  it('takes nothing of a wish below the minimum', () => {
    const settings = settingsWith({}, { minRedeem: 100 });
    const receipt = aReceipt(oneThousand, { settings, spend: { kind: 'EXACT', points: 99 } });
    const { points } = calculateReceipt(receipt);
    expect(points).toMatchObject({ max: 500, applied: 0 });
    expect(points.limits).toContainEqual({ code: 'BELOW_MINIMUM', max: 0 });
  });

  it('tells the maximum without spending', () => {
    const quote = calculateReceipt(aReceipt(oneThousand, { spend: { kind: 'NONE' } }));
    expect(quote).toMatchObject({ toPay: 100_000, points: { max: 500, applied: 0 } });
  });

  it.each([
    ['anonymous', null, 'LIVE', ['NO_SHOPPER'], false],
    ['a phone nobody has', aShopper(0, { known: false, verified: false }), 'LIVE', ['NO_SHOPPER'], true],
    ['blocked', aShopper(900, { blocked: true }), 'LIVE', ['ACCOUNT_BLOCKED'], false],
    ['not verified', aShopper(900, { verified: false }), 'LIVE', ['NOT_VERIFIED'], true],
    ['E15: soft launch', aShopper(900), 'EARN_ONLY', ['PROGRAM_NOT_LIVE'], false],
    [
      'soft launch needs no code',
      aShopper(900, { verified: false }),
      'EARN_ONLY',
      ['PROGRAM_NOT_LIVE', 'NOT_VERIFIED'],
      false,
    ],
    ['switched off', aShopper(900), 'OFF', ['PROGRAM_NOT_LIVE'], false],
  ] as [string, DraftShopper | null, ProgramMode, string[], boolean][])(
    'nothing for %s',
    (_, shopper, mode, codes, verificationRequired) => {
      const quote = calculateReceipt(aReceipt([aLine(200_000)], { shopper, mode }));
      expect(quote.points).toMatchObject({
        max: 0,
        applied: 0,
        limits: codes.map((code) => ({ code, max: 0 })),
      });
      expect(quote).toMatchObject({ toPay: 200_000, verificationRequired });
    },
  );

  it('E15: after the launch the same preview takes 900', () => {
    const quote = calculateReceipt(aReceipt([aLine(200_000)], { shopper: aShopper(900) }));
    expect(quote.points).toMatchObject({ max: 900, caps: { eligible: 1_000 } });
  });

  it('hides the balance until the shopper is verified, where the program says so', () => {
    const shopper = aShopper(900, { verified: false });
    const shown = settingsWith({ hideAccountUntilVerified: false });
    expect(calculateReceipt(aReceipt(oneThousand, { shopper })).points.available).toBe(0);
    expect(calculateReceipt(aReceipt(oneThousand, { shopper, settings: shown })).points.available).toBe(900);
  });

  it('needs no code where the program takes points without', () => {
    const receipt = aReceipt(oneThousand, {
      shopper: aShopper(100, { verified: false }),
      settings: settingsWith({}, { code: { need: 'NEVER', above: {}, neverAtStoreIds: [] } }),
    });
    expect(calculateReceipt(receipt)).toMatchObject({
      verificationRequired: false,
      points: { applied: 100 },
    });
  });

  it('neither spends nor earns in a currency the program does not name', () => {
    const quote = calculateReceipt(aReceipt(oneThousand, { currency: 'EUR' }));
    expect(quote.points).toMatchObject({ max: 0, limits: [{ code: 'PROGRAM_NOT_LIVE', max: 0 }] });
    expect(quote.earning).toMatchObject({ points: 0, reason: 'NO_CURRENCY' });
  });

  it('prices a receipt without any program', () => {
    const quote = calculateReceipt(aReceipt(oneThousand, { settings: null }));
    expect(quote).toMatchObject({
      toPay: 100_000,
      points: { max: 0 },
      earning: { points: 0, reason: 'PROGRAM_OFF' },
    });
  });
});

describe('weighed goods', () => {
  it('are one line at a kopeck price', () => {
    const quote = calculateReceipt(aReceipt([aLine(9_990, { quantityMilli: 1235 })]));
    expect(quote).toMatchObject({ gross: 12_338, points: { max: 61, applied: 61 }, toPay: 6_238 });
    expect(quote.lines[0]?.printLines).toEqual([{ quantityMilli: 1235, unitPrice: 5_051, amount: 6_238 }]);
  });

  it('give what cannot be printed to lines of whole quantity', () => {
    // Its exact share 500.21 would leave 501.04: 12.5 × 40.08 is 501.00, × 40.09 is 501.13, within a kopeck of 501.12.
    const potatoes = aLine(8_010, { quantityMilli: 12_500 });
    const quote = calculateReceipt(aReceipt([potatoes, aLine(50_000)]));
    expect(quote.points.applied).toBe(750);
    expect(quote.lines.map((line) => line.pointsDiscount)).toEqual([50_013, 24_987]);
    expect(quote.lines[0]?.printLines).toEqual([{ quantityMilli: 12_500, unitPrice: 4_009, amount: 50_112 }]);
  });

  it('take fewer points where nothing else can carry the rest', () => {
    // A kopeck of the price is seven of the line, of which three can be printed: 30, 31, 32, 33 roubles cannot, 34 can.
    const quote = calculateReceipt(aReceipt([aLine(1_000, { quantityMilli: 7_070, discount: 1_070 })]));
    expect(quote.lines[0]).toMatchObject({ net: 6_000, pointsDiscount: 2_600, toPay: 3_400 });
    expect(quote.points).toMatchObject({
      max: 26,
      applied: 26,
      limits: [{ code: 'MINIMUM_PRICE', max: 26 }],
    });
  });

  it('share points among themselves where there is nothing else', () => {
    const lines = Array.from({ length: 12 }, (_, index) =>
      aLine(9_931 + index, { quantityMilli: 7_531 + 100 * index }),
    );
    const quote = calculateReceipt(aReceipt(lines));
    expect(quote.points.applied).toBeGreaterThanOrEqual(quote.points.caps.eligible - 1);
    expect(quote.pointsDiscount).toBe(quote.points.applied * 100);
  });
});

describe('lines as the till gives them', () => {
  it("uses the till's own amount within a kopeck", () => {
    const quote = calculateReceipt(aReceipt([aLine(9_990, { quantityMilli: 1235, amount: 12_337 })]));
    expect(quote.gross).toBe(12_337);
  });

  it('refuses an amount further off', () => {
    const receipt = aReceipt([aLine(9_990, { quantityMilli: 1235, amount: 12_336 })]);
    expect(() => calculateReceipt(receipt)).toThrow('line 1: amount MISMATCH');
  });

  it.each([
    ['quantityMilli', { quantityMilli: 0 }],
    ['quantityMilli', { quantityMilli: 0.5 }],
    ['unitPrice', { unitPrice: -1 }],
    ['unitPrice', { unitPrice: Number.MAX_SAFE_INTEGER, quantityMilli: 2000 }],
    ['discount', { discount: 100_001 }],
    ['discount', { discount: -1 }],
    ['minUnitPrice', { minUnitPrice: -1 }],
    ['amount', { amount: Number.NaN }],
  ])('refuses a wrong %s', (field, facts) =>
    expect(() => calculateReceipt(aReceipt([aLine(100_000, facts)]))).toThrow(`line 1: ${field}`),
  );
});
