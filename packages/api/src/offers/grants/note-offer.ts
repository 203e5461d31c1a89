import { createHash } from 'node:crypto';
import { readVisit } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { invalid } from '../../platform/errors.ts';

export interface NoteOffer {
  visitId: string;
  /** The offer's: of which visit and promotion; null: an id of no offer. */
  offer: { visitId: string; promotionId: string } | null;
  happened: 'SHOWN' | 'ACCEPTED';
}

export interface OfferNoted {
  __typename: 'OfferNoted';
  happened: 'SHOWN' | 'ACCEPTED';
}

/**
 * What became of an offer at a visit; noted once however often it is told, and told on as `offer.shown` and
 * `offer.accepted`. What was accepted was shown.
 * @throws VisitExpired @throws InvalidInput for an offer of another visit
 */
export async function noteOffer(ctx: Context, { visitId, offer, happened }: NoteOffer): Promise<OfferNoted> {
  const { profileId } = await readVisit(ctx, visitId);
  if (offer === null || offer.visitId !== visitId || !(await isOfBrand(ctx, offer.promotionId)))
    throw invalid('offerId', 'UNKNOWN', 'is no offer of this visit');
  await callFunction(ctx.sql, 'note_offer', {
    profileId,
    id: showingId(offer),
    visitId,
    promotionId: offer.promotionId,
    storeId: ctx.actor.till?.storeId ?? null,
    accepted: happened === 'ACCEPTED',
    now: ctx.clock.now(),
  });
  return { __typename: 'OfferNoted', happened };
}

async function isOfBrand(ctx: Context, promotionId: string): Promise<boolean> {
  const row = await ctx.sql
    .selectFrom('promotion')
    .select('brand_id')
    .where('id', '=', promotionId)
    .executeTakeFirst();
  const { brandId } = ctx.actor;
  return row !== undefined && (brandId === null || brandId === row.brand_id);
}

/** The same for the same visit and promotion. */
function showingId({ visitId, promotionId }: { visitId: string; promotionId: string }): string {
  const hash = createHash('sha256').update(`${visitId}:${promotionId}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
