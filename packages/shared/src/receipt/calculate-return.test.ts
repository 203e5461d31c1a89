import { describe, expect, it } from 'vitest';
import { calculateReceipt, calculateReturn } from './index.ts';
import type { ReceiptInput, ReturnResult } from './index.ts';
import { aLine, aReceipt, aReturn, aShopper, settingsWith } from './testing-basket.ts';

type Part = { readonly number: number; readonly quantityMilli: number };

/** Returns the parts one after another, each knowing the earlier ones; throws where one is refused. */
function returnAll(receipt: ReceiptInput, parts: readonly (readonly Part[])[]): ReturnResult[] {
  const quote = calculateReceipt(receipt);
  const done: ReturnResult[] = [];
  for (const returning of parts) {
    const result = calculateReturn(
      aReturn(receipt, quote, returning, {
        earlier: done.flatMap((before) => before.lines),
        restoredBefore: done.reduce((sum, before) => sum + before.pointsRestored, 0),
        clawedBefore: done.reduce((sum, before) => sum + before.clawTarget, 0),
      }),
    );
    if (!('lines' in result)) throw new Error(JSON.stringify(result));
    done.push(result);
  }
  return done;
}

const figures = ({ moneyBack, pointsRestored, earnedAfter, clawTarget }: ReturnResult): number[] => [
  moneyBack,
  pointsRestored,
  earnedAfter,
  clawTarget,
];

const scarf = { number: 2, quantityMilli: 1000 };
const dress = { number: 1, quantityMilli: 1000 };
const socks = (pieces: number): Part => ({ number: 3, quantityMilli: pieces * 1000 });
const order = aReceipt([aLine(499_000), aLine(129_000), aLine(11_100, { quantityMilli: 3000 })], {
  shopper: aShopper(5_000),
});

describe('returns of E2 (E7)', () => {
  it('scarf, dress, three socks', () => {
    expect(returnAll(order, [[scarf], [dress], [socks(3)]]).map(figures)).toEqual([
      [64_510, 644, 78, 21],
      [249_538, 2_495, 3, 75],
      [16_652, 167, 0, 3],
    ]);
  });

  it('one sock first is the one of 55.50', () => {
    const [first, rest] = returnAll(order, [[socks(1)], [scarf, dress, socks(2)]]);
    expect(first).toEqual({
      lines: [
        {
          number: 3,
          quantityMilli: 1000,
          moneyBack: 5_550,
          pointsDiscount: 5_550,
          printLines: [{ quantityMilli: 1000, unitPrice: 5_550, amount: 5_550 }],
        },
      ],
      moneyBack: 5_550,
      pointsRestored: 55,
      earnedAfter: 96,
      clawTarget: 3,
    });
    expect(figures(rest ?? Object.create(null))).toEqual([330_700 - 5_550, 3_306 - 55, 0, 96]);
  });

  it('two socks cross the print lines', () => {
    const [result] = returnAll(order, [[socks(2)]]);
    expect(result?.lines[0]?.printLines).toEqual([
      { quantityMilli: 1000, unitPrice: 5_550, amount: 5_550 },
      { quantityMilli: 1000, unitPrice: 5_551, amount: 5_551 },
    ]);
  });

  it('everything left, when no lines are named', () => {
    const quote = calculateReceipt(order);
    const result = calculateReturn(aReturn(order, quote, null));
    expect(result).toMatchObject({
      moneyBack: 330_700,
      pointsRestored: 3_306,
      earnedAfter: 0,
      clawTarget: 99,
    });
  });

  it('nothing more once all has come back', () => {
    const quote = calculateReceipt(order);
    const [all] = returnAll(order, [[scarf, dress, socks(3)]]);
    const again = calculateReturn(
      aReturn(order, quote, null, { earlier: all?.lines ?? [], restoredBefore: 3_306, clawedBefore: 99 }),
    );
    expect(again).toEqual({ lines: [], moneyBack: 0, pointsRestored: 0, earnedAfter: 0, clawTarget: 0 });
  });

  it.each([
    ['a fourth sock', [socks(4)], { exceeded: { number: 3, returnableMilli: 3000 } }],
    ['the same line twice', [socks(2), socks(2)], { exceeded: { number: 3, returnableMilli: 3000 } }],
    [
      'a line that was not sold',
      [{ number: 9, quantityMilli: 1 }],
      { exceeded: { number: 9, returnableMilli: 0 } },
    ],
    ['half a sock', [{ number: 3, quantityMilli: 500 }], { notWhole: { number: 3 } }],
    ['no sock', [{ number: 3, quantityMilli: 0 }], { notWhole: { number: 3 } }],
  ])('refuses %s', (_, returning, refused) =>
    expect(calculateReturn(aReturn(order, calculateReceipt(order), returning))).toEqual(refused),
  );

  it('counts what came back before', () => {
    const [two] = returnAll(order, [[socks(2)]]);
    const facts = { earlier: two?.lines ?? [] };
    expect(calculateReturn(aReturn(order, calculateReceipt(order), [socks(2)], facts))).toEqual({
      exceeded: { number: 3, returnableMilli: 1000 },
    });
  });
});

describe('returns by the policies of the program', () => {
  it('weighed goods come back in proportion, rounded down, the rest with the last', () => {
    const receipt = aReceipt([aLine(9_990, { quantityMilli: 1235 })]);
    const results = returnAll(
      receipt,
      [500, 500, 235].map((quantityMilli) => [{ number: 1, quantityMilli }]),
    );
    expect(results.map((result) => result.lines[0])).toEqual([
      expect.objectContaining({ moneyBack: 2_525, pointsDiscount: 2_469 }),
      expect.objectContaining({ moneyBack: 2_525, pointsDiscount: 2_469 }),
      expect.objectContaining({ moneyBack: 1_188, pointsDiscount: 1_162 }),
    ]);
    expect(results.map((result) => result.pointsRestored)).toEqual([24, 25, 12]);
    expect(results[0]?.lines[0]?.printLines).toEqual([
      { quantityMilli: 500, unitPrice: 5_051, amount: 2_525 },
    ]);
  });

  it('a whole kilogramme out of a weighed line may need two prices', () => {
    const receipt = aReceipt([aLine(5, { quantityMilli: 22_497, discount: 2 })], { spend: { kind: 'NONE' } });
    const [ten] = returnAll(receipt, [[{ number: 1, quantityMilli: 10_000 }]]);
    expect(ten?.moneyBack).toBe(48);
    expect(ten?.lines[0]?.printLines).toEqual([
      { quantityMilli: 2_000, unitPrice: 4, amount: 8 },
      { quantityMilli: 8_000, unitPrice: 5, amount: 40 },
    ]);
  });

  it('money and points come apart where points were a payment kind', () => {
    const receipt = aReceipt([aLine(11_100, { quantityMilli: 3000 })], {
      settings: settingsWith({ fiscalMode: 'PAYMENT' }),
    });
    const [one] = returnAll(receipt, [[{ number: 1, quantityMilli: 1000 }]]);
    expect(one?.lines[0]).toEqual({
      number: 1,
      quantityMilli: 1000,
      moneyBack: 5_566,
      pointsDiscount: 5_534,
      printLines: [{ quantityMilli: 1000, unitPrice: 11_100, amount: 11_100 }],
    });
  });

  it('earning on the gross is clawed by the gross', () => {
    const receipt = aReceipt([aLine(100_000), aLine(100_000)], {
      settings: settingsWith({ earnOnPoints: 'GROSS' }),
    });
    expect(returnAll(receipt, [[scarf]]).map(figures)).toEqual([[50_000, 500, 30, 30]]);
  });

  it('claws nothing where a receipt with points earned nothing', () => {
    const receipt = aReceipt([aLine(100_000), aLine(100_000)], {
      settings: settingsWith({ earnOnPoints: 'NONE' }),
    });
    expect(returnAll(receipt, [[scarf]]).map(figures)).toEqual([[50_000, 500, 0, 0]]);
  });

  it('keeps the cut of a limit: what was not granted is not clawed', () => {
    const limit = { code: 'day', scope: 'PROGRAM', window: 'DAY', max: 500 } as const;
    const receipt = aReceipt([aLine(200_000), aLine(200_000)], {
      spend: { kind: 'NONE' },
      settings: settingsWith({ earningLimits: [limit] }),
      limitsUsed: { day: 450 },
    });
    expect(returnAll(receipt, [[scarf], [dress]]).map(figures)).toEqual([
      [200_000, 0, 50, 0],
      [200_000, 0, 0, 50],
    ]);
  });

  it('keeps the multipliers of the sale', () => {
    const receipt = aReceipt([aLine(99_000, { categories: ['shoes'] }), aLine(100_000)], {
      spend: { kind: 'NONE' },
      settings: settingsWith({
        multipliers: [{ code: 'x', factorBp: 20_000, match: { categories: ['shoes'] } }],
      }),
    });
    expect(returnAll(receipt, [[scarf]]).map(figures)).toEqual([[100_000, 0, 54, 31]]);
  });

  it('gives money alone where there was no program', () => {
    const receipt = aReceipt([aLine(100_000), aLine(100_000)], { settings: null });
    expect(returnAll(receipt, [[scarf]]).map(figures)).toEqual([[100_000, 0, 0, 0]]);
  });
});
