import { describe, expect, it } from 'vitest';
import { conditionProblems } from './index.ts';

const ALWAYS = { kind: 'ALWAYS' };
const id = '0190a000-0000-7000-8000-000000000001';

function problemsOf(value: unknown): string[] {
  return conditionProblems(value).map(({ path, code }) => `${path.join('.')} ${code}`);
}

/** Groups within groups, a leaf at the bottom. */
function nested(depth: number): unknown {
  let value: unknown = { leaf: 'DO_NOT_DISTURB' };
  for (let level = 0; level < depth; level++) value = { group: 'ALL', of: [value] };
  return value;
}

function wide(leaves: number): unknown {
  return { group: 'ANY', of: Array.from({ length: leaves }, () => ({ leaf: 'DO_NOT_DISTURB' })) };
}

function purchases(args: object): unknown {
  return { leaf: 'PURCHASES', measure: 'COUNT', moments: ALWAYS, range: { least: 1 }, ...args };
}

function within(moments: unknown): unknown {
  return { leaf: 'KNOWN_SINCE', moments };
}

describe('shape of a condition', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, [' REQUIRED']],
    ['null', null, [' FORMAT']],
    ['a text', 'ALL', [' FORMAT']],
    ['a list', [], [' FORMAT']],
    ['an empty object', {}, [' REQUIRED']],
    ['something else', { leef: 'GENDER' }, ['leef UNKNOWN']],
    ['a kind nobody knows', { leaf: 'SHOE_SIZE' }, ['leaf UNKNOWN']],
    ['a kind every object knows', { leaf: 'constructor' }, ['leaf UNKNOWN']],
    ['a group nobody knows', { group: 'XOR', of: [] }, ['group UNKNOWN']],
    ['a group and a leaf at once', { group: 'ALL', of: [], leaf: 'TAG' }, ['leaf UNKNOWN']],
    ['a group of nothing', { group: 'ALL' }, ['of REQUIRED']],
    ['a group of a text', { group: 'ALL', of: 'all' }, ['of FORMAT']],
    ['a null among parts', { group: 'ALL', of: [null] }, ['of.0 FORMAT']],
    ['two of one', { group: 'AT_LEAST', k: 2, of: [{ leaf: 'DO_NOT_DISTURB' }] }, ['k RANGE']],
    ['none of some', { group: 'AT_LEAST', k: 0, of: [{ leaf: 'DO_NOT_DISTURB' }] }, ['k RANGE']],
    ['an ALL that counts', { group: 'ALL', k: 1, of: [] }, ['k UNKNOWN']],
    [
      'a prototype',
      JSON.parse('{"__proto__":{"leaf":"TAG"},"leaf":"DO_NOT_DISTURB"}'),
      ['__proto__ UNKNOWN'],
    ],
    [
      'problems deep inside',
      { group: 'ALL', of: [{ group: 'NONE', of: [{ leaf: 'GENDER', among: ['F'] }] }, { leaf: 'TAG' }] },
      ['of.0.of.0.among.0 UNKNOWN', 'of.1.tags REQUIRED'],
    ],
  ])('%s', (_, value, problems) => expect(problemsOf(value)).toEqual(problems));

  it('is everybody or nobody without parts', () => {
    expect(problemsOf({ group: 'ALL', of: [] })).toEqual([]);
    expect(problemsOf({ group: 'ANY', of: [] })).toEqual([]);
  });

  it('goes 20 groups deep and no deeper', () => {
    expect(problemsOf(nested(20))).toEqual([]);
    expect(problemsOf(nested(21))).toEqual([`${Array(20).fill('of.0').join('.')} RANGE`]);
    expect(problemsOf(nested(200))).toEqual([`${Array(20).fill('of.0').join('.')} RANGE`]);
    expect(problemsOf(nested(100_000))).toEqual([`${Array(20).fill('of.0').join('.')} RANGE`]);
  });

  it('has 500 nodes and no more', () => {
    expect(problemsOf(wide(499))).toEqual([]);
    expect(problemsOf(wide(500))).toEqual([' RANGE']);
    expect(problemsOf(wide(5_000))).toEqual([' RANGE']);
  });

  it('tells a hundred problems at most, of names cut to a hundred characters', () => {
    const wrong = conditionProblems({ leaf: 'TAG', tags: Array.from({ length: 10_000 }, () => 7) });
    expect(wrong).toHaveLength(100);
    const [long] = conditionProblems({ leaf: 'DO_NOT_DISTURB', ['x'.repeat(10_000)]: 1 });
    expect(long?.path).toEqual(['x'.repeat(100)]);
  });
});

describe('arguments of leaves', () => {
  it.each<[string, unknown, string[]]>([
    ['no genders', { leaf: 'GENDER', among: [] }, ['among REQUIRED']],
    ['one gender twice', { leaf: 'GENDER', among: ['MALE', 'MALE'] }, ['among.1 DUPLICATE']],
    ['an age of 151', { leaf: 'AGE', years: { most: 151 } }, ['years.most RANGE']],
    ['half a year', { leaf: 'AGE', years: { least: 18.5 } }, ['years.least FORMAT']],
    ['no bounds', { leaf: 'AGE', years: {} }, ['years REQUIRED']],
    ['bounds that cross', { leaf: 'AGE', years: { least: 30, most: 20 } }, ['years.most RANGE']],
    ['not a number', { leaf: 'AGE', years: { least: Number.NaN } }, ['years.least FORMAT']],
    ['a number in words', { leaf: 'AGE', years: { least: '18' } }, ['years.least FORMAT']],
    ['an unknown argument', { leaf: 'TAG', tags: ['vip'], any: true }, ['any UNKNOWN']],
    ['a NUL in a tag', { leaf: 'TAG', tags: ['a\u0000b'] }, ['tags.0 FORMAT']],
    ['half a sign', { leaf: 'TAG', tags: ['\uD800'] }, ['tags.0 FORMAT']],
    ['a blank tag', { leaf: 'TAG', tags: ['  '] }, ['tags.0 REQUIRED']],
    ['a channel nobody writes to', { leaf: 'PREFERRED_CHANNEL', channels: ['FAX'] }, ['channels.0 UNKNOWN']],
    ['an id that is none', { leaf: 'SEGMENT', segment: "' or 1=1" }, ['segment FORMAT']],
    ['an empty bucket', { leaf: 'BUCKET', seed: 'a', from: 500, to: 500 }, ['to RANGE']],
    ['a bucket of more than everybody', { leaf: 'BUCKET', seed: 'a', from: 0, to: 10_001 }, ['to RANGE']],
    [
      'a score of six',
      { leaf: 'RFM', model: id, recency: [6], frequency: [], monetary: [] },
      ['recency.0 RANGE'],
    ],
    [
      'a year around a birthday',
      { leaf: 'ANNIVERSARY', of: 'BIRTHDAY', daysBefore: 365, daysAfter: 0 },
      ['daysBefore RANGE'],
    ],
    [
      'points that expire some day',
      { leaf: 'POINTS', which: 'EXPIRING', range: { least: 1 } },
      ['withinDays REQUIRED'],
    ],
    [
      'a term of points that do not expire',
      { leaf: 'POINTS', which: 'ACTIVE', withinDays: 7, range: { least: 1 } },
      ['withinDays UNKNOWN'],
    ],
    [
      'goods that name none',
      { leaf: 'INTEREST', goods: {}, leastShare: 1, pieces: 1, halfLifeDays: 1 },
      ['goods REQUIRED'],
    ],
  ])('%s', (_, value, problems) => expect(problemsOf(value)).toEqual(problems));

  it('asks money measures for a currency, and only them', () => {
    expect(problemsOf(purchases({ measure: 'SUM', currency: 'RUB' }))).toEqual([]);
    expect(problemsOf(purchases({ measure: 'SUM' }))).toEqual(['currency REQUIRED']);
    expect(problemsOf(purchases({ currency: 'RUB' }))).toEqual(['currency UNKNOWN']);
    expect(problemsOf(purchases({ measure: 'SUM', currency: 'rub' }))).toEqual(['currency FORMAT']);
    expect(problemsOf(purchases({ measure: 'SUM', currency: ['RUB'] }))).toEqual(['currency FORMAT']);
    const paid = { paid: { least: 1, currency: 'KZT' } };
    expect(problemsOf(purchases({ measure: 'SUM', currency: 'RUB', purchases: paid }))).toEqual([
      'purchases.paid.currency RANGE',
    ]);
    expect(problemsOf(purchases({ purchases: { paid: { least: 1 } } }))).toEqual([
      'purchases.paid.currency REQUIRED',
    ]);
  });

  it('takes 10,000 values of a list and not one more, each once', () => {
    const skus = Array.from({ length: 10_000 }, (_, index) => `SKU-${index}`);
    const bought = (list: readonly string[]) => purchases({ purchases: { goods: { only: { skus: list } } } });
    expect(problemsOf(bought(skus))).toEqual([]);
    expect(problemsOf(bought([...skus, 'X']))).toEqual(['purchases.goods.only.skus RANGE']);
    const twice = skus.with(9_999, 'SKU-0');
    expect(problemsOf(bought(twice))).toEqual(['purchases.goods.only.skus.9999 DUPLICATE']);
    expect(problemsOf(bought(skus.map(() => 'SKU')))).toHaveLength(100);
  });

  it.each(['(a+)+$', "city' or '1'='1", '__proto__', 'constructor', 'a"b', '$.city', ''])(
    'takes no attribute or property %s',
    (name) => {
      const code = name === '' ? 'REQUIRED' : 'FORMAT';
      expect(problemsOf({ leaf: 'ATTRIBUTE', attribute: name, test: { known: true } })).toEqual([
        `attribute ${code}`,
      ]);
      const where = [{ property: name, among: ['x'] }];
      expect(
        problemsOf({ leaf: 'EVENT_DATE', which: 'LAST', event: 'VISIT', where, moments: ALWAYS }),
      ).toEqual([`where.0.property ${code}`]);
    },
  );

  it('takes a pattern as the plain text it is', () =>
    expect(problemsOf({ leaf: 'ATTRIBUTE', attribute: 'city', test: { contains: '(a+)+$' } })).toEqual([]));

  it.each<[string, unknown, string[]]>([
    ['no test', {}, ['test REQUIRED']],
    ['an unknown test', { like: '%' }, ['test.like UNKNOWN']],
    ['two tests', { known: true, is: true }, ['test RANGE']],
    ['two tests, one unknown', { known: true, like: '%' }, ['test.like UNKNOWN']],
    ['an endless number', { range: { most: Infinity } }, ['test.range.most FORMAT']],
    ['a number beyond counting', { range: { most: 1e300 } }, ['test.range.most RANGE']],
  ])('an attribute with %s', (_, test, problems) =>
    expect(problemsOf({ leaf: 'ATTRIBUTE', attribute: 'city', test })).toEqual(problems),
  );

  it.each<[string, object, string[]]>([
    [
      'an attribute called __proto__',
      JSON.parse('{"attributes":{"__proto__":["x"]}}'),
      ['attributes.__proto__ FORMAT'],
    ],
    ['no attributes', { attributes: {} }, ['attributes REQUIRED']],
    ['no values', { attributes: { color: [] } }, ['attributes.color REQUIRED']],
    ['no categories', { categories: [] }, ['categories REQUIRED']],
  ])('goods with %s', (_, only, problems) =>
    expect(problemsOf(purchases({ purchases: { goods: { only } } }))).toEqual(
      problems.map((each) => `purchases.goods.only.${each}`),
    ),
  );
});

describe('moments', () => {
  it.each<[string, unknown, string[]]>([
    ['none', undefined, ['moments REQUIRED']],
    ['a text', 'ALWAYS', ['moments FORMAT']],
    ['a kind nobody knows', { kind: 'SOON' }, ['moments.kind UNKNOWN']],
    ['a window without days', { kind: 'ROLLING' }, ['moments REQUIRED']],
    ['a billion days', { kind: 'ROLLING', days: 1e9 }, ['moments.days RANGE']],
    ['no day', { kind: 'ROLLING', days: 0 }, ['moments.days RANGE']],
    [
      'a window that ends when it begins',
      { kind: 'ROLLING', days: 30, endedDays: 30 },
      ['moments.endedDays RANGE'],
    ],
    ['days of always', { kind: 'ALWAYS', days: 1 }, ['moments.days UNKNOWN']],
    ['a unit nobody knows', { kind: 'CALENDAR', unit: 'DECADE' }, ['moments.unit UNKNOWN']],
    ['a year that is to come', { kind: 'CALENDAR', unit: 'YEAR', back: -1 }, ['moments.back RANGE']],
    ['a thousand years ago', { kind: 'CALENDAR', unit: 'YEAR', back: 1_000 }, ['moments.back RANGE']],
    ['no bounds', { kind: 'ABSOLUTE' }, ['moments REQUIRED']],
    ['a day without an offset', { kind: 'ABSOLUTE', from: '2026-01-01' }, ['moments.from FORMAT']],
    ['a 30 February', { kind: 'ABSOLUTE', from: '2026-02-30T12:00:00Z' }, ['moments.from FORMAT']],
    ['an hour 25', { kind: 'ABSOLUTE', from: '2026-02-28T25:00:00Z' }, ['moments.from FORMAT']],
    ['the year 0', { kind: 'ABSOLUTE', from: '0000-01-01T00:00:00Z' }, ['moments.from FORMAT']],
    [
      'an offset of no zone',
      { kind: 'ABSOLUTE', from: '2026-01-01T00:00:00+20:00' },
      ['moments.from FORMAT'],
    ],
    [
      'bounds that cross',
      { kind: 'ABSOLUTE', from: '2026-01-01T00:00:00Z', to: '2026-01-01T03:00:00+03:00' },
      ['moments.to RANGE'],
    ],
  ])('%s', (_, moments, problems) => expect(problemsOf(within(moments))).toEqual(problems));

  it('take a window that ended before now', () =>
    expect(problemsOf(within({ kind: 'ROLLING', days: 90, endedDays: 30 }))).toEqual([]));
});
