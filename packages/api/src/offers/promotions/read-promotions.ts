import type { PromotionRules, Stacking } from '@clientele/shared/promotions';
import { sql, type Expression, type SqlBool } from 'kysely';
import { readBrands } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { PromotionState } from './promotion.entity.ts';
import { currentPromotions } from './current-promotions.ts';

/** What a promotion is to a shopper at a moment. */
export const PROMOTION_PHASES = ['DRAFT', 'PLANNED', 'RUNNING', 'PAUSED', 'ENDED'] as const;
export type PromotionPhase = (typeof PROMOTION_PHASES)[number];

export interface PromotionRecord {
  id: string;
  brandId: string;
  groupId: string;
  name: string;
  title: string;
  rules: PromotionRules;
  priority: number;
  state: PromotionState;
  revision: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
  endedAt: Date | null;
}

export interface PromotionFilter {
  brandId?: string | null;
  groupId?: string | null;
  phases?: readonly PromotionPhase[] | null;
  /** Part of the name or the title. */
  search?: string | null;
  /** Those for shoppers they are granted to, or the others. */
  granted?: boolean | null;
}

/** Live from then on, and for a time that is not over: what its rules say of the moment. */
export function phaseOf(
  { state, rules: { when } }: Pick<PromotionRecord, 'state' | 'rules'>,
  now: Date,
): PromotionPhase {
  if (state !== 'LIVE') return state;
  if (when.to !== null && Date.parse(when.to) <= now.getTime()) return 'ENDED';
  return when.from !== null && Date.parse(when.from) > now.getTime() ? 'PLANNED' : 'RUNNING';
}

/** Of the caller's brands, the newest first. @param after creation and id of the last one seen */
export async function readPromotions(
  ctx: Context,
  filter: PromotionFilter,
  { limit, after }: { limit: number; after: readonly [createdAt: string, id: string] | null },
): Promise<PromotionRecord[]> {
  let query = (await selectVisible(ctx))
    .orderBy('promotion.created_at', 'desc')
    .orderBy('promotion.id', 'desc')
    .limit(limit);
  const { brandId, groupId, phases, search, granted = null } = filter;
  if (brandId) query = query.where('promotion.brand_id', '=', brandId);
  if (groupId) query = query.where('promotion.group_id', '=', groupId);
  if (phases) query = query.where(inPhases(phases, ctx.clock.now()));
  if (granted !== null)
    query = query.where(sql<boolean>`(revision.rules -> 'audience' ->> 'who' = 'GRANTED') = ${granted}`);
  if (search) {
    const like = `%${search.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where((eb) =>
      eb.or([eb('promotion.name', 'ilike', like), eb('revision.title', 'ilike', like)]),
    );
  }
  if (after)
    query = query.where(
      sql<boolean>`(promotion.created_at, promotion.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  return query.execute();
}

/** In any order; those of other brands are missing. */
export async function readPromotionsById(ctx: Context, ids: readonly string[]): Promise<PromotionRecord[]> {
  if (ids.length === 0) return [];
  return (await selectVisible(ctx)).where('promotion.id', 'in', [...ids]).execute();
}

/** How many there are of each phase. */
export async function countPhases(
  ctx: Context,
  filter: PromotionFilter,
): Promise<Record<PromotionPhase, number>> {
  const counts: Record<PromotionPhase, number> = { DRAFT: 0, PLANNED: 0, RUNNING: 0, PAUSED: 0, ENDED: 0 };
  const now = ctx.clock.now();
  for (const promotion of await readPromotions(ctx, filter, { limit: MOST_COUNTED, after: null }))
    counts[phaseOf(promotion, now)] += 1;
  return counts;
}

/** More promotions than a company ever had; each is a row of configuration. */
const MOST_COUNTED = 5_000;

async function selectVisible(ctx: Context) {
  const query = currentPromotions(ctx).select([
    'promotion.id',
    'promotion.brand_id as brandId',
    'promotion.group_id as groupId',
    'promotion.name',
    'promotion.priority',
    'promotion.state',
    'promotion.revision',
    'promotion.version',
    'promotion.created_at as createdAt',
    'promotion.updated_at as updatedAt',
    'promotion.published_at as publishedAt',
    'promotion.ended_at as endedAt',
    'revision.title',
    'revision.rules',
  ]);
  return query.where('promotion.brand_id', 'in', await visibleBrands(ctx));
}

/** Those the caller's stores belong to; never an empty list, for SQL's sake. */
async function visibleBrands(ctx: Context): Promise<string[]> {
  const brands = await readBrands(ctx, { archived: true });
  return [NOBODY, ...brands.map(({ id }) => id)];
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The same as `phaseOf`, in the database. */
function inPhases(phases: readonly PromotionPhase[], now: Date): Expression<SqlBool> {
  const ofPhase: Record<PromotionPhase, Expression<SqlBool>> = {
    DRAFT: sql<boolean>`promotion.state = 'DRAFT'`,
    PAUSED: sql<boolean>`promotion.state = 'PAUSED'`,
    ENDED: sql<boolean>`(promotion.state = 'ENDED' or promotion.state = 'LIVE'
      and coalesce((revision.rules -> 'when' ->> 'to')::timestamptz <= ${now}, false))`,
    PLANNED: sql<boolean>`(promotion.state = 'LIVE'
      and not coalesce((revision.rules -> 'when' ->> 'to')::timestamptz <= ${now}, false)
      and coalesce((revision.rules -> 'when' ->> 'from')::timestamptz > ${now}, false))`,
    RUNNING: sql<boolean>`(promotion.state = 'LIVE'
      and not coalesce((revision.rules -> 'when' ->> 'to')::timestamptz <= ${now}, false)
      and not coalesce((revision.rules -> 'when' ->> 'from')::timestamptz > ${now}, false))`,
  };
  return sql<boolean>`(false or ${sql.join(
    phases.map((phase) => ofPhase[phase]),
    sql` or `,
  )})`;
}

export interface GroupRecord {
  id: string;
  brandId: string;
  name: string;
  priority: number;
  stacking: Stacking;
  isDefault: boolean;
  version: number;
}

/** Of the caller's brands, in the order they are calculated. */
export async function readGroups(
  ctx: Context,
  { brandId, ids }: { brandId?: string | null; ids?: readonly string[] } = {},
): Promise<GroupRecord[]> {
  let query = ctx.sql
    .selectFrom('promotion_group')
    .select([
      'id',
      'brand_id as brandId',
      'name',
      'priority',
      'stacking',
      'is_default as isDefault',
      'version',
    ])
    .where('brand_id', 'in', await visibleBrands(ctx))
    .orderBy('brand_id')
    .orderBy('priority')
    .orderBy('id');
  if (brandId) query = query.where('brand_id', '=', brandId);
  if (ids !== undefined) query = query.where('id', 'in', [NOBODY, ...ids]);
  return query.execute();
}
