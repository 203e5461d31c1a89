import { formatMoney } from '@clientele/shared/money';
import { DAY_MS, instantOfLocal, localTime } from '@clientele/shared/time';
import type { RecordedOrderInput } from '../orders/index.ts';
import { CATALOGUE, type DemoProduct } from './catalogue.ts';
import type { DemoPerson } from './people.ts';
import { Random } from './random.ts';
import { STORES, type DemoStore } from './stores.ts';

/** Where the year of purchases comes from: their source in the API. */
export const DEMO_SOURCE = 'demo';

const DAYS = 365;
const MINUTE_MS = 60_000;
const ANONYMOUS_SHARE = 0.22;

/** How somebody shops: how often a year, from when to when (days ago), how much at once. */
interface Habit {
  person: DemoPerson;
  times: number;
  since: number;
  until: number;
  most: number;
  groups: readonly string[];
}

interface Moment {
  person: DemoPerson | null;
  habit: Habit | null;
  store: DemoStore;
  at: number;
}

/**
 * A year of purchases up to `now`, oldest first, the same for the same people and day: regulars, people who came once,
 * people who have not come for long, and about a fifth by nobody known.
 * @param cashiers of a store by its code, as the API names them
 */
export function demoPurchases(
  now: Date,
  people: readonly DemoPerson[],
  cashiers: ReadonlyMap<string, readonly string[]>,
): RecordedOrderInput[] {
  const random = new Random(20_241_001);
  const moments = people.flatMap((person) => momentsOf(random, habitOf(random, person), now));
  const strangers = Math.round((moments.length * ANONYMOUS_SHARE) / (1 - ANONYMOUS_SHARE));
  for (let index = 0; index < strangers; index += 1) {
    const store = random.pick(STORES);
    moments.push({
      person: null,
      habit: null,
      store,
      at: momentAt(random, store, random.between(1, DAYS), now),
    });
  }
  moments.push(...momentsOfToday(random, moments, now));
  moments.sort((one, other) => one.at - other.at);
  return moments.map((moment, index) =>
    purchase(random, moment, index + 1, cashiers.get(moment.store.code) ?? []),
  );
}

/** Since the doors opened: regulars of each store, and people nobody knows. */
function momentsOfToday(random: Random, year: readonly Moment[], now: Date): Moment[] {
  const lately = year.filter(({ at, person }) => person !== null && at > now.getTime() - 60 * DAY_MS);
  return STORES.flatMap((store) => {
    const { date } = localTime(now.getTime(), store.timeZone);
    const regulars = lately.filter((moment) => moment.store === store);
    const moments: Moment[] = [];
    const closing = instantOfLocal(date, '21:00:00', store.timeZone);
    let at = instantOfLocal(date, '10:00:00', store.timeZone) + random.between(5, 40) * MINUTE_MS;
    while (at < Math.min(now.getTime(), closing)) {
      const known = regulars.length > 0 && !random.chance(ANONYMOUS_SHARE) ? random.pick(regulars) : null;
      moments.push({ person: known?.person ?? null, habit: known?.habit ?? null, store, at });
      at += random.between(25, 90) * MINUTE_MS;
    }
    return moments;
  });
}

function habitOf(random: Random, person: DemoPerson): Habit {
  const times = timesAYear(random);
  const lapsed = random.chance(0.2);
  const until = lapsed ? random.between(120, 240) : random.between(1, 20);
  return {
    person,
    times,
    since: random.between(Math.min(until + 60, DAYS), DAYS),
    until,
    most: random.between(1, 4),
    groups: random.chance(0.6) ? [person.gender === 'FEMALE' ? 'Женщинам' : 'Мужчинам', 'Аксессуары'] : [],
  };
}

/** Most come now and then, a few all the time. */
function timesAYear(random: Random): number {
  const kind = random.next();
  if (kind < 0.2) return 1;
  if (kind < 0.65) return random.between(2, 5);
  if (kind < 0.93) return random.between(5, 10);
  return random.between(11, 20);
}

function momentsOf(random: Random, habit: Habit, now: Date): Moment[] {
  return Array.from({ length: habit.times }, () => {
    const home = STORES[habit.person.homeStore];
    const store = home === undefined || random.chance(0.06) ? random.pick(STORES) : home;
    const daysAgo = random.between(habit.until, habit.since);
    return { person: habit.person, habit, store, at: momentAt(random, store, daysAgo, now) };
  });
}

/** Within opening hours of the store's own day, busier towards the evening. */
function momentAt(random: Random, store: DemoStore, daysAgo: number, now: Date): number {
  const { date } = localTime(now.getTime() - daysAgo * DAY_MS, store.timeZone);
  const hour = 10 + Math.floor(Math.sqrt(random.next()) * 11);
  const time = [hour, random.between(0, 59), random.between(0, 59)].map((part) =>
    String(part).padStart(2, '0'),
  );
  return instantOfLocal(date, time.join(':'), store.timeZone);
}

function purchase(
  random: Random,
  { person, habit, store, at }: Moment,
  number: number,
  cashiers: readonly string[],
): RecordedOrderInput {
  const online = person !== null && random.chance(0.15);
  const lines = basketOf(random, habit).map((product) => lineOf(random, product, store));
  return {
    externalId: `${store.code}-${String(number).padStart(5, '0')}`,
    occurredAt: new Date(at),
    storeCode: store.code,
    channel: online ? 'ONLINE' : 'STORE',
    cashierId: online ? null : random.pick(cashiers),
    profile: person === null ? null : { external: { source: DEMO_SOURCE, id: person.externalId } },
    lines,
    cancelled: false,
    receipts: [{ fiscalDrive: store.fiscalDrive, fiscalDocument: String(number) }],
  };
}

/** Different products, mostly of what the shopper likes. */
function basketOf(random: Random, habit: Habit | null): DemoProduct[] {
  const liked = CATALOGUE.filter(({ categoryPath }) => habit?.groups.includes(categoryPath[0]) ?? false);
  const chosen = new Map<string, DemoProduct>();
  for (let left = random.between(1, habit?.most ?? 2); left > 0; left -= 1) {
    const product = random.pick(liked.length > 0 && random.chance(0.75) ? liked : CATALOGUE);
    chosen.set(product.sku, product);
  }
  return [...chosen.values()];
}

/** Now and then with the seasonal discount the till software gave itself. */
function lineOf(
  random: Random,
  product: DemoProduct,
  { currency }: DemoStore,
): RecordedOrderInput['lines'][number] {
  const quantity = product.often === 'SEVERAL' ? random.between(1, 3) : 1;
  const unitMinor = product.prices[currency] * 100;
  const percent = random.chance(0.12) ? random.pick([10, 15, 20]) : 0;
  const discount = Math.floor((unitMinor * quantity * percent) / 100);
  return {
    sku: product.sku,
    name: product.name,
    quantity: String(quantity),
    unitPrice: formatMoney(unitMinor, currency),
    ...(discount > 0 ? { discount: formatMoney(discount, currency) } : {}),
  };
}
