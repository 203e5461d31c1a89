import type { Database } from '../../platform/database/database.ts';

/** Promotions with what they give and ask now: columns of `promotion`, and of `revision`, the newest of each. */
export function currentPromotions({ sql }: Pick<Database, 'sql'>) {
  return sql
    .selectFrom('promotion')
    .innerJoin('promotion_revision as revision', (join) =>
      join
        .onRef('revision.promotion_id', '=', 'promotion.id')
        .onRef('revision.number', '=', 'promotion.revision'),
    );
}
