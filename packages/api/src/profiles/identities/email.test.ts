import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sharedData, sharedDataMissing } from '../../testing/shared-data.ts';
import { parseEmail } from './email.ts';

test.each([
  ['Anna.Petrova@Mail.RU', 'anna.petrova@mail.ru', 'a•••@mail.ru'],
  [' anna+shop@пример.рф ', 'anna+shop@xn--e1afmkfd.xn--p1ai', 'a•••@xn--e1afmkfd.xn--p1ai'],
  ['ａｎｎａ＠ｍａｉｌ．ｒｕ', 'anna@mail.ru', 'a•••@mail.ru'],
])('%j is %s', (text, address, masked) => {
  expect(parseEmail(text)).toEqual({ address, masked });
});

test.each([
  '',
  'anna',
  '@mail.ru',
  'anna@',
  'anna@localhost',
  'anna@mail..ru',
  '.anna@mail.ru',
  'anna@[127.0.0.1]',
  'anna@127.0.0.1',
  'anna@0x7f000001',
  '"anna"@mail.ru',
  'anna@mail.ru\r\nBcc: all@mail.ru',
  'anna@mail.ru, boris@mail.ru',
  'anna\u0000@mail.ru',
  'anna@mail.ru/path',
  'anna@mail.ru#x',
  'анна@mail.ru',
])('what is no address: %j', (text) => {
  expect(parseEmail(text)).toBeNull();
});

test.each([
  ['before the @', `${'a'.repeat(65)}@mail.ru`],
  ['in one label', `a@${'b'.repeat(64)}.ru`],
  ['in all', 'x'.repeat(10_000)],
])('too long %s', (_where, text) => {
  expect(parseEmail(text)).toBeNull();
});

test.skipIf(sharedDataMissing)('the cases of isemail (needs ../shared/data)', () => {
  const xml = readFileSync(sharedData('email-isemail/tests.xml'), 'utf8');
  const cases = [...xml.matchAll(/<address>(.*?)<\/address>.*?<category>(\w+)<\/category>/gs)];
  const counts = { refused: 0, taken: 0 };
  for (const [, raw = '', category] of cases) {
    const address = raw
      .replaceAll(/&#x([0-9A-Fa-f]+);/g, (_all, code: string) => String.fromCodePoint(parseInt(code, 16)))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replaceAll(/[\u2400-\u241F]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) - 0x2400));
    // Spaces and line ends around a pasted address are forgiven here.
    if (address !== address.trim()) continue;
    if (category === 'ISEMAIL_ERR') {
      expect(parseEmail(address), address).toBeNull();
      counts.refused += 1;
    } else if (parseEmail(address) !== null) counts.taken += 1;
  }
  expect(counts).toEqual({ refused: 49, taken: 18 });
});
