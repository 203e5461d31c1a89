import { createProgram } from '@clientele/api/src/loyalty/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { aBrand, aCashier, aStore, aTill } from '@clientele/api/src/testing/company.builders.ts';
import { presetSettings } from '@clientele/shared/receipt';

export const SHOPPERS = 5_000;
const GOODS = 200;
const POINTS = 10_000;

/** A till with a cashier, its shoppers with visits, and a supply of begun orders, each to be committed once. */
export interface TillFixture {
  readonly brandId: string;
  readonly storeId: string;
  readonly till: { readonly id: string; readonly source: string; readonly token: string };
  readonly cashierToken: string;
  readonly programId: string;
  /** Global ids of verified visits. */
  readonly visits: readonly string[];
  /** Takes the next numbers of begun orders. @returns the first */
  take(count: number): number;
}

/** @param orders begun ones with numbers from 1; every fourth holds 20 points, each is to earn 30 */
export async function aTillFixture(ctx: Context, orders: number): Promise<TillFixture> {
  const brandId = await aBrand(ctx);
  const validFrom = new Date(ctx.clock.now().getTime() - 86_400_000);
  const programId = await createProgram(ctx, {
    brandId,
    name: 'Bench',
    mode: 'LIVE',
    liveAt: validFrom,
    settings: presetSettings,
    validFrom,
  });
  const store = await aStore(ctx, { brandId });
  const till = await aTill(ctx, { store });
  const cashier = await aCashier(ctx, { till });
  const source = till.actor.ownSource;
  await addGoods(ctx);
  await addShoppers(ctx, programId, `till:${till.id}`);
  const place = { storeId: store.id, tillId: till.id, source, programId };
  await beginOrders(ctx, { ...place, orders, prefix: 'b', shoppers: SHOPPERS });
  const { rows } = await ctx.database.pool.query<{ id: string }>('select id from visit order by id');
  let next = 1;
  return {
    brandId,
    storeId: store.id,
    till: { id: till.id, source, token: till.token },
    cashierToken: cashier.token,
    programId,
    visits: rows.map(({ id }) => globalId('ShopperVisit', id)),
    take: (count) => {
      const first = next;
      next += count;
      if (next > orders + 1) throw new Error(`the fixture has only ${orders} begun orders`);
      return first;
    },
  };
}

/** Begun orders of one shopper: the hot account. */
export function beginHotOrders(ctx: Context, fixture: TillFixture, orders: number): Promise<void> {
  const { storeId, programId, till } = fixture;
  return beginOrders(ctx, {
    storeId,
    programId,
    tillId: till.id,
    source: till.source,
    orders,
    prefix: 'hot',
    shoppers: 1,
  });
}

async function addGoods(ctx: Context): Promise<void> {
  await ctx.database.pool.query(
    `insert into product (id, sku, name, source, updated_at)
     select uuidv7(), 'sku-' || n, 'Goods number ' || n, 'bench', $1 from generate_series(1, ${GOODS}) n`,
    [ctx.clock.now()],
  );
}

async function addShoppers(ctx: Context, programId: string, client: string): Promise<void> {
  const { pool } = ctx.database;
  const now = ctx.clock.now();
  const tomorrow = new Date(now.getTime() + 86_400_000);
  await pool.query(
    `create table bench_shopper as
     select n::integer as number, uuidv7() as profile_id from generate_series(1, ${SHOPPERS}) n`,
  );
  await pool.query(
    `insert into profile (id, kind, created_at, updated_at) select profile_id, 'PERSON', $1, $1 from bench_shopper`,
    [now],
  );
  await pool.query(
    `select public.loyalty_earn(profile_id, $1, 'IMPORT', null, null, ${POINTS}, $2, $2, null, $2) from bench_shopper`,
    [programId, now],
  );
  await pool.query(
    `insert into visit (id, profile_id, client, verified_at, expires_at, created_at)
     select uuidv7(), profile_id, $1, $2, $3, $2 from bench_shopper`,
    [client, now, tomorrow],
  );
}

interface BeginOrders {
  storeId: string;
  tillId: string;
  source: string;
  programId: string;
  orders: number;
  prefix: string;
  shoppers: number;
}

const AT_ONCE = 2_000;

/** Through the product's own function, so that holds and keys are what a till would have left. */
async function beginOrders(ctx: Context, begin: BeginOrders): Promise<void> {
  const now = ctx.clock.now();
  const tomorrow = new Date(now.getTime() + 86_400_000);
  const { prefix, source, storeId, tillId, programId, shoppers } = begin;
  for (let from = 1; from <= begin.orders; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE - 1, begin.orders);
    await ctx.database.pool.query(BEGIN_ORDERS, [
      now,
      tomorrow,
      prefix,
      source,
      storeId,
      tillId,
      programId,
      shoppers,
      from,
      to,
    ]);
  }
}

const TERMS = JSON.stringify({
  freezeDays: 14,
  ttlDays: null,
  timezone: 'Europe/Moscow',
  tierCode: null,
  shopperTags: [],
  limitsUsed: {},
  rules: [{ rule: 'purchase', points: 30 }],
});

const LINE = {
  kind: 'GOODS',
  quantity_milli: 1000,
  discount: 0,
  points_discount: 0,
  min_unit_price: 100,
  earnable: true,
  redeemable: true,
  discounts: [],
  print_lines: [],
  goods: {},
  returned_milli: 0,
};

/** The first line takes the points, the second nothing. */
const LINES = [
  {
    ...LINE,
    number: 1,
    sku: 'sku-1',
    name: 'Goods number 1',
    unit_price: 100_000,
    gross: 100_000,
    earn_share: 27,
  },
  {
    ...LINE,
    number: 2,
    sku: 'sku-2',
    name: 'Goods number 2',
    unit_price: 10_000,
    gross: 10_000,
    to_pay: 10_000,
    earn_base: 10_000,
    earn_share: 3,
  },
].map((line) => JSON.stringify(line));

const BEGIN_ORDERS = `
  select public.begin_order(jsonb_build_object(
    'scope', 'bench', 'requestId', $3::text || n, 'hash', '', 'now', $1::timestamptz, 'actor', 'bench', 'fitting', '[]'::jsonb,
    'order', jsonb_build_object('profile_id', shopper.profile_id, 'id', uuidv7(), 'source', $4::text,
      'external_id', $3::text || n, 'store_id', $5::uuid, 'till_id', $6::uuid, 'channel', 'STORE', 'state', 'BEGUN',
      'mode', 'ONLINE', 'occurred_at', $1::timestamptz, 'begun_at', $1::timestamptz, 'identified_at', 'SALE',
      'program_id', $7::uuid, 'version_id', version.id, 'currency', 'RUB', 'gross', 110000, 'discount', 0,
      'points_discount', points * 100, 'to_pay', 110000 - points * 100, 'points_spent', points, 'planned_earn', 30,
      'earned', 0, 'overdrawn', 0, 'hold_expires_at', $2::timestamptz, 'terms', '${TERMS}'::jsonb, 'content_hash', '',
      'revision', 0),
    'lines', jsonb_build_array(
      '${LINES[0]}'::jsonb || jsonb_build_object('points_discount', points * 100, 'to_pay', 100000 - points * 100,
        'earn_base', 100000 - points * 100),
      '${LINES[1]}'::jsonb)))
  from generate_series($9::integer, $10::integer) n
  cross join lateral (select case when n % 4 = 0 then 20 else 0 end as points) wish
  join bench_shopper shopper on shopper.number = 1 + n % $8::integer
  cross join (select id from program_version where program_id = $7::uuid limit 1) version`;
