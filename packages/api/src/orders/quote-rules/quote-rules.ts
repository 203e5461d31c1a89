import type { Promotion, PromotionGroup } from '@clientele/shared/promotions';
import type { ProgramMode, ProgramSettings, SalePlace } from '@clientele/shared/receipt';
import { activePromotions } from '../../offers/index.ts';
import { modeAt, programOfBrand, versionAt, type ProgramVersionRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { shortHash } from '../quote/quote-hash.ts';

/** Everything of the house a till needs to calculate a receipt by itself; nothing of any shopper. */
export interface QuoteRules {
  /** Another one: the rules are others. */
  readonly revision: string;
  readonly currency: string;
  readonly place: SalePlace;
  readonly mode: ProgramMode;
  /** Null: no program, or none valid now. */
  readonly settings: ProgramSettings | null;
  readonly promotions: readonly Promotion[];
  readonly groups: readonly PromotionGroup[];
}

/** The store of a till, as far as its receipts go. */
export interface RulesStore {
  readonly id: string;
  readonly brandId: string;
  readonly currency: string;
  readonly timeZone: string;
}

/** By what rules a till in this store calculates now. */
export async function quoteRules(ctx: Context, store: RulesStore): Promise<QuoteRules> {
  const program = await programOfBrand(ctx, store.brandId);
  const now = ctx.clock.now();
  const mode = program === null ? 'OFF' : modeAt(program, now);
  const version = program === null || mode === 'OFF' ? null : versionAt(program, now);
  const { promotions, groups } = await activePromotions(ctx, store.brandId);
  const settings = version?.settings ?? null;
  return {
    revision: rulesRevision({ version, mode, promotions, groups }),
    currency: store.currency,
    place: { storeId: store.id, channel: 'STORE', timezone: store.timeZone },
    mode,
    settings,
    promotions: promotions.map(withoutPeople),
    groups,
  };
}

/**
 * The audience is judged by the server, who tells the till which promotions are open to a shopper. What is for everybody
 * but some is for nobody the till can tell by itself.
 */
function withoutPeople(promotion: Promotion): Promotion {
  const { who, except, segmentIds } = promotion.rules.audience;
  const leavesOut = except.tags.length + except.segmentIds.length + segmentIds.length > 0;
  const audience = {
    who: who === 'ANYBODY' && leavesOut ? ('CHOSEN' as const) : who,
    tags: [],
    tiers: [],
    segmentIds: [],
    except: { tags: [], segmentIds: [] },
  };
  return { ...promotion, rules: { ...promotion.rules, audience } };
}

/** Told with every quote: where it is another than the till's, the till asks for the rules again. */
export function rulesRevision(rules: {
  version: Pick<ProgramVersionRecord, 'id'> | null;
  mode: ProgramMode;
  promotions: readonly Promotion[];
  groups: readonly PromotionGroup[];
}): string {
  return shortHash([
    rules.version?.id ?? null,
    rules.mode,
    rules.promotions.map(({ id, revision, groupId, priority }) => [id, revision, groupId, priority]),
    rules.groups.map(({ id, priority, stacking }) => [id, priority, stacking]),
  ]);
}
