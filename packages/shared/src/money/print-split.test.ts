import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPrintable, lineGross, lowerToPrintable, printSplit } from './index.ts';

describe('print split of whole quantities', () => {
  it.each([
    ['E3: 1 000.00 over 7', 100_000, 7000, ['2 × 14285', '5 × 14286']],
    ['E2: socks', 16_652, 3000, ['1 × 5550', '2 × 5551']],
    ['an even total', 300, 3000, ['3 × 100']],
    ['nothing to pay', 0, 3000, ['3 × 0']],
    ['less than a kopeck a piece', 2, 3000, ['1 × 0', '2 × 1']],
  ])('%s', (_, total, quantityMilli, printed) => {
    const lines = printSplit(total, quantityMilli);
    expect(lines.map((line) => `${line.quantityMilli / 1000} × ${line.unitPrice}`)).toEqual(printed);
    expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(total);
  });
});

describe('print split of a fractional quantity', () => {
  it('stays one line at a kopeck price', () =>
    expect(printSplit(6238, 1235)).toEqual([{ quantityMilli: 1235, unitPrice: 5051, amount: 6238 }]));

  it('lowers a discount to the nearest value a price can give', () => {
    // 12.5 × 0.07 = 0.88 and 12.5 × 0.08 = 1.00: from 0.90 to 0.98 nothing can be printed.
    expect([89, 90, 98, 99].map((total) => isPrintable(total, 12_500))).toEqual([true, false, false, true]);
    expect(lowerToPrintable(1000, 910, 12_500)).toBe(901);
    expect(lowerToPrintable(1000, 901, 12_500)).toBe(901);
  });

  it('leaves alone a line that the till itself made unprintable', () => {
    expect(isPrintable(93, 12_500)).toBe(false);
    expect(lowerToPrintable(93, 2, 12_500)).toBe(0);
  });

  it('finds the nearest printable total and a price within a kopeck of it', () => {
    const quantity = fc.integer({ min: 1, max: 60_000 });
    fc.assert(
      fc.property(
        quantity,
        fc.nat(3_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (milli, price, part) => {
          const net = lineGross(milli, price);
          const share = Math.floor(net * part);
          const lowered = lowerToPrintable(net, share, milli);
          expect(lowered).toBeLessThanOrEqual(share);
          const printed = printSplit(net - lowered, milli);
          const sum = printed.reduce((so, line) => so + line.amount, 0);
          expect(sum).toBe(net - lowered);
          for (const line of printed) {
            expect(Math.abs(lineGross(line.quantityMilli, line.unitPrice) - line.amount)).toBeLessThanOrEqual(
              1,
            );
          }
          for (let skipped = share; skipped > Math.max(lowered, share - 70); skipped -= 1) {
            const between = printSplit(net - skipped, milli)[0];
            expect(Math.abs(lineGross(milli, between?.unitPrice ?? 0) - (net - skipped))).toBeGreaterThan(1);
          }
        },
      ),
    );
  });
});
