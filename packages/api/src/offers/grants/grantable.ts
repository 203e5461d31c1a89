import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { currentPromotions } from '../promotions/current-promotions.ts';

/** What staff say of a grant. */
export interface GrantTermsInput {
  /** Sent again it grants nothing more. */
  requestId: string;
  /** As the API names it. */
  promotionId: string;
  reason?: string | null | undefined;
  validTo?: Date | null | undefined;
  uses?: number | null | undefined;
}

export interface GrantTerms {
  promotionId: string;
  reason: string | null;
  validTo: Date | null;
  uses: number;
}

const LONGEST_KEY = 100;
const LONGEST_REASON = 200;
const MOST_USES = 1_000;

/**
 * @throws InvalidInput: a promotion of another brand, one that is over, one that is not for those it is granted to (it
 * would do nothing), a moment that is past
 */
export async function readGrantTerms(ctx: Context, input: GrantTermsInput): Promise<GrantTerms> {
  const problems = new InputProblems();
  problems.text(input.requestId, ['requestId'], LONGEST_KEY);
  const reason = input.reason?.trim() || null;
  if (reason !== null && reason.length > LONGEST_REASON)
    problems.add(['reason'], 'RANGE', `has ${LONGEST_REASON} characters at most`);
  const uses = input.uses ?? 1;
  if (uses < 1 || uses > MOST_USES) problems.add(['uses'], 'RANGE', `is 1 to ${MOST_USES}`);
  const validTo = input.validTo ?? null;
  if (validTo !== null && validTo <= ctx.clock.now()) problems.add(['validTo'], 'RANGE', 'is in the future');
  problems.refuseAny();
  return { promotionId: await grantablePromotion(ctx, input.promotionId), reason, validTo, uses };
}

async function grantablePromotion(ctx: Context, opaque: string): Promise<string> {
  const id = localId(opaque, 'Promotion');
  const { brandId } = ctx.actor;
  const row =
    id === null
      ? undefined
      : await currentPromotions(ctx)
          .select(['promotion.id', 'promotion.brand_id', 'promotion.state', 'revision.rules'])
          .where('promotion.id', '=', id)
          .executeTakeFirst();
  if (row === undefined || (brandId !== null && row.brand_id !== brandId))
    throw invalid('promotionId', 'UNKNOWN', 'there is no such promotion');
  if (row.state === 'ENDED') throw invalid('promotionId', 'MISMATCH', 'this promotion is over');
  if (row.rules.audience.who !== 'GRANTED')
    throw invalid('promotionId', 'MISMATCH', 'this promotion is not granted personally');
  return row.id;
}
