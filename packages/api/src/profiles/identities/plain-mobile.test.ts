import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { sharedData, sharedDataMissing } from '../../testing/shared-data.ts';
import { parseAnyPhone } from './phone.ts';
import { plainMobile } from './plain-mobile.ts';

const SPELLINGS: ((ten: string) => string)[] = [
  (ten) => `+7${ten}`,
  (ten) => `7${ten}`,
  (ten) => `8${ten}`,
  (ten) => ten,
  (ten) => `+7 (${ten.slice(0, 3)}) ${ten.slice(3, 6)}-${ten.slice(6, 8)}-${ten.slice(8)}`,
  (ten) => `8 ${ten.slice(0, 3)} ${ten.slice(3, 6)} ${ten.slice(6, 8)} ${ten.slice(8)}`,
  (ten) => `8.${ten.slice(0, 3)}.${ten.slice(3)}`,
];

/** What is read fast is read as the whole library reads it; what is not, is left to it. */
function compare(text: string, country: string): boolean {
  const fast = plainMobile(text, country);
  if (fast !== null) expect([text, country, fast]).toEqual([text, country, parseAnyPhone(text, country)]);
  return fast !== null;
}

test('every range of +7 mobiles is read as the library reads it', () => {
  let fast = 0;
  for (const start of ['9', '7'])
    for (let range = 0; range < 1_000; range += 1)
      for (const [index, spell] of SPELLINGS.entries()) {
        const ten = `${start}${String(range).padStart(3, '0')}${String(100_000 + index * 7_919)}`;
        for (const country of ['RU', 'KZ']) fast += compare(spell(ten), country) ? 1 : 0;
      }
  expect(fast).toBeGreaterThan(15_000);
});

test('the one range that is given out in parts', () => {
  for (let part = 0; part < 1_000; part += 1) compare(`+7930${String(part).padStart(3, '0')}1234`, 'RU');
  expect(plainMobile('+79300659298', 'RU')).toBeNull();
  expect(plainMobile('+79300051234', 'RU')?.e164).toBe('+79300051234');
});

test.each(['9123456789', '89123456789', '79123456789'])('elsewhere %s is another number', (text) => {
  expect(plainMobile(text, 'US')).toBeNull();
});

test.skipIf(sharedDataMissing)('all numbers of libphonenumber’s own tests (needs ../shared/data)', () => {
  const rows: Record<string, string>[] = parse(readFileSync(sharedData('phones/formatted_variants.csv')), {
    columns: true,
  });
  let fast = 0;
  for (const row of rows)
    for (const text of Object.values(row))
      for (const country of ['RU', 'KZ', row['region'] ?? '']) fast += compare(text, country) ? 1 : 0;
  expect(fast).toBeGreaterThan(10);
});
