import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { sharedData, sharedDataMissing } from '../../testing/shared-data.ts';
import { parsePhone } from './phone.ts';

const SPELLINGS = [
  '+79123456789',
  '89123456789',
  '79123456789',
  '9123456789',
  '8 (912) 345-67-89',
  '+7 912 345-67-89',
  '8-912-345-67-89',
  '  8.912.345.67.89  ',
  'tel:+7-912-345-67-89',
  '８９１２３４５６７８９',
  '＋７（９１２）３４５－６７－８９',
  '\u202A+7 912 345-67-89\u202C',
  '\u200F8 (912)\u00A0345\u201167\u201189\uFEFF',
  '٨٩١٢٣٤٥٦٧٨٩',
];

test.each(SPELLINGS)('one phone in every spelling: %s', (spelling) => {
  expect(parsePhone(spelling, 'RU')).toEqual({
    e164: '+79123456789',
    masked: '+7 ••• •••-67-89',
    takesCodes: true,
    country: 'RU',
  });
});

test.each([
  '',
  '   ',
  '123',
  '8912345678',
  '891234567890123',
  'позвоните 89123456789',
  '89123456789 доб. 12',
  '8912345\u000067 89',
  '89123456789\n89123456780',
  '++79123456789',
  '+7 000 000-00-00',
  'DROP TABLE identity',
  '8 912 3456789; 8 912 3456780',
])('what is no phone of one person: %j', (text) => {
  expect(parsePhone(text, 'RU')).toBeNull();
});

test.each([
  ['+77011234567', 'KZ', true],
  ['+375291234567', 'BY', true],
  ['+447400123456', 'GB', true],
  ['+74951234567', 'RU', false],
  ['84951234567', 'RU', false],
])('the country is the number’s own: %s is of %s, takes codes: %s', (text, country, takesCodes) => {
  expect(parsePhone(text, 'RU')).toMatchObject({ country, takesCodes });
});

test.each(['88001234567', '88091234567', '+18005550123', '+449098790000'])(
  'nobody is behind a number that is free, shared or costs: %s',
  (text) => {
    expect(parsePhone(text, 'RU')).toBeNull();
  },
);

test('ten thousand digits are refused without being read', () => {
  expect(parsePhone('9'.repeat(10_000), 'RU')).toBeNull();
});

interface Variant {
  region: string;
  type: string;
  e164: string;
  national: string;
  international: string;
  rfc3966: string;
  from_ru: string;
  from_us: string;
  valid: string;
}

const NOT_A_PERSON = new Set(['premiumRate', 'sharedCost', 'tollFree', 'uan', 'pager', 'voicemail']);

test.skipIf(sharedDataMissing)(
  'numbers of the whole world as people write them (needs ../shared/data)',
  () => {
    const variants: Variant[] = parse(readFileSync(sharedData('phones/formatted_variants.csv')), {
      columns: true,
    });
    let read = 0;
    for (const variant of variants.filter(({ valid }) => valid === '1')) {
      const forms: [string, string][] = [
        [variant.e164, 'RU'],
        [variant.international, 'RU'],
        [variant.rfc3966, 'RU'],
        [variant.national, variant.region],
        [variant.from_ru, 'RU'],
        [variant.from_us, 'US'],
      ];
      for (const [form, country] of forms) {
        const phone = parsePhone(form, country);
        if (phone === null) expect(NOT_A_PERSON, `${form} in ${country}`).toContain(variant.type);
        else expect(phone.e164, `${form} in ${country}`).toBe(variant.e164);
        read += 1;
      }
    }
    expect(read).toBeGreaterThan(3_000);
  },
);
