import { expect, it } from 'vitest';
import { matchReturns } from './match-returns.ts';
import type { PurchasedLine, ReturnDocument } from './match-returns.ts';

const day = (number: number): number => Date.UTC(2011, 0, number);

function bought(
  orderId: string,
  at: number,
  pieces: number,
  more: Partial<PurchasedLine> = {},
): PurchasedLine {
  return {
    orderId,
    externalId: orderId,
    occurredAt: day(at),
    number: 1,
    sku: 'lamp',
    unitPrice: 295,
    leftMilli: pieces * 1000,
    ...more,
  };
}

function returned(externalId: string, at: number, ...pieces: number[]): ReturnDocument {
  return {
    externalId,
    occurredAt: day(at),
    lines: pieces.map((count) => ({
      sku: 'lamp',
      unitPrice: 295,
      quantityMilli: count * 1000,
      moneyBack: count * 295,
    })),
  };
}

/** `document→order:line×pieces=money`, the order `-` where none is known. */
function told(purchases: PurchasedLine[], documents: ReturnDocument[]): string[] {
  return matchReturns(purchases, documents).flatMap(({ document, orderId, lines }) =>
    lines.map(
      (line) =>
        `${document.externalId}→${orderId ?? '-'}:${line.number ?? '-'}×${line.quantityMilli / 1000}=${line.moneyBack}`,
    ),
  );
}

it('takes the latest purchase before the return, never a later one', () =>
  expect(told([bought('a', 1, 5), bought('b', 2, 5), bought('c', 9, 5)], [returned('R', 5, 3)])).toEqual([
    'R→b:1×3=885',
  ]));

it('goes on to earlier purchases, and leaves the rest without an order', () =>
  expect(told([bought('a', 1, 2), bought('b', 2, 1)], [returned('R', 5, 4)])).toEqual([
    'R→b:1×1=295',
    'R→a:1×2=590',
    'R→-:-×1=295',
  ]));

it('tells goods apart by sku and by price', () =>
  expect(
    told([bought('a', 1, 5, { sku: 'shade' }), bought('b', 2, 5, { unitPrice: 300 })], [returned('R', 5, 1)]),
  ).toEqual(['R→-:-×1=295']));

it('gives nothing back twice, whatever the order of the documents in the file', () => {
  const purchases = [bought('a', 1, 2), bought('b', 2, 2)];
  const documents = [returned('R2', 6, 1), returned('R1', 5, 2)];
  const expected = ['R1→b:1×2=590', 'R2→a:1×1=295'];
  expect(told(purchases, documents)).toEqual(expected);
  expect(told(purchases.toReversed(), documents.toReversed())).toEqual(expected);
});

it('counts what was returned before this file', () =>
  expect(told([bought('a', 1, 5, { leftMilli: 1000 })], [returned('R', 5, 2)])).toEqual([
    'R→a:1×1=295',
    'R→-:-×1=295',
  ]));

it('takes whole pieces only, unless the goods are weighed', () => {
  const loose = bought('a', 1, 0, { leftMilli: 1500 });
  expect(told([loose], [returned('R', 5, 2)])).toEqual(['R→a:1×1=295', 'R→-:-×1=295']);
  const weighed = returned('R', 5);
  const lines = [{ sku: 'lamp', unitPrice: 295, quantityMilli: 1250, moneyBack: 369 }];
  expect(told([loose], [{ ...weighed, lines }])).toEqual(['R→a:1×1.25=369']);
});
