import type { AttributeTest, LeafOf } from '@clientele/shared/segments';
import { Columns, text, texts } from './columns.ts';
import { inMoments, inRange, instant } from './times.ts';

const DAY = 86_400_000;

/** What the combined statement gathers besides purchases, each grouped by shopper. */
export interface OtherColumns {
  readonly events: Columns;
  readonly lots: Columns;
  readonly accounts: Columns;
  readonly codes: Columns;
  readonly consents: Columns;
  readonly identities: Columns;
}

export function otherColumns(): OtherColumns {
  return {
    events: new Columns('e'),
    lots: new Columns('b'),
    accounts: new Columns('a'),
    codes: new Columns('k'),
    consents: new Columns('n'),
    identities: new Columns('i'),
  };
}

export function eventsSql({ events }: OtherColumns, leaf: LeafOf<'EVENTS'>, now: Date): string {
  const where = ` filter (where ${[`kind = ${text(leaf.event)}`, ...testsOf(leaf.where), inMoments('occurred_at', leaf.moments, now)].join(' and ')})`;
  const property = `properties -> ${text(leaf.property ?? '')}`;
  const number = numberIn(property);
  const values: Record<LeafOf<'EVENTS'>['measure'], () => string> = {
    COUNT: () => `coalesce(${events.of(`count(*)${where}`)}, 0)`,
    SUM: () => `coalesce(${events.of(`sum(${number})${where}`)}, 0)`,
    GREATEST: () => events.of(`max(${number})${where}`),
    DISTINCT_VALUES: () =>
      `coalesce(${events.of(`count(distinct properties ->> ${text(leaf.property ?? '')})${where}`)}, 0)`,
    DISTINCT_DAYS: () =>
      `coalesce(${events.of(`count(distinct (occurred_at at time zone 'Europe/Moscow')::date)${where}`)}, 0)`,
  };
  return inRange(values[leaf.measure](), leaf.range);
}

/** A number, or a decimal text as money is told. */
function numberIn(property: string): string {
  const words = `(${property} #>> '{}')`;
  return `(case when jsonb_typeof(${property}) = 'number' or ${words} ~ '^-?[0-9]{1,11}(\\.[0-9]{1,4})?$' then ${words}::numeric end)`;
}

function testsOf(where: LeafOf<'EVENTS'>['where'] = []): string[] {
  return where.flatMap(({ property, among, range }) => [
    ...(among === undefined ? [] : [`properties ->> ${text(property)} = any(${texts(among)})`]),
    ...(range === undefined
      ? []
      : [`coalesce(${inRange(numberIn(`properties -> ${text(property)}`), range)}, false)`]),
  ]);
}

export function eventDateSql({ events }: OtherColumns, leaf: LeafOf<'EVENT_DATE'>, now: Date): string {
  const at = events.of(
    `${leaf.which === 'FIRST' ? 'min' : 'max'}(occurred_at) filter (where kind = ${text(leaf.event)})`,
  );
  return inMoments(at, leaf.moments, now);
}

export function pointsSql(
  { lots, accounts }: OtherColumns,
  { which, withinDays = 0, range }: LeafOf<'POINTS'>,
  now: Date,
): string {
  const lasts = `(expire_at is null or expire_at > ${instant(now)})`;
  const due = `case when activate_at <= ${instant(now)} then pending else 0 end`;
  const soon = instant(new Date(now.getTime() + withinDays * DAY));
  const values: Record<LeafOf<'POINTS'>['which'], () => string> = {
    ACTIVE: () => lots.of(`sum(case when ${lasts} then active + ${due} else 0 end)`),
    PENDING: () => lots.of(`sum(pending - (${due}))`),
    EXPIRING: () =>
      lots.of(`sum(case when ${lasts} and expire_at <= ${soon} then active + ${due} else 0 end)`),
    DEBT: () => accounts.of('-sum(debt)'),
  };
  return inRange(`coalesce(${values[which]()}, 0)`, range);
}

export const tierSql = ({ accounts }: OtherColumns, { tiers }: LeafOf<'TIER'>): string =>
  accounts.of(`bool_or(tier_code = any(${texts(tiers)}))`);

export function promoCodeSql(
  { codes }: OtherColumns,
  { pools, state }: LeafOf<'PROMO_CODE'>,
  now: Date,
): string {
  const states = {
    USED: 'used',
    EXPIRED: `not used and valid_to <= ${instant(now)}`,
    OPEN: `not used and (valid_to is null or valid_to > ${instant(now)})`,
  };
  const inPools = pools === undefined ? '' : ` and pool_id = any(${texts(pools)}::uuid[])`;
  return codes.of(`bool_or(${states[state]}${inPools})`);
}

export function consentSql(
  { consents }: OtherColumns,
  { purpose, channel = '', state }: LeafOf<'CONSENT'>,
): string {
  const answer = consents.of(
    `(array_agg(granted order by given_at desc, channel is null, consent.id desc) filter (where purpose = ${text(purpose)} and topic is null and (channel is null or channel = ${text(channel)})))[1]`,
  );
  return { GRANTED: `${answer}`, REFUSED: `not ${answer}`, UNASKED: `${answer} is null` }[state];
}

export const identitySql = ({ identities }: OtherColumns, { kind, verified }: LeafOf<'IDENTITY'>): string =>
  identities.of(
    `bool_or(kind = ${text(kind)}${verified === undefined ? '' : ` and (verified_at is not null) = ${verified}`})`,
  );

export function attributeSql({ attribute, test }: LeafOf<'ATTRIBUTE'>): string {
  const value = `profile.attributes -> ${text(attribute)}`;
  if ('among' in test)
    return attribute === 'interests'
      ? `${value} ?| ${texts(test.among)}`
      : `profile.attributes ->> ${text(attribute)} = any(${texts(test.among)})`;
  if ('range' in test) return inRange(`(${value})::numeric`, test.range);
  if ('is' in test) return `(${value})::boolean = ${test.is}`;
  throw new Error(`nobody wrote a test for ${JSON.stringify(test satisfies AttributeTest)}`);
}

/** Today lies around one of the anniversaries next to it. */
export function anniversarySql(day: string, daysBefore: number, daysAfter: number): string {
  const years = `extract(year from today)::int - extract(year from ${day})::int`;
  const near = [-1, 0, 1].map((shift) => {
    const passed = `${years} + ${shift}`;
    return `${passed} >= 1 and today between (${day} + make_interval(years => ${passed}))::date - ${daysBefore} and (${day} + make_interval(years => ${passed}))::date + ${daysAfter}`;
  });
  return `(${near.join(' or ')})`;
}
