import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

export interface RawLine {
  sku: string;
  keptMilli: number;
  paid: number;
}

export interface RawOrder {
  occurredAt: Date;
  store: string;
  zone: string;
  channel: string;
  currency: string;
  paid: number;
  pools: string[];
  lines: RawLine[];
}

/** Everything of one person as it stands in the tables, put together row by row. */
export interface RawPerson {
  gender: string | null;
  tags: string[];
  doNotDisturb: boolean;
  birthDate: string | null;
  createdAt: Date;
  enrolledAt: Date | null;
  zone: string | null;
  orders: RawOrder[];
  events: { kind: string; occurredAt: Date; properties: Record<string, unknown> }[];
  lots: { programId: string; pending: number; active: number; activateAt: Date; expireAt: Date | null }[];
  accounts: { programId: string; owed: number; tier: string | null }[];
  identities: { kind: string; verified: boolean }[];
  snapshots: string[];
}

export async function rawPerson(ctx: Context, profileId: string): Promise<RawPerson> {
  const of = async <Row>(table: string): Promise<Row[]> =>
    (await sql<Row>`select * from ${sql.table(table)} where profile_id = ${profileId}`.execute(ctx.sql)).rows;
  const profile = await ctx.sql
    .selectFrom('profile')
    .selectAll()
    .where('id', '=', profileId)
    .executeTakeFirstOrThrow();
  const stores = await ctx.sql.selectFrom('store').selectAll().execute();
  const lots = await ctx.sql.selectFrom('lot').selectAll().where('profile_id', '=', profileId).execute();
  const accounts = await ctx.sql
    .selectFrom('loyalty_account')
    .selectAll()
    .where('profile_id', '=', profileId)
    .execute();
  const events = await of<{ kind: string; occurred_at: Date; properties: Record<string, unknown> }>('event');
  const identities = await of<{ kind: string; verified_at: Date | null }>('identity');
  const snapshots = await of<{ snapshot_id: string }>('segment_snapshot_member');
  return {
    gender: profile.gender,
    tags: profile.tags,
    doNotDisturb: profile.do_not_disturb,
    birthDate: profile.birth_date,
    createdAt: profile.created_at,
    enrolledAt: profile.enrolled_at,
    zone: stores.find(({ id }) => id === profile.preferred_store_id)?.time_zone ?? null,
    orders: await rawOrders(ctx, profileId),
    events: events.map(({ occurred_at: occurredAt, ...event }) => ({ ...event, occurredAt })),
    lots: lots.map((lot) => ({
      programId: lot.program_id,
      pending: lot.pending,
      active: lot.active,
      activateAt: lot.activate_at,
      expireAt: lot.expire_at,
    })),
    accounts: accounts.map((account) => ({
      programId: account.program_id,
      owed: Math.abs(account.debt),
      tier: account.tier_code,
    })),
    identities: identities.map(({ kind, verified_at: at }) => ({ kind, verified: at !== null })),
    snapshots: snapshots.map(({ snapshot_id: id }) => id),
  };
}

/** Only what was kept counts; a purchase of which nothing was kept is none. */
async function rawOrders(ctx: Context, profileId: string): Promise<RawOrder[]> {
  const select = <Table extends 'orders' | 'order_line' | 'order_return' | 'return_line'>(table: Table) =>
    ctx.sql
      .selectFrom(table as 'orders')
      .selectAll()
      .where('profile_id', '=', profileId)
      .execute() as Promise<unknown>;
  const orders = (await select('orders')) as {
    id: string;
    store_id: string;
    occurred_at: Date;
    channel: string;
    currency: string;
    to_pay: number;
    state: string;
  }[];
  const lines = (await select('order_line')) as {
    order_id: string;
    number: number;
    sku: string;
    quantity_milli: number;
    to_pay: number;
  }[];
  const returns = (await select('order_return')) as {
    id: string;
    order_id: string | null;
    money_back: number;
  }[];
  const returned = (await select('return_line')) as {
    return_id: string;
    number: number | null;
    quantity_milli: number;
    money_back: number;
  }[];
  const stores = await ctx.sql.selectFrom('store').selectAll().execute();
  const { rows: uses } = await sql<{ order_id: string; pool_id: string }>`
    select used.order_id, code.pool_id from promo_code_use used join promo_code code on code.id = used.code_id
    where used.state = 'USED' and used.order_id = any(${orders.map(({ id }) => id)}::uuid[])`.execute(
    ctx.sql,
  );
  return orders
    .filter(({ state }) => ['COMMITTED', 'PARTIALLY_RETURNED'].includes(state))
    .map((order) => {
      const back = returns.filter((one) => one.order_id === order.id);
      const cameBack = returned.filter((line) => back.some(({ id }) => id === line.return_id));
      const store = stores.find(({ id }) => id === order.store_id);
      return {
        occurredAt: order.occurred_at,
        store: store?.code ?? '',
        zone: store?.time_zone ?? '',
        channel: order.channel,
        currency: order.currency,
        paid: order.to_pay - back.reduce((sum, one) => sum + one.money_back, 0),
        pools: uses.filter((use) => use.order_id === order.id).map((use) => use.pool_id),
        lines: lines
          .filter((line) => line.order_id === order.id)
          .map((line) => {
            const ofLine = cameBack.filter(({ number }) => number === line.number);
            return {
              sku: line.sku,
              keptMilli: line.quantity_milli - ofLine.reduce((sum, one) => sum + one.quantity_milli, 0),
              paid: line.to_pay - ofLine.reduce((sum, one) => sum + one.money_back, 0),
            };
          })
          .filter(({ keptMilli }) => keptMilli > 0),
      };
    });
}
