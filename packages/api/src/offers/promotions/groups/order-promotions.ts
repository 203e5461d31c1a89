import { auditChange, demandVersion } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { forgetPromotions } from '../active-promotions.ts';
import { demandBrand } from '../demand-brand.ts';
import { lockGroup } from './save-group.ts';

/**
 * The order in which the groups of a brand are calculated; every one is named.
 * @throws InvalidInput where the list is not that of the groups there are @throws RequestError FORBIDDEN
 */
export async function orderGroups(
  ctx: Context,
  { brandId, groupIds }: { brandId: string; groupIds: readonly string[] },
): Promise<void> {
  await demandBrand(ctx, brandId);
  await inTransaction(ctx, async (tx) => {
    const groups = await tx.sql
      .selectFrom('promotion_group')
      .select('id')
      .where('brand_id', '=', brandId)
      .orderBy('priority')
      .orderBy('id')
      .forUpdate()
      .execute();
    const before = groups.map(({ id }) => id);
    if (!sameMembers(before, groupIds))
      throw invalid('groupIds', 'MISMATCH', 'names each group of the brand once');
    const changed = await auditChange(tx, {
      action: 'promotion-groups.ordered',
      subject: `brand:${brandId}`,
      before: { groups: before },
      after: { groups: groupIds },
    });
    if (!changed) return;
    for (const [priority, id] of groupIds.entries())
      await tx.sql.updateTable('promotion_group').set({ priority }).where('id', '=', id).execute();
  });
  forgetPromotions(ctx.database);
}

/**
 * The order of the promotions of a group; one that stood in another group of the brand moves here, those not named
 * (ended ones) come last as they stood.
 * @param version of the group @throws InvalidInput @throws VersionConflict
 */
export async function orderPromotions(
  ctx: Context,
  { groupId, version, promotionIds }: { groupId: string; version: number; promotionIds: readonly string[] },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const group = await lockGroup(tx, groupId);
    await demandVersion(tx, `promotion-group:${groupId}`, group, version);
    const known = await tx.sql
      .selectFrom('promotion')
      .select(['id', 'group_id as groupId'])
      .where('brand_id', '=', group.brandId)
      .orderBy('priority')
      .orderBy('id')
      .forUpdate()
      .execute();
    const before = known.filter((promotion) => promotion.groupId === groupId).map(({ id }) => id);
    checkNamed(promotionIds, new Set(known.map(({ id }) => id)));
    const after = [...promotionIds, ...before.filter((id) => !promotionIds.includes(id))];
    const changed = await auditChange(tx, {
      action: 'promotion-group.ordered',
      subject: `promotion-group:${groupId}`,
      before: { promotions: before },
      after: { promotions: after },
    });
    if (!changed) return;
    for (const [index, id] of after.entries())
      await tx.sql
        .updateTable('promotion')
        .set({ group_id: groupId, priority: index + 1 })
        .where('id', '=', id)
        .execute();
    await tx.sql
      .updateTable('promotion_group')
      .set({ version: version + 1 })
      .where('id', '=', groupId)
      .execute();
  });
  forgetPromotions(ctx.database);
}

function checkNamed(named: readonly string[], ofBrand: ReadonlySet<string>): void {
  for (const [index, id] of named.entries()) {
    if (!ofBrand.has(id)) throw invalid(`promotionIds.${index}`, 'UNKNOWN', 'is no promotion of this brand');
    if (named.indexOf(id) < index) throw invalid(`promotionIds.${index}`, 'DUPLICATE', 'is named twice');
  }
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return (
    one.length === other.length &&
    new Set(other).size === other.length &&
    one.every((id) => other.includes(id))
  );
}
