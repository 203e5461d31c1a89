import * as fc from 'fast-check';
import { SKUS, TIERS } from './world.ts';

/** Something that becomes true of somebody (`who`: their place among the people). Moments in milliseconds. */
export type Happening =
  | {
      kind: 'BUY';
      who: number;
      at: number;
      store: number;
      channel: 'STORE' | 'ONLINE';
      currency: 'RUB' | 'KZT';
      lines: { sku: string; pieces: number; price: number }[];
      /** Series of the code it was bought with. */
      pool: number | null;
    }
  | { kind: 'BRING_BACK'; order: number; whole: boolean; at: number }
  | { kind: 'EVENT'; who: number; at: number; event: string; properties: Record<string, unknown> }
  | { kind: 'EDIT'; who: number; values: Record<string, unknown> }
  | {
      kind: 'ATTRIBUTE';
      who: number;
      type: 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' | 'MULTI_CHOICE';
      value: unknown;
    }
  | {
      kind: 'CONSENT';
      who: number;
      at: number;
      text: number;
      channel: 'SMS' | 'EMAIL' | null;
      topic: 'NEWS' | null;
      granted: boolean;
    }
  | { kind: 'IDENTITY'; who: number; of: 'PHONE' | 'EMAIL'; verified: boolean }
  | { kind: 'POINTS'; who: number; program: number; points: number; active: number; ends: number | null }
  | { kind: 'OWE'; who: number; program: number; points: number }
  | { kind: 'TIER'; who: number; program: number; tier: string | null }
  | {
      kind: 'CODE';
      who: number;
      pool: number;
      at: number;
      from: number | null;
      to: number | null;
      used: boolean;
    }
  | { kind: 'SNAPSHOT'; who: number; snapshot: number }
  | { kind: 'MERGE'; who: number; into: number }
  | { kind: 'UNDO'; merge: number };

const DAY = 86_400_000;
export const START = Date.parse('2026-11-20T12:00:00Z');
export const PEOPLE = 3;

/** Around instants at which something turns: whole days ago, midnights of the zones, changed clocks. */
const EDGES = [
  ...[0, 1, 2, 7, 10, 29, 30, 31, 60, 90, 180, 365, 400].map((days) => START - days * DAY),
  ...[
    '2026-11-20T21:00:00Z',
    '2026-11-19T21:00:00Z',
    '2026-11-19T19:00:00Z',
    '2026-11-19T23:00:00Z',
    '2026-10-31T21:00:00Z',
    '2026-10-31T19:00:00Z',
    '2026-10-31T23:00:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:00:00Z',
    '2026-03-28T23:00:00Z',
    '2025-12-31T21:00:00Z',
    '2026-11-15T21:00:00Z',
    '2024-02-29T12:00:00Z',
  ].map((moment) => Date.parse(moment)),
];

const past: fc.Arbitrary<number> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...EDGES), fc.constantFrom(-1, 0, 1)).map(([at, by]) => at + by),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 500 * 24 }).map((hours) => START - hours * 3_600_000 - 7),
  },
);
const around: fc.Arbitrary<number> = fc.oneof(
  past,
  fc.integer({ min: -20, max: 60 }).map((days) => START + days * DAY + 1),
);

/** Moments at which somebody asks: forward and back. */
export const aMomentToAsk: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(START, START + 1, START + DAY, START + 40 * DAY, START - 200 * DAY),
  fc
    .tuple(
      fc.constantFrom('2026-11-30T19:00:00Z', '2026-11-30T21:00:00Z', '2027-02-28T09:00:00Z'),
      fc.constantFrom(-1, 0),
    )
    .map(([at, by]) => Date.parse(at) + by),
);

function orNone(moments: fc.Arbitrary<number>): fc.Arbitrary<number | null> {
  return fc.oneof(moments, fc.constant(null));
}

const who = fc.nat({ max: PEOPLE - 1 });
const price = fc.constantFrom(0, 9_900, 100_000, 250_000, 333_333);
const day = fc.constantFrom(
  '1990-11-20',
  '1990-11-21',
  '1984-02-29',
  '2000-12-01',
  '1996-11-13',
  '2026-11-19',
);

const EDITS: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    gender: fc.constantFrom('FEMALE', 'MALE', null),
    birth_date: fc.option(day),
    tags: fc.subarray(['vip', 'чай', 'x']),
    preferred_store: fc.option(fc.nat({ max: 2 })),
    preferred_channel: fc.constantFrom('SMS', 'EMAIL', null),
    do_not_disturb: fc.boolean(),
    family_name: fc.constantFrom('Белова', null),
    created_at: past.map((at) => new Date(at)),
    enrolled_at: fc.option(past.map((at) => new Date(at))),
  },
  { requiredKeys: [] },
);

/** Mostly of their type. */
const attribute: fc.Arbitrary<Happening> = fc
  .constantFrom<['TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' | 'MULTI_CHOICE', unknown[]][]>(
    ['TEXT', ['red', 'Black Tea', 7, null]],
    ['NUMBER', [42, 0.5, '42']],
    ['BOOLEAN', [true, false, 'true']],
    ['DATE', ['2026-11-19', '2026-10-25', '2026-02-30', 'soon']],
    ['MULTI_CHOICE', [['red'], ['black', 'blue'], [], 'red']],
  )
  .chain(([type, values]) =>
    fc.record({
      kind: fc.constant('ATTRIBUTE' as const),
      who,
      type: fc.constant(type),
      value: fc.constantFrom(...values),
    }),
  );

const OF: { readonly [Kind in Happening['kind']]: fc.Arbitrary<Happening> } = {
  BUY: fc.record({
    kind: fc.constant('BUY' as const),
    who,
    at: past,
    store: fc.nat({ max: 2 }),
    channel: fc.constantFrom('STORE', 'ONLINE'),
    currency: fc.constantFrom('RUB', 'RUB', 'RUB', 'KZT'),
    lines: fc.array(
      fc.record({ sku: fc.constantFrom(...SKUS), pieces: fc.constantFrom(1, 2, 0.5, 1.75), price }),
      { minLength: 1, maxLength: 3 },
    ),
    pool: fc.constantFrom(null, null, 0, 1),
  }),
  BRING_BACK: fc.record({
    kind: fc.constant('BRING_BACK' as const),
    order: fc.nat({ max: 12 }),
    whole: fc.boolean(),
    at: past,
  }),
  EVENT: fc.record({
    kind: fc.constant('EVENT' as const),
    who,
    at: around,
    event: fc.constantFrom('VISIT', 'VIEW_PRODUCT'),
    properties: fc.record(
      {
        sku: fc.constantFrom<unknown>('BOOT', 'TEA', 5, true, null, '5'),
        price: fc.constantFrom<unknown>(0.1, 0.2, 100, -3, '100', 1e-7),
      },
      { requiredKeys: [] },
    ),
  }),
  EDIT: fc.record({ kind: fc.constant('EDIT' as const), who, values: EDITS }),
  ATTRIBUTE: attribute,
  CONSENT: fc.record({
    kind: fc.constant('CONSENT' as const),
    who,
    at: past,
    text: fc.nat({ max: 3 }),
    channel: fc.constantFrom('SMS', 'EMAIL', null),
    topic: fc.constantFrom('NEWS', null),
    granted: fc.boolean(),
  }),
  IDENTITY: fc.record({
    kind: fc.constant('IDENTITY' as const),
    who,
    of: fc.constantFrom('PHONE', 'EMAIL'),
    verified: fc.boolean(),
  }),
  POINTS: fc.record({
    kind: fc.constant('POINTS' as const),
    who,
    program: fc.nat({ max: 1 }),
    points: fc.constantFrom(10, 50, 200),
    active: around,
    ends: orNone(fc.integer({ min: 1, max: 50 }).map((days) => START + days * DAY)),
  }),
  OWE: fc.record({
    kind: fc.constant('OWE' as const),
    who,
    program: fc.nat({ max: 1 }),
    points: fc.constantFrom(5, 60),
  }),
  TIER: fc.record({
    kind: fc.constant('TIER' as const),
    who,
    program: fc.nat({ max: 1 }),
    tier: fc.constantFrom(...TIERS, null),
  }),
  CODE: fc.record({
    kind: fc.constant('CODE' as const),
    who,
    pool: fc.nat({ max: 1 }),
    at: past,
    from: orNone(around),
    to: orNone(around),
    used: fc.boolean(),
  }),
  SNAPSHOT: fc.record({ kind: fc.constant('SNAPSHOT' as const), who, snapshot: fc.nat({ max: 1 }) }),
  MERGE: fc.record({ kind: fc.constant('MERGE' as const), who, into: who }),
  UNDO: fc.record({ kind: fc.constant('UNDO' as const), merge: fc.nat({ max: 3 }) }),
};

/** Everybody with something known of them, and then whatever comes. */
export function someHappenings(): fc.Arbitrary<Happening[]> {
  const known = fc.tuple(
    ...Array.from({ length: PEOPLE }, (_, place) =>
      fc.record({ kind: fc.constant('EDIT' as const), who: fc.constant(place), values: EDITS }),
    ),
  );
  const rest = fc.array(aHappening(), { minLength: 20, maxLength: 45 });
  return fc.tuple(known, rest).map(([first, more]) => [...first, ...more]);
}

export function aHappening(): fc.Arbitrary<Happening> {
  return fc.oneof(
    { weight: 14, arbitrary: OF.BUY },
    { weight: 4, arbitrary: OF.BRING_BACK },
    { weight: 6, arbitrary: OF.EVENT },
    { weight: 2, arbitrary: OF.EDIT },
    { weight: 3, arbitrary: OF.ATTRIBUTE },
    ...Object.entries(OF)
      .filter(([kind]) => !['BUY', 'BRING_BACK', 'EVENT', 'EDIT', 'ATTRIBUTE'].includes(kind))
      .map(([, arbitrary]) => ({ weight: 1, arbitrary })),
  );
}
