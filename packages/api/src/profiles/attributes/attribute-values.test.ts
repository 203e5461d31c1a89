import { describe, expect, test } from 'vitest';
import type { AttributeType } from './attribute-definition.entity.ts';
import { attributeFromText, readAttributeValues, type KnownAttribute } from './attribute-values.ts';

const SIZES = [{ code: 's' }, { code: 'm' }];

const define = (code: string, type: AttributeType, archived = false): [string, KnownAttribute] => [
  code,
  { code, type, choices: SIZES, archived },
];

const DEFINED = new Map([
  define('note', 'TEXT'),
  define('shoe', 'NUMBER'),
  define('pets', 'BOOLEAN'),
  define('wedding', 'DATE'),
  define('size', 'CHOICE'),
  define('likes', 'MULTI_CHOICE'),
  define('gone', 'TEXT', true),
]);

describe('readAttributeValues', () => {
  test('values of every type are taken as they are', () => {
    const values = {
      note: ' <script>alert(1)</script>\n',
      shoe: 42.5,
      pets: false,
      wedding: '2024-02-29',
      size: 'm',
      likes: ['m', 's'],
    };
    expect(readAttributeValues(DEFINED, values)).toEqual({ values, problems: [] });
  });

  test.each([
    ['note', 5, 'FORMAT'],
    ['note', 'x'.repeat(1_001), 'FORMAT'],
    ['shoe', '42', 'FORMAT'],
    ['pets', 'yes', 'FORMAT'],
    ['wedding', '2023-02-29', 'FORMAT'],
    ['size', 'xxl', 'UNKNOWN'],
    ['size', ['s'], 'FORMAT'],
    ['likes', 's', 'FORMAT'],
    ['likes', ['s', 's'], 'FORMAT'],
    ['likes', ['s', 'xxl'], 'UNKNOWN'],
    ['gone', 'x', 'UNKNOWN'],
    ['colour', 'red', 'UNKNOWN'],
    ['toString', 'x', 'UNKNOWN'],
  ])('%s: %j is refused, its neighbour is not', (code, value, problem) => {
    const read = readAttributeValues(DEFINED, { [code]: value, pets: code === 'pets' ? value : true });
    expect(read.problems.map((one) => [one.path, one.code])).toEqual([[['attributes', code], problem]]);
    expect(read.values).toEqual(code === 'pets' ? {} : { pets: true });
  });

  test('null forgets', () => {
    expect(readAttributeValues(DEFINED, { size: null, shoe: null })).toEqual({
      values: { size: null, shoe: null },
      problems: [],
    });
  });

  test.each([
    '{"__proto__": {"x": 1}}',
    '{"note": {"constructor": 1}}',
    '{"prototype": 1}',
    '{"note": "\\u0000"}',
  ])('%s is refused, with definitions and without', (json) => {
    for (const definitions of [DEFINED, new Map<string, KnownAttribute>()])
      expect(readAttributeValues(definitions, JSON.parse(json))).toMatchObject({
        values: {},
        problems: [{ code: 'FORMAT' }],
      });
  });

  test('where nothing is defined any JSON is taken', () => {
    const values = { anything: { goes: [1, 'two'] } };
    expect(readAttributeValues(new Map(), values)).toEqual({ values, problems: [] });
  });

  test.each([null, 'text', 5, [1]])('%j is no set of values', (input) => {
    expect(readAttributeValues(DEFINED, input).problems).toMatchObject([
      { path: ['attributes'], code: 'FORMAT' },
    ]);
  });

  test('a profile holds only so much', () => {
    expect(readAttributeValues(new Map(), { a: 'x'.repeat(20_000) }).problems).toMatchObject([
      { code: 'TOO_MANY' },
    ]);
  });
});

test.each<[AttributeType, string, unknown]>([
  ['NUMBER', ' 1 234,5 ', 1234.5],
  ['NUMBER', '1e9', '1e9'],
  ['BOOLEAN', 'Да', true],
  ['BOOLEAN', 'no', false],
  ['BOOLEAN', 'maybe', 'maybe'],
  ['DATE', '31.12.2026', '2026-12-31'],
  ['DATE', '2026-12-31', '2026-12-31'],
  ['CHOICE', ' m ', 'm'],
  ['MULTI_CHOICE', 's; m;s', ['s', 'm']],
  ['TEXT', '  ', null],
])('a cell of %s: %j is %j', (type, text, value) => {
  expect(attributeFromText({ type }, text)).toEqual(value);
});
