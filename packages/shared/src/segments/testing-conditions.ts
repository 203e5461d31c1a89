import * as fc from 'fast-check';
import { BOUNDS_OF_CONDITION } from './condition.ts';
import type { Condition, Leaf } from './condition.ts';
import { isAsked, unitOf } from './field.ts';
import type { Field, RangeUnit, ReferenceKind } from './field.ts';
import type { LeafCode } from './leaf-args.ts';
import { fieldsOf, LEAF_CODES } from './leaves.ts';

/** For tests: random conditions without problems, made of the same table that checks them. */
export function aRandomCondition(): fc.Arbitrary<Condition> {
  const { node } = fc.letrec<{ node: Condition; group: Condition }>((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, aRandomLeaf(), tie('group')),
    group: fc.oneof(
      fc.record({
        group: fc.constantFrom('ALL', 'ANY', 'NONE'),
        of: fc.array(tie('node'), { maxLength: 4 }),
      }),
      fc
        .array(tie('node'), { minLength: 1, maxLength: 4 })
        .chain((of) =>
          fc.integer({ min: 1, max: of.length }).map((k): Condition => ({ group: 'AT_LEAST', k, of })),
        ),
    ),
  }));
  return node.filter((condition) => JSON.stringify(condition).length < BOUNDS_OF_CONDITION.list);
}

export function aRandomLeaf(): fc.Arbitrary<Leaf> {
  return fc.oneof(...LEAF_CODES.map(leafOfCode));
}

export function leafOfCode(code: LeafCode): fc.Arbitrary<Leaf> {
  const choices = fieldsOf(code).filter(([, { type }]) => type === 'choice');
  const chosen = fc.record(Object.fromEntries(choices.map(([name, field]) => [name, valueOf(field, {})])));
  return chosen
    .chain((known) => {
      const asked = fieldsOf(code).filter(([name, field]) => !(name in known) && isAsked(field, known));
      const values = asked.map(([name, field]) => [name, valueOf(field, known)] as const);
      const needed = asked.flatMap(([name, { optional }]) => (optional === true ? [] : [name]));
      return fc
        .record(Object.fromEntries(values), { requiredKeys: needed })
        .map((others) => ({ leaf: code, ...known, ...others }) as Leaf);
    })
    .filter((leaf) => leaf.leaf !== 'BUCKET' || leaf.from < leaf.to)
    .filter((leaf) => leaf.leaf !== 'PURCHASES' || leaf.purchases?.paid === undefined);
}

const text = fc.constantFrom('shoes', 'Обувь', 'a+b', '0', "O'Neil", 'size 42');
const texts = fc.uniqueArray(text, { minLength: 1, maxLength: 3 });
const name = fc.constantFrom('city', 'цвет', 'shoe_size');
const id = fc.uuid();

const REFERENCES: { readonly [Kind in ReferenceKind]: fc.Arbitrary<string> } = {
  STORE: text,
  PRODUCT: text,
  CATEGORY: text,
  ATTRIBUTE: name,
  SEGMENT: id,
  SNAPSHOT: id,
  POOL: id,
  PROGRAM: id,
  TIER: text,
  MODEL: id,
  EVENT: fc.constantFrom('VISIT', 'VIEW_PRODUCT'),
};

const moments = fc.oneof(
  fc.constant({ kind: 'ALWAYS' }),
  fc.record({ kind: fc.constant('ROLLING'), days: fc.integer({ min: 1, max: 36_500 }) }),
  fc.record({ kind: fc.constant('ROLLING'), endedDays: fc.integer({ min: 1, max: 36_500 }) }),
  fc.record(
    {
      kind: fc.constant('CALENDAR'),
      unit: fc.constantFrom('DAY', 'MONTH', 'YEAR'),
      back: fc.integer({ min: 0, max: 100 }),
    },
    { requiredKeys: ['kind', 'unit'] },
  ),
  fc.constant({ kind: 'ABSOLUTE', from: '2026-01-01T00:00:00+03:00', to: '2026-02-01T00:00:00+03:00' }),
);
const goods = fc.record(
  { categories: texts, skus: texts, attributes: fc.dictionary(name, texts, { minKeys: 1, maxKeys: 2 }) },
  { requiredKeys: ['categories'] },
);
const purchases = fc.record(
  {
    goods: fc.record({ only: goods, except: goods }, { requiredKeys: [] }),
    stores: texts,
    channels: fc.subarray(['STORE', 'ONLINE'], { minLength: 1 }),
    codePools: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
    paid: fc.constant({ least: 1, currency: 'RUB' }),
  },
  { requiredKeys: [] },
);

function rangeOf(unit: RangeUnit): fc.Arbitrary<unknown> {
  const most = unit === 'YEARS' ? 150 : 1_000_000;
  const number = unit === 'NUMBER' ? fc.double({ min: -1e9, max: 1e9, noNaN: true }) : fc.nat(most);
  return fc.oneof(
    number.map((least) => ({ least })),
    number.map((edge) => ({ most: edge })),
    fc.tuple(number, number).map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b) })),
  );
}

function valueOf(field: Field, args: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'text':
      return text;
    case 'name':
      return name;
    case 'reference':
      return REFERENCES[field.to];
    case 'references':
      return fc.uniqueArray(REFERENCES[field.to], { minLength: 1, maxLength: 3 });
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'choices':
      return fc.subarray([...field.options], { minLength: 1 });
    case 'range':
      return rangeOf(unitOf(field.unit, args));
    case 'count':
    case 'days':
    case 'basisPoints':
      return fc.integer({ min: field.least, max: field.most });
    default:
      return OTHERS[field.type];
  }
}

const OTHERS = {
  texts,
  moments,
  purchases,
  goods,
  flag: fc.boolean(),
  scores: fc.subarray([1, 2, 3, 4, 5]),
  currency: fc.constantFrom('RUB', 'KZT', 'GBP'),
  attributeTest: fc.oneof(
    fc.record({ known: fc.boolean() }),
    fc.record({ among: texts }),
    fc.record({ contains: text }),
    fc.record({ range: rangeOf('NUMBER') }),
    fc.record({ is: fc.boolean() }),
    fc.record({ moments }),
  ),
  propertyTests: fc.array(
    fc.oneof(
      fc.record({ property: name, among: texts }),
      fc.record({ property: name, range: rangeOf('NUMBER') }),
    ),
    { maxLength: 2 },
  ),
};
