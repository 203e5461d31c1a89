import { expect, test } from 'vitest';
import { addKey, characterOf, scanAt } from './wedge.ts';
import type { Burst, WedgePlace } from './wedge.ts';

/** Types the text on a US keyboard with so many milliseconds between the keys. */
function typed(codes: readonly string[], gap: number): { burst: Burst | null; at: number } {
  let burst: Burst | null = null;
  let at = 1000;
  for (const code of codes) {
    burst = addKey(burst, { code, shift: false, at });
    at += gap;
  }
  return { burst, at };
}

const digits = (text: string): string[] => [...text].map((digit) => `Digit${digit}`);

function scanned(codes: readonly string[], gap: number, place: WedgePlace): string | null {
  const { burst, at } = typed(codes, gap);
  return scanAt(burst, at, place);
}

test('a scanner is read by the places of the keys, whatever the layout', () => {
  expect(scanned(['KeyD', 'KeyR', 'KeyS', 'Minus', ...digits('1001')], 10, 'nowhere')).toBe('drs-1001');
  expect(characterOf({ code: 'KeyD', shift: true, at: 0 })).toBe('D');
  expect(characterOf({ code: 'Numpad7', shift: false, at: 0 })).toBe('7');
  expect(characterOf({ code: 'Digit3', shift: true, at: 0 })).toBe('#');
});

test('control keys inside a scan are dropped', () => {
  expect(scanned(['ShiftLeft', ...digits('46000'), 'ControlLeft', ...digits('00022')], 10, 'nowhere')).toBe(
    '4600000022',
  );
});

test.each([
  [20, '4600000000022'],
  [80, '4600000000022'],
  [81, null],
  [150, null],
])('%s ms between keys', (gap, expected) => {
  expect(scanned(digits('4600000000022'), gap, 'nowhere')).toBe(expected);
});

test('a pause before Enter means a hand', () => {
  const { burst, at } = typed(digits('4600000000022'), 10);
  expect(scanAt(burst, at + 200, 'nowhere')).toBeNull();
});

test('a pause starts a new burst', () => {
  const { burst, at } = typed(digits('99'), 10);
  let next = burst;
  let now = at + 600;
  for (const code of digits('46000022')) {
    next = addKey(next, { code, shift: false, at: now });
    now += 10;
  }
  expect(scanAt(next, now, 'nowhere')).toBe('46000022');
});

test.each<[string, WedgePlace, string | null]>([
  ['9161234567', 'phone', null],
  ['89161234567', 'phone', null],
  ['4600000000022', 'phone', '4600000000022'],
  ['46000022', 'phone', '46000022'],
  ['123456', 'code', null],
  ['4600000000022', 'code', '4600000000022'],
  ['1234567', 'number', null],
  ['4600000000022', 'number', '4600000000022'],
  ['4600000000022', 'text', null],
  ['12345', 'nowhere', null],
  ['777000111222', 'nowhere', '777000111222'],
  ['4600000000022', 'search', '4600000000022'],
])('%s typed at a scanner pace in a %s field: %s', (text, place, expected) => {
  expect(scanned(digits(text), 10, place)).toBe(expected);
});

test.each<[WedgePlace, string | null]>([
  ['phone', null],
  ['search', null],
  ['nowhere', '00000022'],
])('of a scan with a hesitation in it the %s field keeps the whole', (place, expected) => {
  const { burst, at } = typed(digits('46000'), 10);
  let next = burst;
  let now = at + 200;
  for (const code of digits('00000022')) {
    next = addKey(next, { code, shift: false, at: now });
    now += 10;
  }
  expect(scanAt(next, now, place)).toBe(expected);
});
