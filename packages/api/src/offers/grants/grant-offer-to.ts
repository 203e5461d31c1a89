import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { newId } from '../../platform/ids.ts';
import type { GRANT_SOURCES } from './offer-grant.entity.ts';

export interface GrantOffers {
  promotionId: string;
  source: (typeof GRANT_SOURCES)[number];
  /** For the shopper, in their language; null: none is told. */
  reason: string | null;
  /** Exclusive; null: as long as the promotion. */
  validTo: Date | null;
  /** Purchases it is good for; null: any number. */
  uses: number | null;
  /** Whom, and the occasion: who was granted it by the same one before keeps that. */
  grants: readonly { profileId: string; dedupeKey: string | null }[];
}

export interface GrantedOffer {
  profileId: string;
  id: string;
}

/** Posts grants of one promotion in one statement. @returns those that are new */
export function postGrants(ctx: Context, { grants, ...grant }: GrantOffers): Promise<GrantedOffer[]> {
  const now = ctx.clock.now();
  return callFunction<GrantedOffer[]>(ctx.sql, 'grant_offers', {
    ...grant,
    validFrom: now,
    now,
    grantedBy: grantedBy(ctx),
    grants: grants.map((one) => ({ ...one, id: newId() })),
  });
}

function grantedBy({ actor }: Pick<Context, 'actor'>): string {
  return actor.kind === 'SYSTEM' ? 'system' : `${actor.kind.toLowerCase()}:${actor.id}`;
}

export interface GrantOfferTo {
  profileId: string;
  promotionId: string;
  /** For the shopper: «подарок за отзыв». */
  reason: string | null;
  /** × 24 hours from now; null: as long as the promotion. */
  validDays: number | null;
  /** The occasion, e.g. `review:<id>`: told twice it grants once. */
  dedupeKey: string;
  uses?: number;
}

const DAY_MS = 86_400_000;

/**
 * A rule of another room grants an offer, in that room's transaction. Whether the promotion is on sale is judged when
 * it is used: a rule never fails because a marketer has just ended it.
 * @returns false: the occasion has granted it before
 */
export async function grantOfferTo(ctx: Context, input: GrantOfferTo): Promise<boolean> {
  const { profileId, promotionId, reason, validDays, dedupeKey, uses = 1 } = input;
  const validTo = validDays === null ? null : new Date(ctx.clock.now().getTime() + validDays * DAY_MS);
  const granted = await postGrants(ctx, {
    promotionId,
    source: 'RULE',
    reason,
    validTo,
    uses,
    grants: [{ profileId, dedupeKey }],
  });
  return granted.length > 0;
}
