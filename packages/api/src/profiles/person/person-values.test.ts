import { expect, test } from 'vitest';
import { readPersonValues } from './person-values.ts';

const TODAY = '2026-11-22';
const FACTS = { today: TODAY, attributes: new Map(), stores: new Map([['msk-1', 'store-1']]) };

test('names are trimmed and composed; an empty one is not known', () => {
  const { patch, problems } = readPersonValues(
    { givenName: '  Йо\u0308нас   Мария ', familyName: ' ', patronymic: null },
    FACTS,
  );
  expect(patch).toEqual({ givenName: 'Й\u04E7нас Мария', familyName: null, patronymic: null });
  expect(problems).toEqual([]);
});

test.each([
  [{ givenName: 'x'.repeat(101) }, 'givenName', 'FORMAT'],
  [{ familyName: 'Иван\r\nПетров\u0000' }, 'familyName', 'FORMAT'],
  [{ birthDate: '1990-02-30' }, 'birthDate', 'FORMAT'],
  [{ birthDate: '01.02.1990' }, 'birthDate', 'FORMAT'],
  [{ birthDate: '1899-12-31' }, 'birthDate', 'RANGE'],
  [{ birthDate: '2026-11-23' }, 'birthDate', 'RANGE'],
  [{ tags: Array.from({ length: 101 }, (_, index) => `t${index}`) }, 'tags', 'TOO_MANY'],
  [{ tags: ['ok', ''] }, 'tags', 'FORMAT'],
  [{ tags: ['x'.repeat(65)] }, 'tags', 'FORMAT'],
  [{ givenName: '\uD83D' }, 'givenName', 'FORMAT'],
  [{ preferredStoreCode: 'nowhere' }, 'preferredStoreCode', 'UNKNOWN'],
  [{ preferredChannel: 'PIGEON' }, 'preferredChannel', 'UNKNOWN'],
  [{ attributes: [] }, 'attributes', 'FORMAT'],
  [{ attributes: 'x' }, 'attributes', 'FORMAT'],
  [{ attributes: JSON.parse('{"__proto__":{"admin":true}}') as unknown }, 'attributes', 'FORMAT'],
  [{ attributes: { deep: [{ constructor: 1 }] } }, 'attributes', 'FORMAT'],
  [{ attributes: { text: 'a\u0000b' } }, 'attributes', 'FORMAT'],
  [{ attributes: { text: 'x'.repeat(20_000) } }, 'attributes', 'TOO_MANY'],
])('%j is refused at %s: %s', (input, field, code) => {
  const { patch, problems } = readPersonValues(input, FACTS);
  expect(problems.map((one) => [one.path[0], one.code])).toEqual([[field, code]]);
  expect(patch).toEqual({});
});

test('somebody may be born today', () => {
  expect(readPersonValues({ birthDate: TODAY }, FACTS).patch).toEqual({ birthDate: TODAY });
});

test('a tag in other capitals is the same tag, its first spelling stays', () => {
  expect(readPersonValues({ tags: [' VIP ', 'vip', 'Любит  кофе', 'любит кофе'] }, FACTS).patch).toEqual({
    tags: ['VIP', 'Любит кофе'],
  });
});

test('a store is named by its code, a channel by its name; no answer clears', () => {
  expect(
    readPersonValues({ preferredStoreCode: 'msk-1', preferredChannel: 'VIBER', doNotDisturb: true }, FACTS)
      .patch,
  ).toEqual({ preferredStoreId: 'store-1', preferredChannel: 'VIBER', doNotDisturb: true });
  expect(
    readPersonValues({ preferredStoreCode: null, preferredChannel: null, doNotDisturb: null }, FACTS).patch,
  ).toEqual({ preferredStoreId: null, preferredChannel: null, doNotDisturb: false });
});
