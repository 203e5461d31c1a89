import type { GoodsFilter } from '@clientele/shared/rules';
import type { LeafOf, PurchaseFilter } from '@clientele/shared/segments';
import { Columns, text, texts } from './columns.ts';
import { ago, inMoments, inRange, instant } from './times.ts';

/** What the combined statement gathers of purchases. */
export interface PurchaseColumns {
  /** Kinds of goods, told once for each product. */
  readonly goods: Columns;
  /** Over purchases, and over lines of which something was kept, grouped by shopper. */
  readonly purchases: Columns;
  readonly lines: Columns;
  /** Series of codes purchases were made with. */
  readonly codes: Columns;
}

export function purchaseColumns(): PurchaseColumns {
  return {
    goods: new Columns('g'),
    purchases: new Columns('p'),
    lines: new Columns('l'),
    codes: new Columns('c'),
  };
}

function goodsSql(
  columns: PurchaseColumns,
  { categories = [], brands = [], attributes = {} }: GoodsFilter,
): string {
  const tests = [
    ...(categories.length === 0 ? [] : [`category.path && ${texts(categories)}`]),
    ...(brands.length === 0 ? [] : [`product.brand = any(${texts(brands)})`]),
    ...Object.entries(attributes).map(
      ([name, values]) => `product.attributes ->> ${text(name)} = any(${texts(values)})`,
    ),
  ];
  return columns.goods.of(`coalesce(${tests.join(' or ')}, false)`);
}

/** Whether a purchase (or its line) is meant, and the column of what the meant goods cost. */
function meant(
  columns: PurchaseColumns,
  { goods, stores, channels, codePools }: PurchaseFilter = {},
): { test: string[]; paid: string; goods: string | null } {
  const flag = goods?.only === undefined ? null : goodsSql(columns, goods.only);
  return {
    goods: flag,
    paid: flag === null ? 'paid' : `${flag}_paid`,
    test: [
      ...(flag === null ? [] : [flag]),
      ...(stores === undefined ? [] : [`store = any(${texts(stores)})`]),
      ...(channels === undefined ? [] : [`channel = any(${texts(channels)})`]),
      ...(codePools === undefined
        ? []
        : [columns.codes.of(`bool_or(code.pool_id = any(${texts(codePools)}::uuid[]))`)]),
    ],
  };
}

const filtered = (tests: readonly string[]): string => {
  const real = tests.filter((test) => test !== 'true' && test !== '');
  return real.length === 0 ? '' : ` filter (where ${real.join(' and ')})`;
};

export function purchasesSql(columns: PurchaseColumns, leaf: LeafOf<'PURCHASES'>, now: Date): string {
  const { test, paid } = meant(columns, leaf.purchases);
  const where = filtered([
    ...test,
    ...(leaf.currency === undefined ? [] : [`currency = ${text(leaf.currency)}`]),
    inMoments('occurred_at', leaf.moments, now),
  ]);
  const of = (expression: string): string => columns.purchases.of(`${expression}${where}`);
  const ofLines = (expression: string): string => columns.lines.of(`${expression}${where}`);
  const values: Record<LeafOf<'PURCHASES'>['measure'], () => string> = {
    COUNT: () => `coalesce(${of('count(*)')}, 0)`,
    SUM: () => `coalesce(${of(`sum(${paid})`)}, 0)`,
    AVERAGE: () => `round(${of(`avg(${paid})`)})`,
    LEAST: () => of(`min(${paid})`),
    GREATEST: () => of(`max(${paid})`),
    PIECES: () => `coalesce(floor(${ofLines('sum(kept_milli)')} / 1000), 0)`,
    DISTINCT_PRODUCTS: () => `coalesce(${ofLines('count(distinct sku)')}, 0)`,
    DISTINCT_CATEGORIES: () => `coalesce(${ofLines('count(distinct category)')}, 0)`,
    DISTINCT_STORES: () => `coalesce(${of('count(distinct store)')}, 0)`,
    DISTINCT_DAYS: () => `coalesce(${of('count(distinct (occurred_at at time zone zone)::date)')}, 0)`,
  };
  return inRange(values[leaf.measure](), leaf.range);
}

export function purchaseDateSql(columns: PurchaseColumns, leaf: LeafOf<'PURCHASE_DATE'>, now: Date): string {
  const { test } = meant(columns, leaf.purchases);
  const at = columns.purchases.of(`${leaf.which === 'FIRST' ? 'min' : 'max'}(occurred_at)${filtered(test)}`);
  return inMoments(at, leaf.moments, now);
}

export function boughtWithoutSql(
  columns: PurchaseColumns,
  { first, without, days, moments }: LeafOf<'BOUGHT_WITHOUT'>,
  now: Date,
): string {
  const over = `occurred_at <= ${ago(now, days)}`;
  const firsts = columns.purchases.of(
    `array_agg(occurred_at)${filtered([...meant(columns, first).test, inMoments('occurred_at', moments, now), over])}`,
  );
  const others = columns.purchases.of(`array_agg(occurred_at)${filtered(meant(columns, without).test)}`);
  return `exists (select from unnest(${firsts}) bought (at) where not exists (
      select from unnest(${others}) other (at) where other.at between bought.at and bought.at + interval '${days * 24} hours'))`;
}

export function ownIntervalSql(
  columns: PurchaseColumns,
  { times }: LeafOf<'OWN_INTERVAL'>,
  now: Date,
): string {
  const count = columns.purchases.of('count(*)');
  const [first, last] = [columns.purchases.of('min(occurred_at)'), columns.purchases.of('max(occurred_at)')];
  return `${count} >= 3 and ${last} > ${first} and ${last} + (${last} - ${first}) * (${times / 10_000}::float8 / (${count} - 1)) <= ${instant(now)}`;
}

/** In floating point, as one does by hand; who stands exactly at the bound is not lost to the last digit. */
export function interestSql(
  columns: PurchaseColumns,
  { goods, leastShare, pieces, halfLifeDays }: LeafOf<'INTEREST'>,
  now: Date,
): string {
  const flag = goodsSql(columns, goods);
  // Days of the calendar in UTC, as interests are defined.
  const today = Math.floor(now.getTime() / 86_400_000);
  const weight = `power(2, (floor(extract(epoch from occurred_at) / 86400)::float8 - ${today}) / ${halfLifeDays})`;
  const part = columns.purchases.of(`sum(${flag}_paid * ${weight})`);
  const all = columns.purchases.of(`sum(paid * ${weight})`);
  const kept = columns.lines.of(`sum(kept_milli) filter (where ${flag})`);
  return `${part} * 10000 >= ${leastShare} * ${all} * (1 - 1e-8) and ${all} > 0 and ${kept} >= ${pieces * 1_000}`;
}

export function rfmSql(
  columns: PurchaseColumns,
  { recency, frequency, monetary }: LeafOf<'RFM'>,
  now: Date,
  {
    days,
    bounds,
    currency,
  }: {
    days: number;
    currency: string;
    bounds: Record<'recency' | 'frequency' | 'monetary', readonly number[]>;
  },
): string {
  const window = `occurred_at > ${ago(now, days)} and occurred_at <= ${instant(now)}`;
  const last = columns.purchases.of(`max(occurred_at) filter (where ${window})`);
  const count = columns.purchases.of(`count(*) filter (where ${window})`);
  const sum = columns.purchases.of(`sum(paid) filter (where ${window} and currency = ${text(currency)})`);
  const gone = `floor(extract(epoch from ${instant(now)} - ${last}) / 86400)::bigint`;
  const scores: readonly [string, readonly number[]][] = [
    [
      `5 - width_bucket(${gone}, array[${bounds.recency.map((most) => most + 1).join(', ')}]::bigint[])`,
      recency,
    ],
    [`1 + width_bucket(${count}, array[${bounds.frequency.join(', ')}]::bigint[])`, frequency],
    [
      `1 + width_bucket(coalesce(${sum}, 0)::bigint, array[${bounds.monetary.join(', ')}]::bigint[])`,
      monetary,
    ],
  ];
  const asked = scores
    .filter(([, among]) => among.length > 0)
    .map(([score, among]) => `${score} in (${among.join(', ')})`);
  return [`${last} is not null`, ...asked].join(' and ');
}

export function lifecycleSql(columns: PurchaseColumns, { stages }: LeafOf<'LIFECYCLE'>, now: Date): string {
  const count = columns.purchases.of('count(*)');
  const [first, last] = [columns.purchases.of('min(occurred_at)'), columns.purchases.of('max(occurred_at)')];
  const after = (moment: string, days: number): string => `${moment} > ${ago(now, days)}`;
  return `case when ${last} is null then case when ${after('profile.created_at', 180)} then 'PROSPECT' else 'LOST' end
      when not ${after(last, 365)} then 'LOST' when not ${after(last, 180)} then 'SLEEPING' when not ${after(last, 90)} then 'COOLING'
      when ${count} >= 5 then 'LOYAL' when ${after('profile.created_at', 30)} and ${after(first, 30)} then 'NEWCOMER'
      when ${count} = 1 then 'ONE_TIME' else 'ACTIVE' end in (${stages.map(text).join(', ')})`;
}
