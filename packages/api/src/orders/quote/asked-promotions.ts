import type {
  PresentedCode,
  Promotion,
  PromotionCondition,
  PromotionGroup,
  PromotionUse,
} from '@clientele/shared/promotions';
import { activePromotions, heldLimits, type HeldLimits } from '../../offers/index.ts';
import type { Context } from '../../platform/context.ts';
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
  } | null;
}

/** What `read_basket` answers to it. */
export interface PromotionsRead {
  readonly uses: Readonly<Record<string, PromotionUse>>;
  readonly codes: readonly PresentedCode[];
  readonly ordersBefore: number | null;
  readonly granted: readonly string[];
}

export const NO_PROMOTIONS: AskedPromotions = { promotions: [], groups: [], limits: new Map(), ask: null };

export const NOTHING_READ: PromotionsRead = { uses: {}, codes: [], ordersBefore: null, granted: [] };

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
  const asks = limits.size > 0 || orders || grants || given.codes.length > 0;
  return {
    promotions,
    groups,
    limits,
    ask: asks
      ? { limits: [...limits].map(([promotionId, held]) => ({ promotionId, limits: held })), orders, grants }
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

/** Rules that are broken are the calculation's to tell: they stop nothing here. */
function mayAsk(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}
