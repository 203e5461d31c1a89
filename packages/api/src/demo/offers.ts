import { sql } from 'kysely';
import { grantOfferTo } from '../offers/index.ts';
import type { Context } from '../platform/context.ts';
import { profileRefReader, resolveProfiles } from '../profiles/index.ts';
import type { DemoPerson } from './people.ts';

const REASONS = ['подарок за отзыв', 'давно не виделись', 'год вместе с нами'];
const SHOPPERS = 24;
const VALID_DAYS = 30;

/**
 * Personal offers for the first of the demo's shoppers: what is granted personally in the demo has somebody to be
 * granted to. A second time changes nothing.
 * @param source of the people's ids
 */
export async function grantDemoOffers(
  ctx: Context,
  brandId: string,
  { people, source }: { people: readonly DemoPerson[]; source: string },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select promotion.id from public.promotion
    join public.promotion_revision revision on revision.promotion_id = promotion.id and revision.number = promotion.revision
    where promotion.brand_id = ${brandId} and promotion.state = 'LIVE' and revision.rules #>> '{audience,who}' = 'GRANTED'
    order by promotion.created_at, promotion.id`.execute(ctx.sql);
  const read = profileRefReader(ctx, 'RU');
  const refs = people
    .slice(0, SHOPPERS)
    .map(({ externalId }) => read({ external: { source, id: externalId } }, 'person'));
  const known = (await resolveProfiles(ctx, refs)).filter((person) => person !== null);
  for (const { id: promotionId } of rows)
    for (const [index, { id: profileId }] of known.entries()) {
      const reason = REASONS[index % REASONS.length] ?? null;
      await grantOfferTo(ctx, {
        profileId,
        promotionId,
        reason,
        validDays: VALID_DAYS,
        dedupeKey: `demo:${promotionId}`,
      });
    }
}
