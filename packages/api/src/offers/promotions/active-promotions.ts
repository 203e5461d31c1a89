import type { Promotion, PromotionGroup } from '@clientele/shared/promotions';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import { currentPromotions } from './current-promotions.ts';

/** What a calculation needs of a brand's promotions. */
export interface ActivePromotions {
  readonly promotions: readonly Promotion[];
  readonly groups: readonly PromotionGroup[];
}

type PromotionContext = Pick<Context, 'database' | 'clock'>;

/** A promotion changed by another process is seen after this time at most; changed here, at once. */
const REMEMBER_MS = 1_000;

/**
 * Promotions this long before their first and after their last moment are told too: the calculation judges the time,
 * and can say that one has just ended.
 */
const AROUND_MS = 86_400_000;

type LivePromotions = ReadonlyMap<string, ActivePromotions>;

const remembered = new WeakMap<Database, { live: Promise<LivePromotions>; until: number }>();

const NONE: ActivePromotions = { promotions: [], groups: [] };

/**
 * Published promotions of a brand that may apply about this moment, and all its groups; remembered for a second.
 * @param at now where absent
 */
export async function activePromotions(
  ctx: PromotionContext,
  brandId: string,
  at: Date = ctx.clock.now(),
): Promise<ActivePromotions> {
  const { promotions, groups } = (await livePromotions(ctx)).get(brandId) ?? NONE;
  return { promotions: promotions.filter(({ rules }) => isNear(rules.when, at.getTime())), groups };
}

/** After a change, once it is committed. */
export function forgetPromotions(database: Database): void {
  remembered.delete(database);
}

function isNear(when: Promotion['rules']['when'], at: number): boolean {
  return (
    (when.from === null || Date.parse(when.from) - AROUND_MS <= at) &&
    (when.to === null || Date.parse(when.to) + AROUND_MS > at)
  );
}

function livePromotions(ctx: PromotionContext): Promise<LivePromotions> {
  const now = ctx.clock.now().getTime();
  const known = remembered.get(ctx.database);
  if (known !== undefined && known.until > now) return known.live;
  const live = readLive(ctx.database);
  remembered.set(ctx.database, { live, until: now + REMEMBER_MS });
  live.catch(() => forgetPromotions(ctx.database));
  return live;
}

async function readLive({ sql }: Database): Promise<LivePromotions> {
  const [groups, rows] = await Promise.all([
    sql
      .selectFrom('promotion_group')
      .select(['id', 'brand_id', 'priority', 'stacking'])
      .orderBy('priority')
      .orderBy('id')
      .execute(),
    currentPromotions({ sql })
      .select([
        'promotion.id',
        'promotion.brand_id',
        'promotion.group_id',
        'promotion.priority',
        'promotion.revision',
        'revision.title',
        'revision.rules',
      ])
      .where('promotion.state', '=', 'LIVE')
      .orderBy('promotion.priority')
      .orderBy('promotion.id')
      .execute(),
  ]);
  const byBrand = new Map<string, { promotions: Promotion[]; groups: PromotionGroup[] }>();
  const of = (brandId: string) => {
    const known = byBrand.get(brandId) ?? { promotions: [], groups: [] };
    byBrand.set(brandId, known);
    return known;
  };
  for (const { id, brand_id, priority, stacking } of groups)
    of(brand_id).groups.push({ id, priority, stacking });
  for (const { id, brand_id, group_id, priority, revision, title, rules } of rows)
    of(brand_id).promotions.push({ id, revision, title, groupId: group_id, priority, rules });
  return byBrand;
}
