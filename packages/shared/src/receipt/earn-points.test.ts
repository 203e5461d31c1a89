import { describe, expect, it } from 'vitest';
import { calculateReceipt } from './index.ts';
import type { EarningRule, MultiplierRule, ProgramSettings, ReceiptInput } from './index.ts';
import { aLine, aReceipt, aShopper, EVENING, settingsWith } from './testing-basket.ts';

const percent: EarningRule = { code: 'percent', type: 'PERCENT', rateBp: 300 };

function earnedBy(
  receipt: Partial<ReceiptInput>,
  settings: Partial<ProgramSettings> = {},
  lines = [aLine(199_000)],
): number {
  return earning(receipt, settings, lines).points;
}

function earning(
  receipt: Partial<ReceiptInput>,
  settings: Partial<ProgramSettings>,
  lines = [aLine(199_000)],
) {
  const spend = { kind: 'NONE' } as const;
  return calculateReceipt(aReceipt(lines, { spend, settings: settingsWith(settings), ...receipt })).earning;
}

describe('earning', () => {
  it.each([
    ['3 for each full 100', {}, 57],
    ['3 % rounded down', { earningRules: [percent] }, 59],
    ['3 % half up', { earningRules: [{ ...percent, rounding: 'HALF_UP' }] }, 60],
    ['3 % rounded up', { earningRules: [{ ...percent, rounding: 'CEIL' }] }, 60],
    ['3 % at 2.00 a point', { earningRules: [percent], pointValueMinor: { RUB: 200 } }, 29],
  ] as [string, Partial<ProgramSettings>, number][])('E1: %s', (_, settings, points) =>
    expect(earnedBy({}, settings)).toBe(points),
  );

  it.each([
    [1_235_000, 369],
    [499_000, 147],
    [99_000, 27],
  ])('E14: %d kopecks alone bring %d', (price, points) =>
    expect(earnedBy({}, {}, [aLine(price)])).toBe(points),
  );

  it('E14: a cap over receipts cuts the last ones', () => {
    const cap = { code: 'retro', scope: 'SHOPPER', window: 'ALWAYS', max: 500 } as const;
    let used = 0;
    const granted = [1_235_000, 499_000, 99_000].map((price) => {
      const { points, cuts } = earning({ limitsUsed: { retro: used } }, { earningLimits: [cap] }, [
        aLine(price),
      ]);
      used += points;
      return [points, cuts.map((cut) => cut.points)];
    });
    expect(granted).toEqual([
      [369, []],
      [131, [16]],
      [0, [27]],
    ]);
  });

  it.each([
    ['6 per 100 while that version is valid', 6, 300],
    ['3 per 100 after it', 3, 150],
  ])('E10: %s', (_, points, earned) => {
    const rule: EarningRule = {
      code: 'r',
      type: 'AMOUNT_STEP',
      steps: { RUB: { stepMinor: 10_000, points } },
    };
    expect(earning({}, { earningRules: [rule] }, [aLine(500_000)])).toMatchObject({
      points: earned,
      activateAt: Date.parse('2026-12-04T18:40:00+03:00'),
      expireAt: null,
    });
  });

  it('expires at the end of a day of the program', () =>
    expect(earning({}, { ttlDays: 27 }).expireAt).toBe(Date.parse('2026-12-31T23:59:59+03:00')));

  it('names no dates where nothing is earned', () =>
    expect(earning({}, { ttlDays: 27 }, [aLine(9_999)])).toMatchObject({
      points: 0,
      activateAt: null,
      expireAt: null,
      rules: [],
    }));

  it('earns on goods and services only, unless the product says otherwise', () => {
    const lines = [
      aLine(10_000),
      aLine(10_000, { kind: 'SERVICE' }),
      aLine(10_000, { kind: 'DELIVERY' }),
      aLine(10_000, { kind: 'GIFT_CARD' }),
      aLine(10_000, { kind: 'FEE' }),
      aLine(10_000, { earnable: false }),
      aLine(10_000, { kind: 'DELIVERY', earnable: true }),
    ];
    const { lines: quoted } = calculateReceipt(aReceipt(lines, { spend: { kind: 'NONE' } }));
    expect(quoted.map((line) => line.earnBase)).toEqual([10_000, 10_000, 0, 0, 0, 0, 10_000]);
    expect(quoted.map((line) => line.earnShare)).toEqual([3, 3, 0, 0, 0, 0, 3]);
  });

  it('leaves out excluded goods', () => {
    const lines = [aLine(10_000, { categories: ['tobacco'] }), aLine(10_000)];
    expect(earnedBy({}, { earningExclusions: { categories: ['tobacco'] } }, lines)).toBe(3);
  });

  it.each([
    ['NET', 30],
    ['NONE', 0],
    ['GROSS', 60],
  ] as const)('on a receipt half paid by points: %s', (earnOnPoints, points) =>
    expect(earnedBy({ spend: { kind: 'MAX' } }, { earnOnPoints }, [aLine(200_000)])).toBe(points),
  );

  it('says why a receipt with points earns nothing', () => {
    expect(earning({ spend: { kind: 'MAX' } }, { earnOnPoints: 'NONE' }).reason).toBe('POINTS_SPENT');
    expect(earning({ spend: { kind: 'NONE' } }, { earnOnPoints: 'NONE' })).toMatchObject({
      points: 57,
      reason: null,
    });
  });

  it.each([
    ['anonymous: as a new member', null, {}, 57, null],
    ['before the code', aShopper(0, { verified: false }), {}, 57, null],
    [
      'before the code it must wait for',
      aShopper(0, { verified: false }),
      { earnWithoutCode: false },
      0,
      'NOT_VERIFIED',
    ],
    ['blocked', aShopper(0, { blocked: true }), {}, 0, 'ACCOUNT_BLOCKED'],
  ] as const)('%s', (_, shopper, settings, points, reason) =>
    expect(earning({ shopper }, settings)).toMatchObject({ points, reason }),
  );

  it('E15: earns before the launch, not while switched off', () => {
    expect(earnedBy({ mode: 'EARN_ONLY' }, {}, [aLine(200_000)])).toBe(60);
    expect(earning({ mode: 'OFF' }, {})).toMatchObject({ points: 0, reason: 'PROGRAM_OFF' });
  });

  it('grants by every rule that matches, none silently winning', () => {
    const wine: EarningRule = {
      code: 'wine',
      type: 'PERCENT',
      rateBp: 1_000,
      match: { categories: ['wine'] },
    };
    const lines = [aLine(100_000), aLine(50_000, { categories: ['wine'] })];
    const quote = calculateReceipt(
      aReceipt(lines, { spend: { kind: 'NONE' }, settings: settingsWith({ earningRules: [percent, wine] }) }),
    );
    expect(quote.earning.rules).toEqual([
      { rule: 'percent', points: 45 },
      { rule: 'wine', points: 50 },
    ]);
    expect(quote.lines[1]?.earns).toEqual([
      { rule: 'percent', baseMinor: 50_000, points: 15 },
      { rule: 'wine', baseMinor: 50_000, points: 50 },
    ]);
  });
});

describe('multipliers (E13)', () => {
  const gold: MultiplierRule = { code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } };
  const friday: MultiplierRule = { code: 'friday', factorBp: 20_000, match: { weekdays: [5] } };
  const shoes: MultiplierRule = { code: 'shoes', factorBp: 20_000, match: { categories: ['shoes'] } };
  const goldShopper = aShopper(0, { tierCode: 'gold' });
  const mixed = [aLine(99_000, { categories: ['shoes'] }), aLine(100_000)];

  it.each([
    ['tier × 1.5', { multipliers: [gold] }, 85],
    ['3 % with tier × 1.5 is rounded once', { multipliers: [gold], earningRules: [percent] }, 89],
    ['tier and day, additive', { multipliers: [gold, friday] }, 142],
    ['tier and day, product', { multipliers: [gold, friday], multiplierMode: 'PRODUCT' }, 171],
  ] as [string, Partial<ProgramSettings>, number][])('%s', (_, settings, points) =>
    expect(earnedBy({ shopper: goldShopper }, settings)).toBe(points),
  );

  it('weighs mixed lines by what they cost', () => {
    const quote = calculateReceipt(
      aReceipt(mixed, { spend: { kind: 'NONE' }, settings: settingsWith({ multipliers: [shoes] }) }),
    );
    expect(quote.earning.points).toBe(85);
    expect(quote.lines.map((line) => line.earnShare)).toEqual([56, 29]);
  });

  it.each([
    ['brand', { brands: ['Acme'] }, true],
    ['another brand', { brands: ['Other'] }, false],
    ['sku', { skus: ['A1'] }, true],
    ['tag of the product', { tags: ['new'] }, true],
    ['tag of the shopper', { shopperTags: ['vip'] }, true],
    ['another tag of the shopper', { shopperTags: ['staff'] }, false],
    ['day', { dates: ['2026-11-20'] }, true],
    ['another day', { weekdays: [6, 7] }, false],
    ['all that is asked', { brands: ['Acme'], weekdays: [5], shopperTags: ['vip'] }, true],
    ['not all that is asked', { brands: ['Acme'], weekdays: [6] }, false],
  ])('by %s', (_, match, doubled) => {
    const line = aLine(199_000, { sku: 'A1', brand: 'Acme', tags: ['new'] });
    const shopper = aShopper(0, { tags: ['vip'] });
    const multipliers = [{ code: 'm', factorBp: 20_000, match }];
    expect(earnedBy({ shopper }, { multipliers }, [line])).toBe(doubled ? 114 : 57);
  });

  it('counts days in the zone of the program', () => {
    const lateEvening = EVENING + 5 * 3_600_000 + 1_200_000; // Saturday in Moscow, still Friday in London
    expect(earnedBy({ occurredAt: lateEvening }, { multipliers: [friday] })).toBe(57);
    expect(earnedBy({ occurredAt: lateEvening }, { multipliers: [friday], timezone: 'Europe/London' })).toBe(
      114,
    );
  });

  it('gives a new member none', () => expect(earnedBy({ shopper: null }, { multipliers: [gold] })).toBe(57));

  it('never goes below nothing', () => {
    const multipliers = [
      { code: 'a', factorBp: 2_000, match: {} },
      { code: 'b', factorBp: 1_000, match: {} },
    ];
    expect(earnedBy({}, { multipliers })).toBe(0);
    expect(earnedBy({}, { multipliers, multiplierMode: 'PRODUCT', earningRules: [percent] })).toBe(1);
  });
});

describe('limits of earning', () => {
  const day = { code: 'day', scope: 'PROGRAM', window: 'DAY', max: 500 } as const;

  it('E12: gives what is left of the day and says what was cut', () =>
    expect(earning({ limitsUsed: { day: 450 } }, { earningLimits: [day] }, [aLine(400_000)])).toMatchObject({
      points: 50,
      rules: [{ rule: 'purchase', points: 50 }],
      cuts: [{ limit: 'day', rule: 'purchase', points: 70 }],
    }));

  it('gives nothing of a limit that is used up', () =>
    expect(earning({ limitsUsed: { day: 501 } }, { earningLimits: [day] })).toMatchObject({
      points: 0,
      activateAt: null,
      cuts: [{ limit: 'day', rule: 'purchase', points: 57 }],
    }));

  it('counts one receipt alone, whatever was used', () => {
    const limit = { code: 'receipt', scope: 'SHOPPER', window: 'RECEIPT', max: 40 } as const;
    expect(earnedBy({ limitsUsed: { receipt: 40 } }, { earningLimits: [limit] })).toBe(40);
  });

  it('cuts a rule by its own limit first, then the last rules by the others', () => {
    const settings: Partial<ProgramSettings> = {
      earningRules: [percent, { ...percent, code: 'second' }, { ...percent, code: 'third' }],
      earningLimits: [
        { code: 'all', scope: 'PROGRAM', window: 'DAY', max: 100 },
        { code: 'own', scope: 'RULE', rule: 'percent', window: 'DAY', max: 10 },
      ],
    };
    const quote = earning({}, settings, [aLine(200_000)]);
    expect(quote.rules).toEqual([
      { rule: 'percent', points: 10 },
      { rule: 'second', points: 60 },
      { rule: 'third', points: 30 },
    ]);
    expect(quote.cuts).toEqual([
      { limit: 'own', rule: 'percent', points: 50 },
      { limit: 'all', rule: 'third', points: 30 },
    ]);
  });
});
