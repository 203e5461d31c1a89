import { sql } from 'kysely';
import { globalId } from '../platform/graphql/global-id.ts';
import type { TimelineEntry, TimelineKind } from '../profiles/index.ts';
import type { Context } from '../platform/context.ts';

/** What a shopper bought and brought back; staff of some stores see those of their stores. */
export const ORDER_TIMELINE: readonly TimelineKind[] = [
  {
    kind: 'ORDER',
    page: async (ctx, profileIds, before, limit, scopes) => {
      if (!scopes.has('orders.read')) return [];
      const { rows } = await sql<OrderEntry>`
        select o.id, o.occurred_at as at, o.external_id as number, o.state, o.channel, o.currency,
          o.to_pay as "toPay", o.discount, o.points_spent as "pointsSpent", o.earned as "pointsEarned",
          o.hold_expires_at as "holdExpiresAt", s.name as "storeName"
        from public.orders o join public.store s on s.id = o.store_id
        where o.profile_id = any(${[...profileIds]}::uuid[]) ${ofCallersStores(ctx, 'o')}
          and (${before === null} or (o.occurred_at, o.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by o.occurred_at desc, o.id desc limit ${limit}`.execute(ctx.sql);
      return rows.map((row) => orderEntry(row, ctx.clock.now()));
    },
  },
  {
    kind: 'RETURN',
    page: async (ctx, profileIds, before, limit, scopes) => {
      if (!scopes.has('orders.read')) return [];
      const { rows } = await sql<ReturnEntry>`
        select r.id, r.occurred_at as at, r.order_id as "orderId", r.external_id as number, r.currency,
          r.money_back as "moneyBack", r.points_restored as "pointsRestored", r.points_clawed as "pointsTakenBack",
          s.name as "storeName"
        from public.order_return r join public.store s on s.id = r.store_id
        where r.profile_id = any(${[...profileIds]}::uuid[]) ${ofCallersStores(ctx, 'r')}
          and (${before === null} or (r.occurred_at, r.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by r.occurred_at desc, r.id desc limit ${limit}`.execute(ctx.sql);
      return rows.map(({ id, at, orderId, ...facts }) => ({
        id,
        kind: 'RETURN',
        at,
        facts: { ...facts, orderId: orderId === null ? null : globalId('Order', orderId) },
      }));
    },
  },
];

interface OrderEntry {
  id: string;
  at: Date;
  number: string;
  state: string;
  channel: string;
  currency: string;
  /** Minor units. */
  toPay: number;
  discount: number;
  pointsSpent: number;
  pointsEarned: number;
  holdExpiresAt: Date | null;
  storeName: string;
}

interface ReturnEntry {
  id: string;
  at: Date;
  orderId: string | null;
  number: string;
  currency: string;
  /** Minor units. */
  moneyBack: number;
  pointsRestored: number;
  pointsTakenBack: number;
  storeName: string;
}

/** Begun too long ago is expired, although nobody may have written it yet. */
function orderEntry({ id, at, holdExpiresAt, ...facts }: OrderEntry, now: Date): TimelineEntry {
  const over = facts.state === 'BEGUN' && holdExpiresAt !== null && holdExpiresAt <= now;
  return {
    id,
    kind: 'ORDER',
    at,
    facts: { ...facts, state: over ? 'EXPIRED' : facts.state, orderId: globalId('Order', id) },
  };
}

function ofCallersStores({ actor }: Context, table: 'o' | 'r') {
  return actor.storeIds === 'ALL'
    ? sql``
    : sql`and ${sql.ref(`${table}.store_id`)} = any(${[...actor.storeIds]}::uuid[])`;
}
