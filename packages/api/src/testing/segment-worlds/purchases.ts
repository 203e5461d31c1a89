import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import type { Happening } from './happenings.ts';
import type { World } from './world.ts';

type Bought = Extract<Happening, { kind: 'BUY' }>;

/** A purchase as it stands once it is recorded, without the ways that lead there. */
export async function buy(ctx: Context, world: World, profileId: string, bought: Bought): Promise<void> {
  const id = newId();
  const at = new Date(bought.at);
  const lines = bought.lines.map(({ sku, pieces, price }, index) => ({
    number: index + 1,
    sku,
    milli: pieces * 1000,
    price,
    paid: Math.round(pieces * price),
  }));
  const paid = lines.reduce((sum, line) => sum + line.paid, 0);
  await sql`insert into orders (profile_id, id, source, external_id, store_id, channel, state, mode, occurred_at, currency,
      gross, discount, to_pay, content_hash)
    values (${profileId}, ${id}, 'test', ${id}, ${world.stores[bought.store]?.id}, ${bought.channel}, 'COMMITTED', 'IMPORT',
      ${at}, ${bought.currency}, ${paid}, 0, ${paid}, 'none')`.execute(ctx.sql);
  await sql`insert into order_line (profile_id, order_id, number, sku, kind, quantity_milli, unit_price, gross, discount,
      points_discount, to_pay, min_unit_price, earnable, redeemable, earn_base, earn_share, discounts, print_lines, goods)
    select ${profileId}, ${id}, number, sku, 'GOODS', milli, price, paid, 0, 0, paid, 0, true, true, paid, 0, '[]', '[]', '{}'
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as line (number int, sku text, milli bigint, price bigint, paid bigint)`.execute(ctx.sql);
  const pool = bought.pool === null ? undefined : world.pools[bought.pool];
  if (pool === undefined) return;
  const code = newId();
  await sql`insert into promo_code (id, pool_id, brand_id, key, code, state, used_order_id, used_at, created_at)
    values (${code}, ${pool}, ${world.shop.brandId}, ${code}, ${code}, 'USED', ${id}, ${at}, ${at})`.execute(
    ctx.sql,
  );
  await sql`insert into promo_code_use (code_id, order_id, profile_id, state, held_at, held_until, used_at)
    values (${code}, ${id}, ${profileId}, 'USED', ${at}, ${at}, ${at})`.execute(ctx.sql);
}

interface StandingLine {
  profileId: string;
  orderId: string;
  storeId: string;
  number: number;
  sku: string;
  left: number;
  milli: number;
  paid: number;
  back: number;
}

/** The whole of what is left of one of their purchases comes back, or about half of its first line. */
export async function bringBack(
  ctx: Context,
  people: readonly string[],
  { order, whole, at }: Extract<Happening, { kind: 'BRING_BACK' }>,
): Promise<void> {
  const { rows } = await sql<StandingLine>`
    select o.profile_id as "profileId", o.id as "orderId", o.store_id as "storeId", line.number, line.sku,
      line.quantity_milli - line.returned_milli as left, line.quantity_milli as milli, line.to_pay as paid,
      coalesce((select sum(back.money_back) from return_line back join order_return r
        on r.profile_id = back.profile_id and r.id = back.return_id
        where r.order_id = o.id and back.number = line.number), 0)::bigint as back
    from (select * from orders where profile_id = any(${[...people]}::uuid[])
      and state in ('COMMITTED', 'PARTIALLY_RETURNED') order by id offset ${order} limit 1) o
    join order_line line on line.profile_id = o.profile_id and line.order_id = o.id
    where line.returned_milli < line.quantity_milli order by line.number`.execute(ctx.sql);
  const [first] = rows;
  if (first === undefined) return;
  const returnId = newId();
  const returned = whole
    ? rows.map((line) => ({ ...line, milli: line.left, money: line.paid - line.back }))
    : [half(first)].filter(({ milli }) => milli > 0);
  if (returned.length === 0) return;
  const money = returned.reduce((sum, line) => sum + line.money, 0);
  const { profileId, orderId, storeId } = first;
  await sql`insert into order_return (profile_id, id, order_id, source, external_id, store_id, currency, occurred_at,
      posted_at, money_back)
    select ${profileId}, ${returnId}, ${orderId}, 'test', ${returnId}, ${storeId}, currency, ${new Date(at)}, ${new Date(at)},
      ${money} from orders where id = ${orderId}`.execute(ctx.sql);
  for (const [index, line] of returned.entries()) {
    await sql`insert into return_line (profile_id, return_id, position, number, sku, quantity_milli, money_back,
        points_discount, print_lines)
      values (${profileId}, ${returnId}, ${index + 1}, ${line.number}, ${line.sku}, ${line.milli}, ${line.money}, 0, '[]')`.execute(
      ctx.sql,
    );
    await sql`update order_line set returned_milli = returned_milli + ${line.milli}
      where profile_id = ${profileId} and order_id = ${orderId} and number = ${line.number}`.execute(ctx.sql);
  }
  await sql`update orders set state = case when exists (select from order_line line
      where line.profile_id = ${profileId} and line.order_id = ${orderId} and line.returned_milli < line.quantity_milli)
      then 'PARTIALLY_RETURNED' else 'RETURNED' end
    where profile_id = ${profileId} and id = ${orderId}`.execute(ctx.sql);
}

function half(line: StandingLine): StandingLine & { money: number } {
  const milli = Math.floor(line.left / 2);
  const money = Math.floor(((line.paid - line.back) * milli) / line.left);
  return { ...line, milli, money };
}
