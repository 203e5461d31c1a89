import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { sharedData, sharedDataMissing } from '../../testing/shared-data.ts';
import { recordEvents, type EventInput } from '../index.ts';

const it = useTestApp();

function rowsOf(path: string): Record<string, string>[] {
  return parse(gunzipSync(readFileSync(sharedData(path))), { columns: true });
}

/** By batches of an import. @returns how often which status */
async function recordAll(
  source: string,
  batchId: string,
  events: readonly EventInput[],
): Promise<Record<string, number>> {
  const ctx = asSystem(it.app.context());
  const statuses: Record<string, number> = {};
  for (let from = 0; from < events.length; from += 1_000) {
    const { results } = await recordEvents(ctx, {
      source,
      batchId,
      events: events.slice(from, from + 1_000),
    });
    for (const { status } of results) statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

async function countsOf(source: string): Promise<{ kinds: Record<string, number>; visitors: number }> {
  const { rows } = await sql<{ kind: string; events: number; profiles: string[] }>`
    select kind, count(*)::integer as events, array_agg(distinct profile_id::text) as profiles from event
    where source = ${source} group by kind`.execute(it.app.context().sql);
  return {
    kinds: Object.fromEntries(rows.map(({ kind, events }) => [kind, events])),
    visitors: new Set(rows.flatMap(({ profiles }) => profiles)).size,
  };
}

const REES46_KINDS: Record<string, string> = { view: 'VIEW_PRODUCT', cart: 'CART', purchase: 'PURCHASE' };

test.skipIf(sharedDataMissing)('REES46 whole, and again (needs ../shared/data)', async () => {
  const source = newId();
  const events = rowsOf('rees46-events/events_2019-10-01.csv.gz').map((row): EventInput => {
    const { event_time = '', event_type = '', product_id = '', user_id = '', user_session = '' } = row;
    return {
      id: [event_time, event_type, product_id, user_id, user_session].join('|'),
      kind: REES46_KINDS[event_type] ?? event_type,
      occurredAt: new Date(event_time.replace(' UTC', 'Z').replace(' ', 'T')),
      deviceId: user_id,
      properties: {
        sku: product_id,
        category: row['category_id'],
        ...(row['category_code'] ? { categoryPath: row['category_code'] } : {}),
        ...(row['brand'] ? { brand: row['brand'] } : {}),
        price: row['price'],
        session: user_session,
      },
    };
  });
  expect(await recordAll(source, newId(), events)).toEqual({ CREATED: 8_656 });
  const whole = { kinds: { VIEW_PRODUCT: 8_482, CART: 74, PURCHASE: 100 }, visitors: 2_209 };
  expect(await countsOf(source)).toEqual(whole);
  expect(await recordAll(source, newId(), events.toReversed())).toEqual({ UNCHANGED: 8_656 });
  expect(await countsOf(source)).toEqual(whole);
  const { rows } = await sql<{ sessions: number; categories: number; long: number }>`
    select count(distinct properties ->> 'session')::integer as sessions,
      count(distinct properties ->> 'category')::integer as categories,
      count(*) filter (where length(properties ->> 'category') = 19)::integer as long
    from event where source = ${source}`.execute(it.app.context().sql);
  const categories = new Set(events.map(({ properties }) => (properties as { category: string }).category))
    .size;
  expect(rows).toEqual([{ sessions: 2_474, categories, long: 8_656 }]);
});

test.skipIf(sharedDataMissing)('Retentioneering whole, and again (needs ../shared/data)', async () => {
  const source = newId();
  const rows = rowsOf('retentioneering-ecom/ecom.csv.gz');
  // Thirty rows stand there twice: what makes them different is their place.
  const events = rows.map(
    ({ user_id = '', session_id, event = '', timestamp = '', ...properties }, row): EventInput => ({
      id: String(row + 1),
      kind: event,
      occurredAt: new Date(`${timestamp.replace(' ', 'T')}Z`),
      deviceId: user_id,
      properties: { session: session_id, ...properties },
    }),
  );
  expect(await recordAll(source, newId(), events)).toEqual({ CREATED: 31_106 });
  const kinds: Record<string, number> = {};
  for (const { kind } of events) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const whole = { kinds, visitors: 600 };
  expect(kinds).toMatchObject({ product_view: 6_851, purchase: 470, wishlist_add: 812 });
  expect(await countsOf(source)).toEqual(whole);
  expect(await recordAll(source, newId(), events)).toEqual({ UNCHANGED: 31_106 });
  expect(await countsOf(source)).toEqual(whole);
});
