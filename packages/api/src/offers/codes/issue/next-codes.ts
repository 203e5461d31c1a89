import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { DomainError } from '../../../platform/errors.ts';
import type { EventHandler } from '../../../platform/outbox/handlers.ts';
import { issueCode } from './issue-code.ts';

interface NextCode {
  promotionId: string;
  title: string;
  poolId: string;
  validDays: number;
  /** Of the benefit within its promotion. */
  position: number;
}

/**
 * After a purchase the shopper gets the codes its promotions promised, each once, with the days counted from the
 * purchase. A pool that cannot give one is told in the log: the purchase is long done.
 */
export const issueNextCodes: EventHandler = {
  name: 'promo-codes.next',
  // Most purchases had no promotion: they cost nothing here.
  concerns: async (_ctx, { payload }) => (payload as { promotionIds?: string[] }).promotionIds?.length !== 0,
  async handle(ctx, { profileId, payload, occurredAt }) {
    const { orderId, purchasedAt } = payload as { orderId: string; purchasedAt?: string | null };
    const owed = await nextCodesOf(ctx, profileId, orderId);
    if (owed.length === 0 || !(await isPerson(ctx, profileId))) return;
    for (const { promotionId, title, poolId, validDays, position } of owed) {
      try {
        await issueCode(ctx, {
          poolId,
          profileId,
          dedupeKey: `order:${orderId}:${promotionId}:${position}`,
          validDays,
          reason: title,
          orderId,
          at: purchasedAt ? new Date(purchasedAt) : occurredAt,
        });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        ctx.log.warn(
          { orderId, promotionId, poolId, code: error.code },
          'a promised promo code was not issued',
        );
      }
    }
  },
};

/** A purchase that came back whole takes the codes it brought with it, those nobody used or is using. */
export const takeBackNextCodes: EventHandler = {
  name: 'promo-codes.take-back',
  concerns: async (_ctx, { payload }) => (payload as { state?: string }).state === 'RETURNED',
  async handle(ctx, { payload }) {
    const { orderId } = payload as { orderId: string };
    const now = ctx.clock.now();
    await ctx.sql
      .updateTable('promo_code')
      .set({ state: 'CANCELLED', cancelled_at: now, held_order_id: null, held_until: null })
      .where('given_for_order_id', '=', orderId)
      .where((eb) =>
        eb.or([eb('state', '=', 'ISSUED'), eb.and([eb('state', '=', 'HELD'), eb('held_until', '<=', now)])]),
      )
      .execute();
  },
};

/** By the revisions the purchase was calculated with. Its shopper may have been merged into another since. */
async function nextCodesOf(ctx: Context, profileId: string, orderId: string): Promise<NextCode[]> {
  const { rows } = await sql<NextCode>`
    select used.promotion_id as "promotionId", revision.title, benefit.value ->> 'poolId' as "poolId",
      (benefit.value ->> 'validDays')::integer as "validDays", benefit.ordinality::integer as position
    from public.promotion_use used
    join public.promotion_revision revision
      on revision.promotion_id = used.promotion_id and revision.number = used.revision,
    jsonb_array_elements(revision.rules -> 'benefits') with ordinality as benefit
    where used.profile_id in (${profileId}, (public.surviving_profile(${profileId})).id)
      and used.order_id = ${orderId} and used.returned_at is null and benefit.value ->> 'kind' = 'NEXT_CODE'
    order by used.promotion_id, position`.execute(ctx.sql);
  return rows;
}

async function isPerson(ctx: Context, profileId: string): Promise<boolean> {
  const row = await ctx.sql
    .selectFrom('profile')
    .select('id')
    .where('id', '=', profileId)
    .where('kind', '=', 'PERSON')
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
