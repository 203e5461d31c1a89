import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { sharedData, sharedDataMissing } from '../../testing/shared-data.ts';
import { importTable } from './import-table.ts';
import { undoImport } from './undo/undo-import.ts';
import { readTableMapping } from './wizard/presets.ts';

const it = useTestApp();

interface Figures {
  kinds: Record<string, number> | null;
  visitors: number;
  sessions: number;
  /** Categories of 19 digits: beyond what a number holds. */
  long: number;
}

async function figuresOf(source: string): Promise<Figures> {
  const { rows } = await sql<Figures>`
    with told as (select kind, profile_id, properties ->> 'session' as session, properties ->> 'category' as category from event where source = ${source})
    select (select jsonb_object_agg(kind, events) from (select kind, count(*) as events from told group by kind) k) as kinds,
      count(distinct profile_id)::integer as visitors, count(distinct session)::integer as sessions,
      count(*) filter (where category ~ '^[0-9]{19}$')::integer as long
    from told`.execute(it.app.context().sql);
  const [row] = rows;
  if (row === undefined) throw new Error('a count has one row');
  return row;
}

async function bring(name: string, path: string) {
  const ctx = asSystem(it.app.context());
  const mapping = readTableMapping('EVENTS', name, '.');
  const { report, runId } = await importTable(ctx, { path: sharedData(path), source: name, mapping });
  const { CREATED, UNCHANGED } = report.counts;
  return { ctx, runId, counts: { rows: report.rows, CREATED, UNCHANGED } };
}

test.skipIf(sharedDataMissing)(
  'REES46 whole by its mapping, again, and taken back (needs ../shared/data)',
  async () => {
    const path = 'rees46-events/events_2019-10-01.csv.gz';
    const first = await bring('rees46-events', path);
    expect(first.counts).toEqual({ rows: 8_656, CREATED: 8_656, UNCHANGED: 0 });
    const whole = {
      kinds: { VIEW_PRODUCT: 8_482, CART: 74, PURCHASE: 100 },
      visitors: 2_209,
      sessions: 2_474,
      long: 8_656,
    };
    expect(await figuresOf('rees46-events')).toEqual(whole);
    expect((await bring('rees46-events', path)).counts).toEqual({
      rows: 8_656,
      CREATED: 0,
      UNCHANGED: 8_656,
    });
    expect(await figuresOf('rees46-events')).toEqual(whole);
    expect(await undoImport(first.ctx, first.runId)).toEqual({ removed: 8_656, restored: 0, kept: {} });
    expect(await figuresOf('rees46-events')).toEqual({ kinds: null, visitors: 0, sessions: 0, long: 0 });
  },
);

test.skipIf(sharedDataMissing)(
  'Retentioneering whole by its mapping, equal rows each, and again (needs ../shared/data)',
  async () => {
    const path = 'retentioneering-ecom/ecom.csv.gz';
    const { counts } = await bring('retentioneering-ecom', path);
    expect(counts).toEqual({ rows: 31_106, CREATED: 31_106, UNCHANGED: 0 });
    const whole = await figuresOf('retentioneering-ecom');
    expect(whole).toMatchObject({
      kinds: { product_view: 6_851, catalog: 6_521, purchase: 470 },
      visitors: 600,
    });
    expect((await bring('retentioneering-ecom', path)).counts).toEqual({
      rows: 31_106,
      CREATED: 0,
      UNCHANGED: 31_106,
    });
    expect(await figuresOf('retentioneering-ecom')).toEqual(whole);
  },
);
