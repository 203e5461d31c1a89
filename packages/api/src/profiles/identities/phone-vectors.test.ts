import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { sharedData, sharedDataMissing } from '../../testing/shared-data.ts';
import { parsePhone } from './phone.ts';

/** Every published example: a person's kinds are read to the same number, the others are nobody's. */
const PERSONS = ['fixedLine', 'mobile', 'personalNumber', 'voip'];

test.skipIf(sharedDataMissing)('example numbers of every country and kind (needs ../shared/data)', () => {
  const rows: { type: string; e164: string }[] = parse(
    readFileSync(sharedData('phones/example_numbers.csv')),
    { columns: true },
  );
  // Three examples are older than the library's present plan: of no valid kind any more.
  const outdated = rows.filter(({ e164 }) => !parsePhoneNumberFromString(e164)?.isValid());
  expect(outdated.length).toBe(3);
  const counts = { read: 0, nobodys: 0 };
  for (const { type, e164 } of rows) {
    if (outdated.some((one) => one.e164 === e164)) continue;
    const phone = parsePhone(e164, 'RU');
    if (PERSONS.includes(type)) {
      expect(phone?.e164, e164).toBe(e164);
      counts.read += 1;
    } else {
      expect(phone, e164).toBeNull();
      counts.nobodys += 1;
    }
  }
  expect(counts).toEqual({ read: 649, nobodys: 492 });
});

/** Why a vector of the library's own tests is no phone to us, the first that fits. */
const REFUSED: [string, (input: string, e164: string) => boolean][] = [
  ['an invalid number', (_input, e164) => !parsePhoneNumberFromString(e164)?.isValid()],
  [
    'free, shared or costly',
    (_input, e164) =>
      ['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST'].includes(
        parsePhoneNumberFromString(e164)?.getType() ?? '',
      ),
  ],
  ['a phone-context of RFC 3966', (input) => input.includes('phone-context')],
  ['an extension: a switchboard, not a person', (input) => /(ext|xt|int|доб|#|x\.? ?\d|~ \d)/i.test(input)],
  ['words around it', (input) => /^[a-z]+: \+/i.test(input)],
  ['an international prefix after a plus', (input) => /^\+\s*0/.test(input)],
  ['two plus signs', (input) => input.startsWith('++')],
  ['placeholders of a carrier', (input) => input.includes('xx')],
];

test.skipIf(sharedDataMissing)('the library’s own parsing vectors (needs ../shared/data)', () => {
  const [, ...rows]: string[][] = parse(readFileSync(sharedData('phones/parse_vectors.csv')));
  const counts: Record<string, number> = { agree: 0 };
  for (const [input = '', region = '', e164 = ''] of rows) {
    const phone = parsePhone(input, region);
    if (phone !== null) {
      expect(phone.e164, input).toBe(e164);
      counts['agree'] = (counts['agree'] ?? 0) + 1;
      continue;
    }
    const [why] = REFUSED.find(([, fits]) => fits(input, e164)) ?? [`unexplained: ${input}`];
    counts[why] = (counts[why] ?? 0) + 1;
  }
  // Never another number than expected; what is refused is refused on purpose.
  expect(counts).toEqual({
    agree: 41,
    'a phone-context of RFC 3966': 4,
    'an extension: a switchboard, not a person': 17,
    'an international prefix after a plus': 3,
    'an invalid number': 15,
    'free, shared or costly': 9,
    'placeholders of a carrier': 1,
    'two plus signs': 1,
    'words around it': 1,
  });
});
