import {
  PURCHASE_MEASURES,
  EVENT_MEASURES,
  LIFECYCLE_STAGES,
  MONEY_MEASURES,
  type Condition,
  type Leaf,
  type LeafCode,
  type LeafOf,
  type Moments,
  type PurchaseFilter,
  type Range,
} from '@clientele/shared/segments';
import * as fc from 'fast-check';
import { SKUS, TIERS, type World } from './world.ts';

/**
 * Random conditions of any leaf about a world, with bounds that its people really come near to.
 * @param named ids of segments they may be made of
 */
export function aConditionOf(world: World, named: readonly string[] = []): fc.Arbitrary<Condition> {
  const segments = named.map((id) => fc.constant<Leaf>({ leaf: 'SEGMENT', segment: id }));
  const leaf = fc.oneof({ weight: 5, arbitrary: aLeafOf(world) }, ...segments);
  const { node } = fc.letrec<{ node: Condition; group: Condition }>((tie) => ({
    node: fc.oneof({ maxDepth: 3 }, leaf, tie('group')),
    group: fc.oneof(
      fc.record({
        group: fc.constantFrom('ALL', 'ANY', 'NONE'),
        of: fc.array(tie('node'), { maxLength: 3 }),
      }),
      fc.record({
        group: fc.constant('AT_LEAST' as const),
        k: fc.constantFrom(1, 2),
        of: fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
      }),
    ),
  }));
  return node;
}

export function aLeafOf(world: World): fc.Arbitrary<Leaf> {
  return fc.oneof(...Object.values<fc.Arbitrary<Leaf>>(leavesOfWorld(world)));
}

type Args<Code extends LeafCode> = { [Name in keyof LeafOf<Code>]: fc.Arbitrary<LeafOf<Code>[Name]> };
type LeafTable = { readonly [Code in Exclude<LeafCode, 'SEGMENT'>]: fc.Arbitrary<LeafOf<Code>> };

const days = fc.constantFrom(1, 2, 7, 29, 30, 31, 90, 365);
const moments: fc.Arbitrary<Moments> = fc.oneof(
  fc.constant<Moments>({ kind: 'ALWAYS' }),
  days.map((count): Moments => ({ kind: 'ROLLING', days: count })),
  days.map((count): Moments => ({ kind: 'ROLLING', endedDays: count })),
  fc.constant<Moments>({ kind: 'ROLLING', days: 90, endedDays: 30 }),
  fc
    .tuple(fc.constantFrom('DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'), fc.nat({ max: 2 }))
    .map(([unit, back]): Moments => ({ kind: 'CALENDAR', unit, back })),
  fc.constant<Moments>({ kind: 'ABSOLUTE', from: '2026-11-01T00:00:00+03:00' }),
  fc.constant<Moments>({ kind: 'ABSOLUTE', from: '2026-10-01T00:00:00Z', to: '2026-11-20T12:00:00Z' }),
);

function within(...edges: number[]): fc.Arbitrary<Range> {
  const edge = fc.constantFrom(...edges);
  return fc.oneof(
    edge.map((least) => ({ least })),
    edge.map((most) => ({ most })),
    edge.map((both) => ({ least: both, most: both })),
  );
}

const goods = fc.oneof(
  fc.constantFrom('shoes', 'clothes', 'food').map((code) => ({ categories: [code] })),
  fc.constantFrom(...SKUS).map((sku) => ({ skus: [sku] })),
  fc.constant({ brands: ['Nord'] }),
  fc.constant({ attributes: { color: ['red'] } }),
  fc.constant({ categories: ['clothes'], brands: ['Sud'] }),
);

const selection = fc.oneof(
  goods.map((only) => ({ only })),
  goods.map((except) => ({ except })),
  fc.tuple(goods, goods).map(([only, except]) => ({ only, except })),
);

/** Mostly one or two narrowings: what is narrowed by everything nobody ever bought. */
function purchasesOf({ stores, pools }: World): fc.Arbitrary<PurchaseFilter> {
  const parts = {
    goods: selection,
    stores: fc.subarray(
      stores.map(({ code }) => code),
      { minLength: 1 },
    ),
    channels: fc.constantFrom(['STORE'], ['ONLINE']),
    codePools: fc.subarray([...pools], { minLength: 1 }),
    paid: fc.constant({ least: 100_000, currency: 'RUB' }),
  };
  const names = Object.keys(parts).map((name) => name as keyof typeof parts);
  return fc
    .subarray(names, { maxLength: 2 })
    .chain((chosen) => fc.record(parts, { requiredKeys: [] }).map((filter) => partsOf(filter, chosen)));
}

function partsOf(filter: PurchaseFilter, names: readonly string[]): PurchaseFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => names.includes(name)));
}

function of<Code extends LeafCode>(
  leaf: Code,
  args: Omit<Args<Code>, 'leaf'>,
  optional: readonly string[] = [],
): fc.Arbitrary<LeafOf<Code>> {
  const model = { leaf: fc.constant(leaf), ...args };
  const requiredKeys = Object.keys(model).filter((name) => !optional.includes(name));
  // The model has the arguments of that leaf; fast-check does not follow which of them may be absent.
  return fc.record(model, { requiredKeys: requiredKeys as never }) as unknown as fc.Arbitrary<LeafOf<Code>>;
}

/** Every kind there is: a new one without an entry does not compile. */
function leavesOfWorld(world: World): LeafTable {
  const purchases = purchasesOf(world);
  const which = fc.constantFrom('FIRST', 'LAST');
  const event = fc.constantFrom('VISIT', 'VIEW_PRODUCT');
  const where = fc.constantFrom(
    [{ property: 'sku', among: ['BOOT', '5'] }],
    [{ property: 'sku', among: ['true'] }],
    [{ property: 'price', range: { least: 0.1 } }],
  );
  return {
    GENDER: of('GENDER', { among: fc.constantFrom(['FEMALE'], ['UNKNOWN', 'MALE']) }),
    AGE: of('AGE', { years: within(26, 30, 36, 42) }),
    FIELD_KNOWN: of('FIELD_KNOWN', {
      field: fc.constantFrom('NAME', 'BIRTH_DATE', 'GENDER', 'PREFERRED_STORE', 'PREFERRED_CHANNEL'),
    }),
    PREFERRED_STORE: of('PREFERRED_STORE', {
      stores: fc.constantFrom(...world.stores.map(({ code }) => [code])),
    }),
    PREFERRED_CHANNEL: of('PREFERRED_CHANNEL', { channels: fc.constantFrom(['SMS'], ['EMAIL', 'PUSH']) }),
    KNOWN_SINCE: of('KNOWN_SINCE', { moments }),
    MEMBER_SINCE: of('MEMBER_SINCE', { moments }),
    DO_NOT_DISTURB: of('DO_NOT_DISTURB', {}),
    ATTRIBUTE: anAttributeOf(world),
    TAG: of('TAG', { tags: fc.constantFrom(['vip'], ['чай', 'x']) }),
    CONSENT: of(
      'CONSENT',
      {
        purpose: fc.constantFrom('PROCESSING', 'ADVERTISING'),
        channel: fc.constantFrom('SMS', 'EMAIL'),
        topic: fc.constantFrom('NEWS', 'SALES'),
        state: fc.constantFrom('GRANTED', 'REFUSED', 'UNASKED'),
      },
      ['channel', 'topic'],
    ),
    IDENTITY: of('IDENTITY', { kind: fc.constantFrom('PHONE', 'EMAIL', 'CARD'), verified: fc.boolean() }, [
      'verified',
    ]),
    ANNIVERSARY: of('ANNIVERSARY', {
      of: fc.constantFrom('BIRTHDAY', 'MEMBERSHIP', 'FIRST_PURCHASE'),
      daysBefore: fc.constantFrom(0, 7, 180),
      daysAfter: fc.constantFrom(0, 3, 180),
    }),
    PURCHASES: fc
      .tuple(fc.constantFrom(...PURCHASE_MEASURES), fc.option(purchases, { nil: undefined }), moments)
      .chain(([measure, filter, time]) => {
        const isMoney = MONEY_MEASURES.includes(measure);
        return (isMoney ? within(0, 9_900, 100_000, 350_000) : within(0, 1, 2, 3)).map((range) => ({
          leaf: 'PURCHASES' as const,
          measure,
          moments: time,
          range,
          ...(filter === undefined ? {} : { purchases: filter }),
          ...(isMoney ? { currency: 'RUB' } : {}),
        }));
      }),
    PURCHASE_DATE: of('PURCHASE_DATE', { which, purchases, moments }, ['purchases']),
    BOUGHT_WITHOUT: of('BOUGHT_WITHOUT', {
      first: purchases,
      without: purchases,
      days: fc.constantFrom(1, 7, 30),
      moments,
    }),
    OWN_INTERVAL: of('OWN_INTERVAL', { times: fc.constantFrom(1, 10_000, 15_000, 20_000), purchases }, [
      'purchases',
    ]),
    INTEREST: of('INTEREST', {
      goods,
      leastShare: fc.constantFrom(1, 3_000, 5_000),
      pieces: fc.constantFrom(1, 2),
      halfLifeDays: fc.constantFrom(30, 365),
    }),
    RFM: of('RFM', {
      model: fc.constantFrom(...world.models),
      recency: fc.subarray([1, 2, 3, 4, 5]),
      frequency: fc.subarray([1, 2, 3]),
      monetary: fc.subarray([1, 2, 3, 4]),
    }),
    LIFECYCLE: of('LIFECYCLE', {
      stages: fc.subarray([...LIFECYCLE_STAGES], { minLength: 1, maxLength: 3 }),
    }),
    EVENTS: fc
      .tuple(event, fc.constantFrom(...EVENT_MEASURES), fc.option(where, { nil: undefined }), moments)
      .chain(([kind, measure, tests, time]) => {
        const needs = ['SUM', 'GREATEST', 'DISTINCT_VALUES'].includes(measure);
        return fc
          .tuple(within(0, 0.1, 0.3, 1, 2), fc.constantFrom('price', 'sku'))
          .map(([range, property]) => ({
            leaf: 'EVENTS' as const,
            event: kind,
            measure,
            moments: time,
            range,
            ...(tests === undefined ? {} : { where: tests }),
            ...(needs ? { property } : {}),
          }));
      }),
    EVENT_DATE: of('EVENT_DATE', { which, event, where, moments }, ['where']),
    POINTS: fc
      .tuple(
        fc.constantFrom('ACTIVE', 'PENDING', 'EXPIRING', 'DEBT'),
        within(0, 1, 10, 50, 60),
        fc.option(fc.constantFrom(...world.programs), { nil: undefined }),
        days,
      )
      .map(([points, range, program, withinDays]) => ({
        leaf: 'POINTS' as const,
        which: points,
        range,
        ...(program === undefined ? {} : { program }),
        ...(points === 'EXPIRING' ? { withinDays } : {}),
      })),
    TIER: of('TIER', { tiers: fc.subarray([...TIERS], { minLength: 1 }) }),
    PROMO_CODE: of(
      'PROMO_CODE',
      {
        pools: fc.subarray([...world.pools], { minLength: 1 }),
        state: fc.constantFrom('OPEN', 'USED', 'EXPIRED'),
        moments,
      },
      ['pools', 'moments'],
    ),
    SNAPSHOT: of('SNAPSHOT', { snapshot: fc.constantFrom(...world.snapshots) }),
    BUCKET: of('BUCKET', {
      seed: fc.constantFrom('a', "b'"),
      from: fc.constantFrom(0, 2_500),
      to: fc.constantFrom(5_000, 10_000),
    }),
  };
}

/** Mostly asked as its type can be. */
function anAttributeOf({ attributes }: World): fc.Arbitrary<LeafOf<'ATTRIBUTE'>> {
  const tests = {
    TEXT: fc.constantFrom({ among: ['red', '2026-11-19'] }, { contains: 'TEA' }),
    MULTI_CHOICE: fc.constantFrom({ among: ['red', 'blue'] }, { contains: 'red' }),
    NUMBER: fc.constantFrom({ range: { least: 0.5, most: 41 } }, { range: { most: 42 } }),
    BOOLEAN: fc.boolean().map((is) => ({ is })),
    DATE: moments.map((time) => ({ moments: time })),
  };
  const fitting = Object.entries(tests).map(([type, test]) =>
    of('ATTRIBUTE', { attribute: fc.constant(attributes[type as keyof typeof tests]), test }),
  );
  const any = of('ATTRIBUTE', {
    attribute: fc.constantFrom(...Object.values(attributes)),
    test: fc.oneof(
      fc.boolean().map((known) => ({ known })),
      ...Object.values(tests),
    ),
  });
  return fc.oneof(...fitting, any);
}
