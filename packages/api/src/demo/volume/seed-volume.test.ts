import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createBrand } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { SHOPPER_ROWS } from '../../shopper-rows.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import { useContext } from '../../testing/use-context.ts';
import { NotEmpty, seedVolume, type OnProgress } from './index.ts';

const one = useContext();
const other = useContext();
const taken = useContext();

const seed = (ctx: Context, onProgress: OnProgress = () => undefined) =>
  seedVolume(ctx, { people: 1_200, seed: 7, registry: SHOPPER_ROWS, onProgress });

/** Indexes, keys and triggers of the tables, as they are told. */
async function shapeOf(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ shape: string }>`
    select indexdef as shape from pg_indexes where schemaname = 'public' and tablename !~ '_y[0-9]{4}[mq][0-9]+$'
    union all
    select pg_get_triggerdef(oid) || tgenabled::text from pg_trigger
    where not tgisinternal and tgrelid::regclass::text !~ '_y[0-9]{4}[mq][0-9]+$'
    order by 1`.execute(ctx.sql);
  return rows.map(({ shape }) => shape);
}

/** What a shop would see of the company, without the ids of what it was set up with. */
async function lookOf(ctx: Context): Promise<unknown> {
  const { rows } = await sql`
    select (select md5(string_agg(p.id::text || coalesce(p.family_name, '') || p.attributes::text, ',' order by p.id)) from profile p) as people,
      (select md5(string_agg(concat_ws(' ', o.id, o.profile_id, o.occurred_at, o.to_pay, o.state), ',' order by o.id)) from orders o) as orders,
      (select md5(string_agg(concat_ws(' ', l.order_id, l.number, l.sku, l.to_pay), ',' order by l.order_id, l.number)) from order_line l) as lines,
      (select md5(string_agg(concat_ws(' ', e.id, e.kind, e.occurred_at, e.properties), ',' order by e.id)) from event e) as events,
      (select sum(active) || ' ' || sum(pending) || ' ' || sum(debt) from loyalty_account) as points`.execute(
    ctx.sql,
  );
  return rows[0];
}

const LONG = 120_000;

test(
  'interrupted it leaves nobody behind; begun again it makes exactly what was asked for',
  { timeout: LONG },
  async () => {
    const before = await shapeOf(one.ctx);
    const interrupted = seed(one.ctx, ({ step }) => {
      if (step === 'points') throw new Error('interrupted');
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    expect(await one.ctx.sql.selectFrom('profile').select('id').execute()).toEqual([]);
    expect(await shapeOf(one.ctx)).toEqual(before);

    expect(await seed(one.ctx)).toEqual({
      people: 1_200,
      orders: 8_000,
      lines: 16_000,
      events: 21_333,
      duplicates: 1,
      products: 4_176,
      stores: 25,
    });
    const { rows } = await sql`
    select (select count(*)::int from profile where merged_into is null) as people,
      (select count(*)::int from profile where merged_into is not null) as merged,
      (select count(*)::int from orders) as orders, (select count(*)::int from order_line) as lines,
      (select count(*)::int from event) as events, (select sum(recorded)::int from event_count) <= 21333 as counted,
      (select count(*)::int from identity_key) = (select count(*)::int from identity) as found,
      (select count(*)::int from order_return) between 200 and 400 as returned`.execute(one.ctx.sql);
    expect(rows[0]).toEqual({
      people: 1_200,
      merged: 1,
      orders: 8_000,
      lines: 16_000,
      events: 21_333,
      counted: true,
      found: true,
      returned: true,
    });
    expect(await ledgerViolations(one.ctx.sql)).toEqual([]);
    expect(await shapeOf(one.ctx)).toEqual(before);
    await expect(seed(one.ctx)).rejects.toThrow(NotEmpty);
  },
);

test('the sums of every order are those of its lines, and of what came back', { timeout: LONG }, async () => {
  await seed(other.ctx).catch((error: unknown) => expect(error).toBeInstanceOf(NotEmpty));
  const { rows } = await sql<{ wrong: number }>`
    select count(*)::int as wrong from orders o
    join (select order_id, sum(gross) as gross, sum(discount) as discount, bool_and(returned_milli = quantity_milli) as whole,
        bool_or(returned_milli > 0) as some from order_line group by order_id) lines on lines.order_id = o.id
    left join (select order_id, sum(money_back) as money from order_return group by order_id) back on back.order_id = o.id
    where (o.gross, o.discount) <> (lines.gross, lines.discount)
      or o.state <> case when lines.whole then 'RETURNED' when lines.some then 'PARTIALLY_RETURNED' else 'COMMITTED' end
      or lines.whole and back.money <> o.to_pay`.execute(other.ctx.sql);
  expect(rows[0]).toEqual({ wrong: 0 });
});

test('the same seed makes the same company', { timeout: LONG }, async () => {
  for (const { ctx } of [one, other])
    await seed(ctx).catch((error: unknown) => expect(error).toBeInstanceOf(NotEmpty));
  expect(await lookOf(one.ctx)).toEqual(await lookOf(other.ctx));
});

test('nothing is mixed with a company that is there', async () => {
  await createBrand(taken.ctx, { code: 'own', name: 'Своя' });
  await expect(seed(taken.ctx)).rejects.toThrow('There is a company already.');
});
