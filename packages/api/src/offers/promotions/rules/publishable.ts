import type { PromotionRules } from '@clientele/shared/promotions';
import type { Context } from '../../../platform/context.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { checkAudience } from './named-segments.ts';

/** What a promotion names besides itself must be there before shoppers meet it. @throws InvalidInput */
export async function checkPublishable(tx: Context, id: string, rules: PromotionRules): Promise<void> {
  const problems = new InputProblems();
  await checkAudience(tx, rules.audience, ['rules', 'audience'], problems);
  checkTime(rules, tx.clock.now(), problems);
  await checkPools(tx, id, rules, problems);
  problems.refuseAny();
}

function checkTime({ when }: PromotionRules, now: Date, problems: InputProblems): void {
  if (when.to !== null && Date.parse(when.to) <= now.getTime())
    problems.add(['rules', 'when', 'to'], 'RANGE', 'is over already');
}

/** Codes have to come from somewhere. */
async function checkPools(
  tx: Context,
  id: string,
  { conditions, benefits }: PromotionRules,
  problems: InputProblems,
): Promise<void> {
  const coded = conditions.findIndex(({ kind }) => kind === 'PROMO_CODE');
  const wanted = benefits.flatMap((benefit, index) =>
    benefit.kind === 'NEXT_CODE' ? [{ index, poolId: benefit.poolId }] : [],
  );
  if (coded === -1 && wanted.length === 0) return;
  const pools = await tx.sql
    .selectFrom('promo_code_pool')
    .innerJoin('promotion', 'promotion.brand_id', 'promo_code_pool.brand_id')
    .select(['promo_code_pool.id', 'promo_code_pool.promotion_id as promotionId'])
    .where('promotion.id', '=', id)
    .where('promo_code_pool.archived_at', 'is', null)
    .execute();
  if (coded !== -1 && !pools.some(({ promotionId }) => promotionId === id))
    problems.add(
      ['rules', 'conditions', coded],
      'REQUIRED',
      'has no promo codes yet: make a series of them first',
    );
  for (const { index, poolId } of wanted)
    if (!pools.some((pool) => pool.id === poolId))
      problems.add(
        ['rules', 'benefits', index, 'poolId'],
        'UNKNOWN',
        'is no series of promo codes of this brand',
      );
}
