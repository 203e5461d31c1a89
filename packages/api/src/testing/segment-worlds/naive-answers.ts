import type { GoodsFilter, GoodsSelection } from '@clientele/shared/rules';
import type { Leaf, LeafOf, PurchaseFilter, Range } from '@clientele/shared/segments';
import { naivelyWithin, onTheWall } from './naive-moments.ts';
import type { RawLine, RawOrder, RawPerson } from './raw-person.ts';
import { GOODS } from './world.ts';

const COMPANY_ZONE = 'Europe/Moscow';

/** What a leaf comes to when somebody counts the rows by hand; null: nobody counts that here. */
export function naiveAnswer(leaf: Leaf, person: RawPerson, now: Date): boolean | null {
  switch (leaf.leaf) {
    case 'GENDER':
      return leaf.among.some((one) => one === (person.gender ?? 'UNKNOWN'));
    case 'TAG':
      return person.tags.some((one) => leaf.tags.includes(one));
    case 'DO_NOT_DISTURB':
      return person.doNotDisturb;
    case 'AGE':
      return person.birthDate !== null && inRange(ageOf(person.birthDate, zoneOf(person), now), leaf.years);
    case 'KNOWN_SINCE':
      return naivelyWithin(leaf.moments, person.createdAt, zoneOf(person), now);
    case 'MEMBER_SINCE':
      return (
        person.enrolledAt !== null && naivelyWithin(leaf.moments, person.enrolledAt, zoneOf(person), now)
      );
    case 'PURCHASES':
      return ofPurchases(leaf, person, now);
    case 'PURCHASE_DATE': {
      const order = edge(person.orders.filter(meant(leaf.purchases ?? {})), leaf.which);
      return order !== null && naivelyWithin(leaf.moments, order.occurredAt, order.zone, now);
    }
    case 'EVENTS':
      return ofEvents(leaf, person, now);
    case 'EVENT_DATE': {
      const event = edge(eventsOf(leaf, person), leaf.which);
      return event !== null && naivelyWithin(leaf.moments, event.occurredAt, COMPANY_ZONE, now);
    }
    case 'POINTS':
      return ofPoints(leaf, person, now);
    case 'TIER':
      return person.accounts.some(({ tier }) => tier !== null && leaf.tiers.includes(tier));
    case 'SNAPSHOT':
      return person.snapshots.includes(leaf.snapshot);
    case 'IDENTITY':
      return person.identities.some(
        ({ kind, verified }) => kind === leaf.kind && verified === (leaf.verified ?? verified),
      );
    default:
      return null;
  }
}

function inRange(value: number, { least, most }: Range): boolean {
  return !(least !== undefined && value < least) && !(most !== undefined && value > most);
}

function zoneOf(person: RawPerson): string {
  return person.zone ?? COMPANY_ZONE;
}

/** Birthdays are counted one by one, on the last day of February where there is no 29th. */
function ageOf(birthDate: string, zone: string, now: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const today = onTheWall(now, zone);
  const date = Date.UTC(today.year, today.month - 1, today.day);
  let age = -1;
  for (let each = year; each <= today.year; each += 1) {
    const last = new Date(Date.UTC(each, month, 0)).getUTCDate();
    if (Date.UTC(each, month - 1, Math.min(day, last)) <= date) age += 1;
  }
  return age;
}

function edge<T extends { occurredAt: Date }>(rows: readonly T[], which: 'FIRST' | 'LAST'): T | null {
  const sorted = rows.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  // Of purchases at one moment in several zones nobody can say which comes first.
  return (which === 'FIRST' ? sorted[0] : sorted.at(-1)) ?? null;
}

/** Whatever one of its criteria names. */
function isOf(filter: GoodsFilter, sku: string): boolean {
  const product = GOODS.find((one) => one.sku === sku);
  return (
    filter.skus?.includes(sku) === true ||
    filter.categories?.some((code) => product?.path.includes(code)) === true ||
    (product !== undefined && filter.brands?.includes(product.brand) === true) ||
    (product !== undefined && filter.attributes?.['color']?.includes(product.color) === true)
  );
}

function isMeantLine({ only, except }: GoodsSelection): (line: RawLine) => boolean {
  return ({ sku }) => (only === undefined || isOf(only, sku)) && !(except !== undefined && isOf(except, sku));
}

function meant({ goods, stores, channels, codePools, paid }: PurchaseFilter): (order: RawOrder) => boolean {
  return (order) =>
    (stores === undefined || stores.includes(order.store)) &&
    (channels === undefined || channels.includes(order.channel)) &&
    (codePools === undefined || codePools.some((pool) => order.pools.includes(pool))) &&
    (paid === undefined || (order.currency === paid.currency && inRange(order.paid, paid))) &&
    (goods === undefined || order.lines.some(isMeantLine(goods)));
}

function ofPurchases(leaf: LeafOf<'PURCHASES'>, person: RawPerson, now: Date): boolean | null {
  const filter = leaf.purchases ?? {};
  const orders = person.orders.filter(
    (order) =>
      meant(filter)(order) &&
      (leaf.currency === undefined || order.currency === leaf.currency) &&
      naivelyWithin(leaf.moments, order.occurredAt, order.zone, now),
  );
  const lines = orders.map((order) => order.lines.filter(isMeantLine(filter.goods ?? {})));
  const sums = orders.map((order, index) =>
    filter.goods === undefined ? order.paid : (lines[index] ?? []).reduce((sum, line) => sum + line.paid, 0),
  );
  switch (leaf.measure) {
    case 'COUNT':
      return inRange(orders.length, leaf.range);
    case 'SUM':
      return inRange(
        sums.reduce((sum, one) => sum + one, 0),
        leaf.range,
      );
    case 'LEAST':
      return sums.length > 0 && inRange(Math.min(...sums), leaf.range);
    case 'GREATEST':
      return sums.length > 0 && inRange(Math.max(...sums), leaf.range);
    case 'DISTINCT_STORES':
      return inRange(new Set(orders.map(({ store }) => store)).size, leaf.range);
    case 'DISTINCT_PRODUCTS':
      return inRange(new Set(lines.flat().map(({ sku }) => sku)).size, leaf.range);
    case 'PIECES': {
      const milli = lines.flat().reduce((sum, line) => sum + line.keptMilli, 0);
      return inRange(Math.floor(milli / 1000), leaf.range);
    }
    default:
      return null;
  }
}

function eventsOf({ event, where = [] }: Pick<LeafOf<'EVENTS'>, 'event' | 'where'>, person: RawPerson) {
  return person.events.filter(
    (row) =>
      row.kind === event &&
      where.every(({ property, among, range }) => {
        const value = row.properties[property];
        if (among !== undefined && (value == null || !among.includes(String(value)))) return false;
        return range === undefined || numbersAmong([value]).some((number) => inRange(number, range));
      }),
  );
}

/** Numbers, and money told as text. */
function numbersAmong(values: readonly unknown[]): number[] {
  return values.flatMap((value) => {
    if (typeof value === 'number') return [value];
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? [Number(value)] : [];
  });
}

function ofEvents(leaf: LeafOf<'EVENTS'>, person: RawPerson, now: Date): boolean | null {
  const rows = eventsOf(leaf, person).filter(({ occurredAt }) =>
    naivelyWithin(leaf.moments, occurredAt, COMPANY_ZONE, now),
  );
  const values = rows.map(({ properties }) => properties[leaf.property ?? '']);
  const numbers = numbersAmong(values);
  switch (leaf.measure) {
    case 'COUNT':
      return inRange(rows.length, leaf.range);
    case 'SUM':
      // In ten-millionths: as exact as money.
      return inRange(numbers.reduce((sum, one) => sum + Math.round(one * 1e7), 0) / 1e7, leaf.range);
    case 'GREATEST':
      return numbers.length > 0 && inRange(Math.max(...numbers), leaf.range);
    case 'DISTINCT_VALUES':
      return inRange(new Set(values.filter((value) => value != null)).size, leaf.range);
    default:
      return null;
  }
}

function ofPoints(leaf: LeafOf<'POINTS'>, person: RawPerson, now: Date): boolean {
  const isIts = ({ programId }: { programId: string }) => (leaf.program ?? programId) === programId;
  const lots = person.lots.filter(isIts).filter(({ expireAt }) => expireAt === null || expireAt > now);
  const due = lots.reduce((sum, lot) => sum + (lot.activateAt <= now ? lot.pending : 0), 0);
  const active = lots.reduce((sum, lot) => sum + lot.active, 0) + due;
  const owed = person.accounts.filter(isIts).reduce((sum, account) => sum + account.owed, 0);
  const repaid = Math.min(due, owed);
  const until = new Date(now.getTime() + (leaf.withinDays ?? 0) * 86_400_000);
  const value = {
    ACTIVE: () => active - repaid,
    DEBT: () => owed - repaid,
    PENDING: () =>
      person.lots.filter(isIts).reduce((sum, lot) => sum + (lot.activateAt > now ? lot.pending : 0), 0),
    EXPIRING: () =>
      lots
        .filter(({ expireAt }) => expireAt !== null && expireAt <= until)
        .reduce((sum, lot) => sum + lot.active + (lot.activateAt <= now ? lot.pending : 0), 0),
  }[leaf.which]();
  return inRange(value, leaf.range);
}
