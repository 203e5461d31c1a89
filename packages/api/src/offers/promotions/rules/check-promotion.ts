import { promotionRulesProblems, type PromotionRules } from '@clientele/shared/promotions';
import type { Context } from '../../../platform/context.ts';
import { InputProblems } from '../../../platform/input-problems.ts';

/** What staff write of a promotion. */
export interface PromotionContent {
  /** For staff. */
  name: string;
  /** For shoppers: on the receipt, at the till. */
  title: string;
  rules: unknown;
}

export interface CheckedContent {
  name: string;
  title: string;
  rules: PromotionRules;
}

const LONGEST_NAME = 200;
/** On a receipt. */
const LONGEST_TITLE = 100;
const LARGEST_RULES = 262_144;

/** @throws InvalidInput by the path of what is wrong */
export async function checkContent(
  ctx: Context,
  brandId: string,
  { name, title, rules }: PromotionContent,
): Promise<CheckedContent> {
  const problems = new InputProblems();
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  problems.exact(title, ['title'], { max: LONGEST_TITLE });
  await checkRules(ctx, brandId, rules, problems);
  problems.refuseAny();
  return { name, title, rules: rules as PromotionRules };
}

/** Whether rules can be calculated at all, and name stores of the brand. */
export async function checkRules(
  ctx: Context,
  brandId: string,
  rules: unknown,
  problems: InputProblems,
): Promise<void> {
  if (JSON.stringify(rules ?? null).length > LARGEST_RULES) {
    problems.add(['rules'], 'TOO_MANY', 'is more than a promotion holds');
    return;
  }
  const wrong = promotionRulesProblems(rules);
  for (const { path, code, message } of wrong) problems.add(['rules', ...path], code, message);
  if (wrong.length === 0) await checkStores(ctx, brandId, rules as PromotionRules, problems);
}

async function checkStores(
  ctx: Context,
  brandId: string,
  { where }: PromotionRules,
  problems: InputProblems,
): Promise<void> {
  if (where.storeIds.length === 0) return;
  const stores = await ctx.sql.selectFrom('store').select('id').where('brand_id', '=', brandId).execute();
  const known = new Set(stores.map(({ id }) => id));
  for (const [index, id] of where.storeIds.entries())
    if (!known.has(id))
      problems.add(['rules', 'where', 'storeIds', index], 'UNKNOWN', 'is no store of this brand');
}
