import type { Context } from '../../platform/context.ts';
import { currentPromotions } from './current-promotions.ts';

/** What promotions are called: `name` for staff, `title` for shoppers as it stands now. Unknown ids are missing. */
export async function promotionNames(
  ctx: Pick<Context, 'sql'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { name: string; title: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await currentPromotions(ctx)
    .select(['promotion.id', 'promotion.name', 'revision.title'])
    .where('promotion.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name, title }) => [id, { name, title }]));
}
