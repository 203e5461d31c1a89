import type { PromotionRules } from '@clientele/shared/promotions';
import type { Context } from '../../platform/context.ts';
import { ruleChanges, type RuleChange } from './rules/rule-changes.ts';

export interface RevisionRecord {
  promotionId: string;
  number: number;
  title: string;
  rules: PromotionRules;
  authorName: string | null;
  createdAt: Date;
  /** Against the revision before; of the first: nothing. */
  changes: RuleChange[];
}

/** All of a promotion, the newest first. The caller has read the promotion. */
export async function readRevisions(ctx: Context, promotionId: string): Promise<RevisionRecord[]> {
  const rows = await ctx.sql
    .selectFrom('promotion_revision as revision')
    .leftJoin('staff', 'staff.id', 'revision.author_id')
    .leftJoin('api_key', 'api_key.id', 'revision.author_id')
    .select([
      'revision.promotion_id as promotionId',
      'revision.number',
      'revision.title',
      'revision.rules',
      'staff.name as staffName',
      'api_key.name as keyName',
      'revision.created_at as createdAt',
    ])
    .where('revision.promotion_id', '=', promotionId)
    .orderBy('revision.number')
    .execute();
  return rows
    .map(({ staffName, keyName, ...row }, index) => {
      const before = rows[index - 1];
      return {
        ...row,
        authorName: staffName ?? keyName,
        changes:
          before === undefined
            ? []
            : ruleChanges(
                { title: before.title, rules: before.rules },
                { title: row.title, rules: row.rules },
              ),
      };
    })
    .toReversed();
}
