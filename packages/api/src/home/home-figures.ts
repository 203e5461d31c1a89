import { demandScope } from '../company/index.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database/database.ts';
import { activeShoppers, dayFigures, liabilities, type DayFigures, type Liability } from './figures.sql.ts';

export interface HomeFigures {
  at: Date;
  today: DayFigures;
  weekAgo: DayFigures;
  /** Of the last 30 days. */
  activeShoppers: number;
  /** Of the 30 days that ended a week ago. */
  activeShoppersWeekAgo: number;
  /** null for who sees some stores only: points belong to no store. */
  liability: Liability[] | null;
}

const WEEK_MS = 7 * 86_400_000;
/** Sums over months change little within a minute, and cost most. */
const KEEP_MS = 60_000;

const kept = new WeakMap<Database, Map<string, { until: number; value: Promise<unknown> }>>();

/**
 * Today against the same weekday last week, of the caller's stores.
 * @param place one brand or store of them
 * @throws RequestError FORBIDDEN
 */
export async function homeFigures(
  ctx: Context,
  place: { brandId: string | null; storeId: string | null },
): Promise<HomeFigures> {
  demandScope(ctx, 'orders.read');
  // Cashiers read orders too, of people in front of them.
  demandScope(ctx, 'staff.self');
  const now = ctx.clock.now();
  const storeIds = await storesOf(ctx, place);
  const key = storeIds === null ? 'ALL' : [...storeIds].toSorted().join();
  const weekAgo = new Date(now.getTime() - WEEK_MS);
  const [days, active, activeBefore, liability] = await Promise.all([
    dayFigures(ctx, storeIds),
    once(ctx, `active ${key}`, () => activeShoppers(ctx, storeIds, now)),
    once(ctx, `active before ${key}`, () => activeShoppers(ctx, storeIds, weekAgo)),
    ctx.actor.storeIds === 'ALL' ? once(ctx, 'liability', () => liabilities(ctx)) : null,
  ]);
  return { at: now, ...days, activeShoppers: active, activeShoppersWeekAgo: activeBefore, liability };
}

/** null: every store there is. */
async function storesOf(
  { sql, actor }: Context,
  { brandId, storeId }: { brandId: string | null; storeId: string | null },
): Promise<readonly string[] | null> {
  if (actor.storeIds === 'ALL' && brandId === null && storeId === null) return null;
  let query = sql.selectFrom('store').select('id');
  if (actor.storeIds !== 'ALL') {
    if (actor.storeIds.length === 0) return [];
    query = query.where('id', 'in', [...actor.storeIds]);
  }
  if (brandId !== null) query = query.where('brand_id', '=', brandId);
  if (storeId !== null) query = query.where('id', '=', storeId);
  return (await query.execute()).map(({ id }) => id);
}

function once<Value>(ctx: Context, key: string, read: () => Promise<Value>): Promise<Value> {
  const known = kept.get(ctx.database) ?? new Map<string, { until: number; value: Promise<unknown> }>();
  kept.set(ctx.database, known);
  const now = ctx.clock.now().getTime();
  const entry = known.get(key);
  if (entry !== undefined && entry.until > now) return entry.value as Promise<Value>;
  const value = read();
  known.set(key, { until: now + KEEP_MS, value });
  value.catch(() => known.delete(key));
  return value;
}
