import { expect, test } from 'vitest';
import { readPersonValues } from './person-values.ts';

const TODAY = '2026-11-22';

test('names are trimmed and composed; an empty one is not known', () => {
  const { patch, problems } = readPersonValues(
    { givenName: '  Йо\u0308нас   Мария ', familyName: ' ', patronymic: null },
    TODAY,
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
  [{ attributes: [] }, 'attributes', 'FORMAT'],
  [{ attributes: 'x' }, 'attributes', 'FORMAT'],
  [{ attributes: JSON.parse('{"__proto__":{"admin":true}}') as unknown }, 'attributes', 'FORMAT'],
  [{ attributes: { deep: [{ constructor: 1 }] } }, 'attributes', 'FORMAT'],
  [{ attributes: { text: 'a\u0000b' } }, 'attributes', 'FORMAT'],
  [{ attributes: { text: 'x'.repeat(20_000) } }, 'attributes', 'TOO_MANY'],
])('%j is refused at %s: %s', (input, field, code) => {
  const { patch, problems } = readPersonValues(input, TODAY);
  expect(problems).toMatchObject([{ path: [field], code }]);
  expect(patch).toEqual({});
});

test('somebody may be born today', () => {
  expect(readPersonValues({ birthDate: TODAY }, TODAY).patch).toEqual({ birthDate: TODAY });
});
