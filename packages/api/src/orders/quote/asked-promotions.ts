import type {
  PresentedCode,
  Promotion,
  PromotionCondition,
  PromotionGroup,
  PromotionUse,
} from '@clientele/shared/promotions';
import { segmentsOfAudience } from '@clientele/shared/promotions';
import { activePromotions, heldLimits, type HeldLimits } from '../../offers/index.ts';
import type { Context } from '../../platform/context.ts';
import { isId } from '../../platform/ids.ts';
import type { KnownStore } from './known-store.ts';

/** Promotions a basket is tried on, with what has to be read for them. */
export interface AskedPromotions {
  readonly promotions: readonly Promotion[];
  readonly groups: readonly PromotionGroup[];
  /** By promotion id; those without a limit in this currency are missing. */
  readonly limits: ReadonlyMap<string, HeldLimits>;
  /** For `read_basket`; null: nothing has to be read. */
  readonly ask: {
    readonly limits: readonly { readonly promotionId: string; readonly limits: HeldLimits }[];
    readonly orders: boolean;
    readonly grants: boolean;
    /** Ids of the segments audiences name. */
    readonly segments: readonly string[];
  } | null;
}

/** What `read_basket` answers to it. */
export interface PromotionsRead {
  readonly uses: Readonly<Record<string, PromotionUse>>;
  readonly codes: readonly PresentedCode[];
  readonly ordersBefore: number | null;
  readonly granted: readonly string[];
  /** Ids of those asked for that the person is in; null: not known, or not asked. */
  readonly segments: readonly string[] | null;
}

export const NO_PROMOTIONS: AskedPromotions = { promotions: [], groups: [], limits: new Map(), ask: null };

export const NOTHING_READ: PromotionsRead = {
  uses: {},
  codes: [],
  ordersBefore: null,
  granted: [],
  segments: null,
};

/** Conditions that ask how often somebody bought before. */
const COUNTS_ORDERS: ReadonlySet<PromotionCondition['kind']> = new Set(['FIRST_ORDER', 'NTH_ORDER']);

/**
 * The brand's promotions about this moment.
 * @param zone whose days, weeks and months limits are counted in: the program's, so that all stores count in the same
 */
export async function askPromotions(
  ctx: Context,
  store: KnownStore,
  {
    at,
    zone,
    codes,
    drafts = [],
  }: { at: Date; zone: string; codes: readonly string[]; drafts?: readonly Promotion[] },
): Promise<AskedPromotions> {
  const { promotions, groups } = await activePromotions(ctx, store.brandId, at);
  const instead = new Set(drafts.map(({ id }) => id));
  const tried = [...promotions.filter(({ id }) => !instead.has(id)), ...drafts];
  return askAbout(tried, groups, { at, zone, currency: store.currency, codes });
}

export function askAbout(
  promotions: readonly Promotion[],
  groups: readonly PromotionGroup[],
  given: { at: Date; zone: string; currency: string; codes: readonly string[] },
): AskedPromotions {
  const limits = new Map(
    promotions.flatMap(({ id, rules }) => {
      const held = limitsOf(rules.limits, given);
      return held === null ? [] : [[id, held] as const];
    }),
  );
  const orders = promotions.some(({ rules }) =>
    mayAsk(() => rules.conditions.some(({ kind }) => COUNTS_ORDERS.has(kind))),
  );
  const grants = promotions.some(({ rules }) => mayAsk(() => rules.audience.who === 'GRANTED'));
  const segments = segmentsAsked(promotions);
  const asks = limits.size + segments.length + given.codes.length > 0 || orders || grants;
  return {
    promotions,
    groups,
    limits,
    ask: asks
      ? {
          limits: [...limits].map(([promotionId, held]) => ({ promotionId, limits: held })),
          orders,
          grants,
          segments,
        }
      : null,
  };
}

function limitsOf(
  limits: Promotion['rules']['limits'],
  given: { at: Date; zone: string; currency: string },
): HeldLimits | null {
  try {
    return heldLimits(limits, given);
  } catch {
    return null;
  }
}

/** Segments that audiences name. What is no id is nobody's segment: the calculation finds nobody in it. */
export function segmentsAsked(promotions: readonly Promotion[]): string[] {
  const named = new Set<string>();
  for (const { rules } of promotions)
    mayAsk(() => {
      for (const id of segmentsOfAudience(rules.audience)) if (isId(id)) named.add(id);
      return true;
    });
  return [...named];
}

/** Rules that are broken are the calculation's to tell: they stop nothing here. */
function mayAsk(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}
