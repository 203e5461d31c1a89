import { expect, test } from 'vitest';
import { aBasket, aQuote, aTill, aVerifiedShopper, scarf } from './testing/play.ts';

const bag = { sku: 'BAG-1', name: 'Bag', price: '100.00', category: null, goods: null };

test('the same goods again raise the quantity, other goods make a line', () => {
  const play = aBasket()
    .event({ type: 'scanned', code: '1' })
    .answer('lookUp', { byBarcode: scarf, bySku: null });
  play.event({ type: 'scanned', code: '2' }).answer('lookUp', { byBarcode: null, bySku: bag });
  expect(play.sent('preview').draft.lines).toEqual([
    { sku: 'SCF-1', name: 'Scarf', quantity: '2', unitPrice: '1290.00' },
    { sku: 'BAG-1', name: 'Bag', quantity: '1', unitPrice: '100.00' },
  ]);
});

test('goods without a price are not sold, and the cashier is told', () => {
  const play = aTill().event({ type: 'scanned', code: '1' });
  play.answer('lookUp', { byBarcode: { ...bag, price: null }, bySku: null });
  expect([play.notice, play.state.sale.lines.length]).toEqual(['NoPrice', 0]);
});

test('every change asks for a new quote and the old sum is marked as old', () => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli: 347 });
  expect(play.sent('preview').draft.lines[0]?.quantity).toBe('0.347');
  expect([play.state.sale.quoteFresh, play.act]).toEqual([false, 'finish']);
  expect(play.answer('preview', aQuote()).state.sale.quoteFresh).toBe(true);
});

test.each([-1, 0.5, 10_000_000])('a quantity of %s thousandths is not taken', (milli) => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli });
  expect([play.notice, play.state.sale.lines[0]?.milli]).toEqual(['QuantityWrong', 1000]);
});

test('quantity nought and Del remove the line; the last one leaves an empty receipt', () => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli: 0 });
  expect([play.state.sale.lines, play.state.sale.quote, play.act]).toEqual([[], null, 'phone']);
  expect(aBasket().event({ type: 'lineVoided', key: 1 }).state.sale.lines).toEqual([]);
});

test('a receipt has at most five hundred lines', () => {
  const play = aTill();
  for (let n = 1; n <= 501; n += 1) {
    play.event({ type: 'scanned', code: `${n}` });
    play.answer('lookUp', { byBarcode: { ...bag, sku: `S-${n}` }, bySku: null });
  }
  expect([play.state.sale.lines.length, play.notice]).toEqual([500, 'TooManyLines']);
});

test('arrows walk over the lines and stop at the ends', () => {
  const play = aBasket()
    .event({ type: 'scanned', code: '2' })
    .answer('lookUp', { byBarcode: bag, bySku: null });
  expect(play.state.sale.selected).toBe(2);
  play.event({ type: 'lineMoved', by: -1 }).event({ type: 'lineMoved', by: -1 });
  expect(play.state.sale.selected).toBe(1);
  play.event({ type: 'lineMoved', by: 1 }).event({ type: 'lineMoved', by: 1 });
  expect(play.state.sale.selected).toBe(2);
});

test('typing searches from the second letter; arrows choose, Enter adds', () => {
  const play = aTill().type('search', 's');
  expect(play.count('search')).toBe(0);
  play.type('search', 'c').answer('search', [scarf, bag]);
  expect(play.act).toBe('addProduct');
  play.event({ type: 'foundMoved', by: 1 }).enter();
  expect(play.state.sale.lines.map((line) => line.sku)).toEqual(['BAG-1']);
  expect([play.state.text.search, play.state.found]).toEqual(['', null]);
});

test('Enter before the search has answered asks for that very code', () => {
  const play = aTill().type('search', 'SCF-1').enter();
  expect(play.sent('lookUp')).toMatchObject({ code: 'SCF-1', orCard: false });
  play.answer('lookUp', { byBarcode: null, bySku: scarf });
  expect(play.state.sale.lines[0]?.name).toBe('Scarf');
});

test('points are taken within what is allowed', () => {
  const play = aVerifiedShopper().event({ type: 'spendSet', points: 9999 });
  expect(play.sent('preview').draft.spendPoints).toBe(645);
  play.event({ type: 'spendSet', points: -5 });
  expect(play.sent('preview').draft.spendPoints).toBe(0);
});

test('Esc takes the points back before it lets the shopper go', () => {
  const play = aVerifiedShopper().event({ type: 'spendSet', points: 100 }).escape();
  expect([play.state.sale.spend, play.state.sale.shopper?.givenName]).toEqual([0, 'Anna']);
});

test('a promo code is added once and can be taken off', () => {
  const play = aBasket().key('F6').type('promo', ' SALE10 ').enter();
  play.key('F6').type('promo', 'SALE10').enter();
  expect(play.state.sale.promoCodes).toEqual(['SALE10']);
  play.event({ type: 'promoRemoved', code: 'SALE10' });
  expect(play.sent('preview').draft.promoCodes).toEqual([]);
});

test('without network the quote is asked for again by Enter and by the next change', () => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli: 2000 }).fail('preview', 'OFFLINE');
  expect([play.notice, play.act]).toEqual(['OFFLINE', 'retry']);
  expect(play.enter().count('preview')).toBe(3);
  const changed = aBasket().event({ type: 'quantitySet', key: 1, milli: 2000 }).fail('preview', 'OFFLINE');
  expect(changed.event({ type: 'quantitySet', key: 1, milli: 3000 }).notice).toBeNull();
});

test('F1 opens the keys, Enter and Esc close them, the sale stays', () => {
  const play = aBasket().key('F1');
  expect([play.state.dialog, play.act]).toEqual(['keys', 'closeKeys']);
  expect(play.enter().state.dialog).toBeNull();
  expect(aBasket().key('F1').escape().state.dialog).toBeNull();
});
