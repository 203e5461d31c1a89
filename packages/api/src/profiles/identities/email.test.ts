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

/**
 * Where we say otherwise than isemail, and why, by its diagnosis. To us an address is right when mail could reach a
 * person by it: its VALID and its DNSWARN (right, but without a mail server on the day of the test).
 */
const OTHERWISE: Record<string, number> = {
  // `test@io`: a country has no mail of its own; a name without a dot is a slip of the finger.
  ISEMAIL_VALID: 1,
  // A top-level domain of one letter or with a hyphen does not exist; one of 255 signs and more reaches nobody.
  ISEMAIL_DNSWARN_NO_RECORD: 3,
  // Spaces and line ends around a pasted address are taken away, inside of it they are not.
  ISEMAIL_CFWS_FWS: 6,
  ISEMAIL_DEPREC_FWS: 2,
  ISEMAIL_ERR_EXPECTING_ATEXT: 2,
  ISEMAIL_ERR_CR_NO_LF: 2,
  ISEMAIL_ERR_FWS_CRLF_END: 8,
  ISEMAIL_ERR_FWS_CRLF_X2: 4,
};

test.skipIf(sharedDataMissing)(
  'isemail: 136 of 164 agree, the others differ on purpose (needs ../shared/data)',
  () => {
    const cases = isemailCases();
    const otherwise: Record<string, number> = {};
    for (const { address, category, diagnosis } of cases) {
      const right = category === 'ISEMAIL_VALID_CATEGORY' || category === 'ISEMAIL_DNSWARN';
      const taken = parseEmail(address) !== null;
      if (taken !== right) otherwise[diagnosis] = (otherwise[diagnosis] ?? 0) + 1;
      // What is not around the address but in it is never forgiven.
      if (taken && !right) expect(address.trim(), address).not.toBe(address);
    }
    expect(otherwise).toEqual(OTHERWISE);
    expect(cases.length).toBe(164);
  },
);

function isemailCases(): { address: string; category: string; diagnosis: string }[] {
  const xml = readFileSync(sharedData('email-isemail/tests.xml'), 'utf8');
  const inside = (text: string, tag: string) =>
    new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text)?.[1] ?? '';
  return [...xml.matchAll(/<test id="\d+">(.*?)<\/test>/gs)].map(([, one = '']) => ({
    category: inside(one, 'category'),
    diagnosis: inside(one, 'diagnosis'),
    address: inside(one, 'address')
      .replaceAll(/&#x([0-9A-Fa-f]+);/g, (_all, code: string) => String.fromCodePoint(parseInt(code, 16)))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&')
      .replaceAll(/[\u2400-\u241F]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) - 0x2400)),
  }));
}
