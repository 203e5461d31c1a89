import { setImmediate } from 'node:timers/promises';
import {
  segmentsOfAudience,
  type Promotion,
  type PromotionGroup,
  type PromotionRules,
} from '@clientele/shared/promotions';
import { demandScope, readBrands } from '../../company/index.ts';
import { programOfBrand, versionAt } from '../../loyalty/index.ts';
import {
  activePromotions,
  checkAudience,
  checkRules,
  readGroups,
  readPromotionsById,
} from '../../offers/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { segmentsAsked } from '../quote/asked-promotions.ts';
import { readSample } from './read-sample.ts';
import { replay, tryable, type Difference, type Replay } from './replay.ts';

export interface EstimatePromotion {
  brandId: string;
  /** Of one that is edited: it is tried instead of what it says now. */
  promotionId?: string | null;
  /** The default group where absent. */
  groupId?: string | null;
  rules: unknown;
  days: number;
}

/** What is assumed where the past cannot tell. */
export type Assumption =
  /** Not every purchase was calculated: sums are scaled up. */
  | 'SCALED'
  /** Its first and last moment are left out. */
  | 'ANY_DATE'
  /** Every shopper presents the code. */
  | 'CODE_PRESENTED'
  /** Every known shopper was granted it. */
  | 'GRANTED_TO_ALL'
  /** Who is in a segment today was in it then. */
  | 'SEGMENTS_NOW'
  /** Limits over several purchases, and the budget. */
  | 'LIMITS_IGNORED';

export interface EstimatedMoney {
  currency: string;
  /** Minor units, scaled to all purchases of the days. `touched`: of the purchases it would have been given to. */
  revenue: number;
  touchedRevenue: number;
  discount: number;
  /** After how many days of such sales the budget would be gone; null: none, or it would last for ever. */
  budgetDays: number | null;
}

export interface PromotionEstimate {
  __typename: 'PromotionEstimate';
  days: number;
  /** Purchases of the days, and how many of them were calculated. */
  orders: number;
  sampled: number;
  /** Scaled to all of them. */
  touched: number;
  points: number;
  money: EstimatedMoney[];
  assumptions: Assumption[];
}

const MOST_SAMPLED = 2_000;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;
/** Tills on this process wait no longer than a few receipts take. */
const AT_ONCE = 25;

/**
 * What a promotion would have given on purchases of the last days, had it run then beside those that run now.
 * @throws InvalidInput by the path of what is wrong in the rules @throws RequestError FORBIDDEN
 */
export async function estimatePromotion(ctx: Context, input: EstimatePromotion): Promise<PromotionEstimate> {
  demandScope(ctx, 'offers.read');
  const rules = await checkInput(ctx, input);
  const to = ctx.clock.now();
  const from = new Date(to.getTime() - input.days * DAY_MS);
  const { brandId, days } = input;
  const given = await replayOf(ctx, input, rules);
  const segmentIds = segmentsAsked([given.promotion, ...given.others]);
  const { orders, sampled } = await readSample(ctx, { brandId, from, to, most: MOST_SAMPLED, segmentIds });
  const sums = new Map<string, Sums>();
  for (const [index, order] of sampled.entries()) {
    add(sums, order.currency, replay(order, given));
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
  }
  const scale = (value: number) => Math.round((value * orders) / Math.max(1, sampled.length));
  const all = [...sums.values()];
  return {
    __typename: 'PromotionEstimate',
    days,
    orders,
    sampled: sampled.length,
    touched: scale(all.reduce((sum, { touched }) => sum + touched, 0)),
    points: scale(all.reduce((sum, { points }) => sum + points, 0)),
    money: [...sums].map(([currency, { revenue, touchedRevenue, discount }]) => ({
      currency,
      revenue: scale(revenue),
      touchedRevenue: scale(touchedRevenue),
      discount: scale(discount),
      budgetDays: budgetDays(rules.limits.budget?.[currency], scale(discount), days),
    })),
    assumptions: assumptionsOf(rules, orders > sampled.length),
  };
}

interface Sums {
  touched: number;
  revenue: number;
  touchedRevenue: number;
  discount: number;
  points: number;
}

function add(sums: Map<string, Sums>, currency: string, difference: Difference): void {
  const known = sums.get(currency) ?? { touched: 0, revenue: 0, touchedRevenue: 0, discount: 0, points: 0 };
  sums.set(currency, known);
  known.revenue += difference.revenue;
  known.discount += difference.discount;
  known.points += difference.points;
  if (!difference.touched) return;
  known.touched += 1;
  known.touchedRevenue += difference.revenue;
}

function budgetDays(budget: number | undefined, discount: number, days: number): number | null {
  if (budget === undefined || discount <= 0) return null;
  return Number((BigInt(budget) * BigInt(days)) / BigInt(discount));
}

function assumptionsOf(rules: PromotionRules, scaled: boolean): Assumption[] {
  const { when, audience, conditions, limits } = rules;
  const assumed: [Assumption, boolean][] = [
    ['SCALED', scaled],
    ['ANY_DATE', when.from !== null || when.to !== null],
    ['CODE_PRESENTED', conditions.some(({ kind }) => kind === 'PROMO_CODE')],
    ['GRANTED_TO_ALL', audience.who === 'GRANTED'],
    ['SEGMENTS_NOW', segmentsOfAudience(audience).length > 0],
    ['LIMITS_IGNORED', limits.perShopper !== null || limits.total !== null || limits.budget !== null],
  ];
  return assumed.flatMap(([assumption, holds]) => (holds ? [assumption] : []));
}

async function checkInput(
  ctx: Context,
  { brandId, rules, days }: EstimatePromotion,
): Promise<PromotionRules> {
  const problems = new InputProblems();
  const [brand] = await readBrands(ctx, { ids: [brandId] });
  if (brand === undefined) throw invalid('brandId', 'UNKNOWN', 'there is no such brand');
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    problems.add(['days'], 'RANGE', `is 1 to ${MOST_DAYS}`);
  await checkRules(ctx, brandId, rules, problems);
  problems.refuseAny();
  const { audience } = rules as PromotionRules;
  await checkAudience(ctx, audience, ['rules', 'audience'], problems);
  problems.refuseAny();
  return rules as PromotionRules;
}

/** The promotion where it would stand: last in its group, unless it stands there already. */
async function replayOf(ctx: Context, input: EstimatePromotion, rules: PromotionRules): Promise<Replay> {
  const { brandId, promotionId } = input;
  const [active, groups, [standing], program] = await Promise.all([
    activePromotions(ctx, brandId),
    readGroups(ctx, { brandId }),
    promotionId ? readPromotionsById(ctx, [promotionId]) : [],
    programOfBrand(ctx, brandId),
  ]);
  const group = groups.find(({ id }) => id === (input.groupId ?? standing?.groupId));
  const groupId = group?.id ?? groups.find(({ isDefault }) => isDefault)?.id ?? NEW_GROUP.id;
  const promotion: Promotion = {
    id: standing?.id ?? newId(),
    revision: 1,
    title: standing?.title ?? '',
    groupId,
    priority: standing?.groupId === groupId ? standing.priority : Number.MAX_SAFE_INTEGER,
    rules: tryable(rules),
  };
  const now = ctx.clock.now();
  return {
    settings: (program !== null && program.mode !== 'OFF' && versionAt(program, now)?.settings) || null,
    promotion,
    others: active.promotions
      .filter(({ id }) => id !== promotion.id)
      .map((other) => ({ ...other, rules: { ...other.rules, limits: tryable(other.rules).limits } })),
    groups: active.groups.length === 0 ? [NEW_GROUP] : active.groups,
  };
}

/** What the default group will be where there is none yet. */
const NEW_GROUP: PromotionGroup = { id: 'new', priority: 0, stacking: 'SEQUENTIAL' };
