import type { Condition, LeafArgs } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SEGMENT_LEAVES } from '../../../segment-leaves.ts';
import { askBothWays } from '../../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../../testing/loyalty.builders.ts';
import { aContext, aMember, aShop } from '../../../testing/orders.builders.ts';
import { someEvents, type Happened } from '../../../testing/segments.builders.ts';
import { EVERYBODY, matchingStatement, readSurroundings } from '../../language/index.ts';
import { events } from './events.ts';

const db = useTestDatabase();
const DAY = 86_400_000;
const NOW = '2026-11-20T12:00:00Z';
const ago = (days: number) => new Date(Date.parse(NOW) - days * DAY);

async function someone(happened: readonly Happened[]) {
  const ctx = aContext(db.database, NOW);
  const shop = await aShop(ctx);
  const person = await aMember(ctx, shop);
  if (happened.length > 0) await someEvents(ctx, person, happened);
  return { ctx, person };
}

const counted = (facts: Partial<LeafArgs['EVENTS']>): Condition => ({
  leaf: 'EVENTS',
  event: 'VIEW_PRODUCT',
  measure: 'COUNT',
  moments: { kind: 'ALWAYS' },
  range: { least: 1 },
  ...facts,
});

const VIEWED: Happened[] = [
  { at: ago(1), properties: { sku: 'A', price: 0.1, list: 'sale' } },
  { at: ago(2), properties: { sku: 'B', price: 0.2, list: 'sale' } },
  { at: ago(2.5), properties: { sku: 'A', price: '7.00', list: 'new' } },
  { at: ago(40), properties: { sku: null, list: 5 } },
  { at: ago(3), kind: 'VISIT', properties: { sku: 'C', price: 100 } },
];

test.each<[string, Partial<LeafArgs['EVENTS']>, number | null]>([
  ['how many', {}, 4],
  ['in the last month', { moments: { kind: 'ROLLING', days: 30 } }, 3],
  ['before that', { moments: { kind: 'ROLLING', endedDays: 30 } }, 1],
  ['a sum is exact, of numbers and of money told as text', { measure: 'SUM', property: 'price' }, 7.3],
  ['the greatest number', { measure: 'GREATEST', property: 'price' }, 7],
  ['the greatest of none', { measure: 'GREATEST', property: 'sku' }, null],
  ['different values', { measure: 'DISTINCT_VALUES', property: 'sku' }, 2],
  ['different days', { measure: 'DISTINCT_DAYS' }, 3],
  ['with a property', { where: [{ property: 'list', among: ['sale'] }] }, 2],
  ['a number among texts', { where: [{ property: 'list', among: ['5'] }] }, 1],
  ['by a range', { where: [{ property: 'price', range: { least: 0.2 } }] }, 2],
  [
    'by two properties',
    {
      where: [
        { property: 'sku', among: ['A'] },
        { property: 'list', among: ['sale', 'x'] },
      ],
    },
    1,
  ],
  ['by a property nobody has', { where: [{ property: 'constructor', among: ['x'] }] }, 0],
])('%s', async (_name, facts, value) => {
  const { ctx, person } = await someone(VIEWED);
  const range = value === null ? { least: 0 } : { least: value, most: value };
  const asked = await askBothWays(ctx, person, counted({ ...facts, range }));
  expect(asked).toMatchObject({ holds: value !== null, value });
  if (value !== null) {
    const above = counted({ ...facts, range: { least: value + 0.01 } });
    expect((await askBothWays(ctx, person, above)).holds).toBe(false);
  }
});

test('an event leaves a window to the millisecond, and comes into one that ended', async () => {
  const { ctx, person } = await someone([{ at: new Date(ago(30).getTime() + 1) }]);
  const turns = new Date(Date.parse(NOW) + 1);
  const last = counted({ moments: { kind: 'ROLLING', days: 30 } });
  const earlier = counted({ moments: { kind: 'ROLLING', endedDays: 30, days: 60 } });
  expect(await askBothWays(ctx, person, last)).toMatchObject({ holds: true, flipsAt: turns });
  expect(await askBothWays(ctx, person, earlier)).toMatchObject({ holds: false, nextCheckAt: turns });
  ctx.clock.set(turns);
  expect(await askBothWays(ctx, person, last)).toMatchObject({ holds: false, nextCheckAt: null });
  expect(await askBothWays(ctx, person, earlier)).toMatchObject({
    holds: true,
    flipsAt: new Date(turns.getTime() + 30 * DAY),
  });
});

test('a day on the site is a day of the company', async () => {
  const { ctx, person } = await someone([
    { at: new Date('2026-11-19T20:59:59.999Z') },
    { at: new Date('2026-11-19T21:00:00.000Z') },
  ]);
  const today = counted({ moments: { kind: 'CALENDAR', unit: 'DAY' }, range: { least: 1, most: 1 } });
  expect(await askBothWays(ctx, person, today)).toMatchObject({
    holds: true,
    flipsAt: new Date('2026-11-20T21:00:00Z'),
  });
});

test('when it was first and last', async () => {
  const { ctx, person } = await someone(VIEWED);
  const date = (which: 'FIRST' | 'LAST', days: number): Condition => ({
    leaf: 'EVENT_DATE',
    which,
    event: 'VIEW_PRODUCT',
    moments: { kind: 'ROLLING', days },
  });
  expect(await askBothWays(ctx, person, date('LAST', 2))).toEqual({
    holds: true,
    value: ago(1),
    flipsAt: ago(-1),
    nextCheckAt: ago(-1),
  });
  expect(await askBothWays(ctx, person, date('FIRST', 40))).toMatchObject({ holds: false, value: ago(40) });
  expect(await askBothWays(ctx, person, date('FIRST', 41))).toMatchObject({ holds: true });
  const never: Condition = {
    leaf: 'EVENT_DATE',
    which: 'LAST',
    event: 'SEARCH',
    moments: { kind: 'ALWAYS' },
  };
  expect(await askBothWays(ctx, person, never)).toMatchObject({ holds: false, nextCheckAt: null });
});

test('names of properties and values are never read as SQL', async () => {
  const name = `x') or true; --`;
  const { ctx, person } = await someone([{ properties: { [name]: "'; drop table event; --" } }]);
  const where = [{ property: name, among: ["'; drop table event; --"] }];
  expect((await askBothWays(ctx, person, counted({ where }))).holds).toBe(true);
  expect(
    (await askBothWays(ctx, person, counted({ where: [{ property: `x') or true`, among: ['y'] }] }))).holds,
  ).toBe(false);
});

test('quarters that nothing looks at are not read', async () => {
  const { ctx } = await someone([{ at: ago(1) }, { at: ago(200) }]);
  const surroundings = await readSurroundings(ctx, new Map());
  const condition = counted({ moments: { kind: 'ROLLING', days: 30 } });
  const { rows } = await sql<{
    'QUERY PLAN': string;
  }>`explain ${matchingStatement(condition, SEGMENT_LEAVES, EVERYBODY, surroundings)}`.execute(ctx.sql);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('event_y2026q4');
  expect(plan).not.toContain('event_y2026q2');
});

test('a kind nobody described and of which nothing came is missing', async () => {
  const { ctx } = await someone([]);
  const surroundings = await readSurroundings(ctx, new Map());
  const missing = (event: string) =>
    events.missing?.(
      ctx,
      { event, measure: 'COUNT', moments: { kind: 'ALWAYS' }, range: { least: 1 } },
      surroundings,
    );
  expect(await missing('VISIT')).toEqual([]);
  expect(await missing('NEVER_SEEN')).toEqual([{ kind: 'EVENT', value: 'NEVER_SEEN' }]);
});
