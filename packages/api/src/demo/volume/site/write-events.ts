import type { Random } from '../../random.ts';
import type { Shelf, Shelves } from '../goods/baskets.ts';
import type { BulkLoad, BulkTable } from '../bulk/bulk-load.ts';
import { inOrderOfTime, type Moments } from '../bulk/in-order-of-time.ts';
import { shareOut, type PeoplePlan } from '../people/plan-people.ts';
import { drawSizes } from '../purchases/plan-purchases.ts';
import { copyTime, NULL } from '../bulk/row-text.ts';
import { onlineMoment } from '../purchases/seasons.ts';
import { EVENT_DAYS, type Volume } from '../volume.ts';
import { sessionEvents } from './visit-to-the-site.ts';

export interface WriteEvents {
  readonly load: BulkLoad;
  readonly random: Random;
  readonly plan: PeoplePlan;
  readonly shelves: Shelves;
  readonly volume: Volume;
  readonly now: number;
  readonly onProgress: (done: number) => void;
}

export const EVENT_SOURCE = 'site';

const DAY = 86_400_000;
const EVENT = 'profile_id, occurred_at, id, kind, source, external_id, properties, recorded_at, batch_id';
const EVENTS_A_VISIT = 4;
const SIZES = [1, 2, 2, 3, 3, 4, 4, 5, 6, 10];
const MOST = 40;
const EVERY = 200;

/** Visits to the site in the order they were made, quarter by quarter into the part of the table each belongs to. */
export async function writeEvents(input: WriteEvents): Promise<void> {
  const { load, random, volume, now, onProgress } = input;
  const visits = planVisits(input);
  const sizes = drawSizes(random, { count: visits.count, total: volume.events, sizes: SIZES, most: MOST });
  const quarters = new Map<string, BulkTable>();
  const keys = load.table('event_key', 'id, content');
  let written = 0;
  for (let visit = 0; visit < visits.count; visit += 1) {
    const profileId = input.plan.ids[visits.person(visit)] ?? '';
    const events = sessionEvents(random, {
      shelf: () => pickShelf(random, input, visits.person(visit)),
      size: sizes[visit] ?? 1,
    });
    let at = visits.at(visit);
    for (const { kind, properties } of events) {
      at = Math.min(at + random.between(5, 120) * 1_000, now - 1);
      const id = eventId(random);
      const time = copyTime(at);
      written += 1;
      const quarter = quarterOf(time);
      const table = quarters.get(quarter) ?? (await openQuarter(load, quarters, quarter));
      table.add(
        `${profileId}\t${time}\t${id}\t${kind}\t${EVENT_SOURCE}\te${written}\t${properties}\t${time}\t${NULL}\n`,
      );
      keys.add(`${id}\t${id}\n`);
    }
    if (visit % EVERY === 0) {
      await load.breathe();
      onProgress(written);
    }
  }
  await load.flush();
  await load.client.query(COUNTS, [new Date(now - KEPT_COUNTS_DAYS * DAY)]);
}

/** What the administration shows of the last weeks. */
const KEPT_COUNTS_DAYS = 40;
const COUNTS = `
  insert into public.event_count (hour, source, kind, slot, recorded, rejected)
  select date_trunc('hour', recorded_at, 'UTC'), source, kind, 0, count(*), 0
  from public.event where occurred_at >= $1 group by 1, 2, 3`;

/** Those who look around the site, in the last months, while they are interested. */
function planVisits({ random, plan, volume, now }: WriteEvents): Moments {
  const since = now - EVENT_DAYS * DAY;
  const weights = Float64Array.from(plan.browsing, (weight, person) =>
    (plan.until[person] ?? 0) > since ? weight : 0,
  );
  const total = Math.ceil(volume.events / EVENTS_A_VISIT);
  const times = shareOut(weights, total);
  return inOrderOfTime(total, now, (tell) => {
    for (const [person, count] of times.entries()) {
      const from = Math.max(since, plan.createdAt[person] ?? since);
      const to = Math.max(from + 1_000, plan.until[person] ?? now);
      for (let each = 0; each < count; each += 1)
        tell(person, Math.min(now - 1_000, onlineMoment(random, from, to)));
    }
  });
}

function pickShelf(random: Random, { plan, shelves }: WriteEvents, person: number): Shelf {
  const group = random.chance(0.7) ? (plan.likes[person * 2 + random.between(0, 1)] ?? 0) : null;
  const shelf = group === null ? shelves.all : (shelves.ofGroup[group] ?? shelves.all);
  return random.pick(shelf);
}

/** As the parts of the table are named: 2026q4. */
function quarterOf(time: string): string {
  return `${time.slice(0, 4)}q${Math.ceil(Number(time.slice(5, 7)) / 3)}`;
}

async function openQuarter(
  load: BulkLoad,
  quarters: Map<string, BulkTable>,
  quarter: string,
): Promise<BulkTable> {
  const name = `event_y${quarter}`;
  // What is on its way has to arrive before the connection can be asked something else.
  await load.settle();
  const month = String(Number(quarter.slice(5)) * 3).padStart(2, '0');
  await load.client.query('select public.ensure_event_quarter($1::date)', [
    `${quarter.slice(0, 4)}-${month}-01`,
  ]);
  const { rows } = await load.client.query<{ empty: boolean }>(
    `select not exists (select from public.${name}) as empty`,
  );
  const empty = rows[0]?.empty === true;
  if (empty) await load.client.query(`truncate public.${name}`);
  const event = load.table(name, EVENT, { empty });
  quarters.set(quarter, event);
  return event;
}

const HEX = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'));

/** As an event's id is, a hash of its number at the source: in no order at all. */
function eventId(random: Random): string {
  const part = (): string => HEX[Math.floor(random.next() * 65_536)] ?? '';
  return `${part()}${part()}-${part()}-8${part().slice(1)}-8${part().slice(1)}-${part()}${part()}${part()}`;
}
