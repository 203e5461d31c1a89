import type { AttributeTest, Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import type { AttributeDefinitionRecord } from '../../../profiles/index.ts';
import { readSurroundings } from '../../language/index.ts';
import { askBothWays } from '../../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../../testing/loyalty.builders.ts';
import { aContext, aShop } from '../../../testing/orders.builders.ts';
import { anAttribute, aPersonWith } from '../../../testing/segments.builders.ts';
import { attribute } from './attribute.ts';

const db = useTestDatabase();

async function holds(
  type: AttributeDefinitionRecord['type'],
  value: unknown,
  asked: AttributeTest,
): Promise<boolean> {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const code = await anAttribute(ctx, type);
  const attributes = value === undefined ? {} : { [code]: value };
  const person = await aPersonWith(ctx, shop, { attributes: attributes });
  return (await askBothWays(ctx, person, { leaf: 'ATTRIBUTE', attribute: code, test: asked })).holds;
}

test.each<[AttributeDefinitionRecord['type'], unknown, AttributeTest, boolean]>([
  ['TEXT', 'Чёрный чай', { contains: 'ЧЁРН' }, true],
  ['TEXT', 'Чёрный чай', { contains: 'черн' }, false],
  ['TEXT', 'a%b', { contains: 'a_b' }, false],
  ['TEXT', 'Paris', { among: ['Rome', 'Paris'] }, true],
  ['TEXT', 'Paris', { among: ['paris'] }, false],
  ['TEXT', 7, { among: ['7'] }, false],
  ['TEXT', undefined, { among: ['Paris'] }, false],
  ['CHOICE', 'black', { among: ['black'] }, true],
  ['MULTI_CHOICE', ['black', 'red'], { among: ['white', 'red'] }, true],
  ['MULTI_CHOICE', ['black', 'red'], { among: ['white'] }, false],
  ['MULTI_CHOICE', ['black'], { contains: 'black' }, true],
  ['MULTI_CHOICE', 'black', { among: ['black'] }, false],
  ['NUMBER', 42.5, { range: { least: 42.5, most: 42.5 } }, true],
  ['NUMBER', 0.1, { range: { most: 0.1 } }, true],
  ['NUMBER', -3, { range: { least: -2 } }, false],
  ['NUMBER', '42', { range: { least: 0 } }, false],
  ['NUMBER', undefined, { range: { most: 5 } }, false],
  ['BOOLEAN', true, { is: true }, true],
  ['BOOLEAN', false, { is: false }, true],
  ['BOOLEAN', undefined, { is: false }, false],
  ['BOOLEAN', 'true', { is: true }, false],
  ['TEXT', 'x', { known: true }, true],
  ['TEXT', null, { known: true }, false],
  ['TEXT', null, { known: false }, true],
  ['NUMBER', undefined, { known: false }, true],
  ['DATE', '2026-02-30', { moments: { kind: 'ALWAYS' } }, false],
  ['DATE', '2026-2-3', { moments: { kind: 'ALWAYS' } }, false],
  ['DATE', 'nonsense', { moments: { kind: 'ALWAYS' } }, false],
  ['DATE', '2027-01-01', { moments: { kind: 'ALWAYS' } }, true],
  ['DATE', '2026-11-01', { moments: { kind: 'CALENDAR', unit: 'MONTH' } }, true],
  ['DATE', '2026-12-01', { moments: { kind: 'CALENDAR', unit: 'MONTH' } }, false],
  // Questions an attribute of the type cannot be asked.
  ['NUMBER', 42, { among: ['42'] }, false],
  ['DATE', '2026-11-01', { contains: '2026' }, false],
  ['TEXT', '2026-11-01', { moments: { kind: 'ALWAYS' } }, false],
])('%s %j, asked %j: %s', async (type, value, asked, expected) => {
  expect(await holds(type, value, asked)).toBe(expected);
});

test('a day counts from its midnight where the shopper is', async () => {
  const ctx = aContext(db.database, '2026-11-20T12:00:00Z');
  const shop = await aShop(ctx);
  const code = await anAttribute(ctx, 'DATE');
  const person = await aPersonWith(ctx, shop, { attributes: { [code]: '2026-11-13' } });
  const condition: Condition = {
    leaf: 'ATTRIBUTE',
    attribute: code,
    test: { moments: { kind: 'ROLLING', days: 10 } },
  };
  expect(await askBothWays(ctx, person, condition)).toEqual({
    holds: true,
    value: '2026-11-13',
    flipsAt: new Date('2026-11-22T21:00:00Z'),
    nextCheckAt: new Date('2026-11-22T21:00:00Z'),
  });
});

test('what tells who somebody is, is judged and not shown', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const code = await anAttribute(ctx, 'TEXT', { personal: true });
  const person = await aPersonWith(ctx, shop, { attributes: { [code]: 'secret' } });
  const asked = await askBothWays(ctx, person, {
    leaf: 'ATTRIBUTE',
    attribute: code,
    test: { among: ['secret'] },
  });
  expect(asked).toMatchObject({ holds: true, value: true });
});

test('an attribute that is unknown, put away or of another type is missing', async () => {
  const ctx = aContext(db.database);
  const number = await anAttribute(ctx, 'NUMBER');
  const gone = await anAttribute(ctx, 'NUMBER', { archived: true });
  const surroundings = await readSurroundings(ctx, new Map());
  const missing = (code: string, asked: AttributeTest) =>
    attribute.missing?.(ctx, { attribute: code, test: asked }, surroundings);
  expect(await missing(number, { range: { least: 1 } })).toEqual([]);
  expect(await missing(number, { known: false })).toEqual([]);
  expect(await missing(number, { contains: '1' })).toEqual([{ kind: 'ATTRIBUTE', value: number }]);
  expect(await missing(gone, { range: { least: 1 } })).toEqual([{ kind: 'ATTRIBUTE', value: gone }]);
  expect(await missing('constructor', { known: true })).toEqual([
    { kind: 'ATTRIBUTE', value: 'constructor' },
  ]);
});
