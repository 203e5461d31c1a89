import { expect, test } from 'vitest';
import { basketText, decimal, readBasket, withProduct, type BasketLine } from './basket.ts';

const socks: BasketLine = { sku: 'AN01-1', name: 'Носки', quantity: '3', unitPrice: '333.00' };
const odd: BasketLine = { sku: 'a*b;c@d', name: '', quantity: '0.5', unitPrice: '10.00' };

test('a basket comes back from the address as it went there', () => {
  const text = basketText([socks, odd]);
  expect(readBasket(text)).toEqual([
    { sku: 'AN01-1', quantity: '3', unitPrice: '333.00' },
    { sku: 'a*b;c@d', quantity: '0.5', unitPrice: '10.00' },
  ]);
});

test('what is no basket is none', () => {
  expect(readBasket('')).toEqual([]);
  expect(readBasket('x;AN01-1*0.0005@1;%E0%A4%A*1@1.00;ok*1@5.00')).toEqual([
    { sku: 'ok', quantity: '1', unitPrice: '5.00' },
  ]);
});

test('the same product again is one more of it', () => {
  const [line] = withProduct([socks], { sku: 'AN01-1', name: 'Носки', price: '333.00' });
  expect(line?.quantity).toBe('4');
  expect(withProduct([socks], { sku: 'b', name: 'Б', price: null }).at(-1)).toEqual({
    sku: 'b',
    name: 'Б',
    quantity: '1',
    unitPrice: '0.00',
  });
});

test.each([
  ['1,5', 3, '1.5'],
  ['2', 3, '2'],
  ['1 990,5', 2, '1990.50'],
  ['пять', 2, null],
  ['-1', 2, null],
])('%j with %i digits is %j', (text, digits, value) => {
  expect(decimal(text, digits)).toBe(value);
});
