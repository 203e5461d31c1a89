import { expect, test } from 'vitest';
import { groupPhone, isWholePhone, phoneDigits } from './phone.ts';

test.each([
  ['9161234567', '916 123-45-67'],
  ['89161234567', '8 916 123-45-67'],
  ['79161234567', '7 916 123-45-67'],
  ['+79161234567', '+7 916 123-45-67'],
  ['+442079460958', '+442079460958'],
  ['9161', '916 1'],
  ['', ''],
])('%s is shown as "%s"', (typed, shown) => {
  expect(groupPhone(typed)).toBe(shown);
});

test('what is shown is typed back as the same digits', () => {
  expect(phoneDigits(groupPhone('+79161234567'))).toBe('+79161234567');
});

test.each([
  ['916123456', false],
  ['9161234567', true],
  ['+4420794', false],
  ['+44207946', true],
])('%s is whole: %s', (typed, whole) => {
  expect(isWholePhone(typed)).toBe(whole);
});
