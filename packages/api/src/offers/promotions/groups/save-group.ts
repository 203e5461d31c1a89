import type { Stacking } from '@clientele/shared/promotions';
import { audit, auditChange, demandScope, demandVersion } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { PromotionGroupInUse } from '../../offers.errors.ts';
import { forgetPromotions } from '../active-promotions.ts';
import { demandBrand, writesBrand } from '../demand-brand.ts';

export interface GroupContent {
  name: string;
  stacking: Stacking;
}

const LONGEST_NAME = 100;
const MOST_GROUPS = 50;

/** Calculated after the brand's other groups. @returns its id @throws InvalidInput @throws RequestError FORBIDDEN */
export async function createGroup(
  ctx: Context,
  { brandId, ...content }: GroupContent & { brandId: string },
): Promise<string> {
  await demandBrand(ctx, brandId);
  checkName(content.name);
  const id = newId();
  await inTransaction(ctx, async (tx) => {
    const groups = await tx.sql
      .selectFrom('promotion_group')
      .select('priority')
      .where('brand_id', '=', brandId)
      .execute();
    if (groups.length >= MOST_GROUPS) throw invalid('name', 'TOO_MANY', `at most ${MOST_GROUPS} groups`);
    await tx.sql
      .insertInto('promotion_group')
      .values({
        id,
        brand_id: brandId,
        ...content,
        priority: Math.max(0, ...groups.map(({ priority }) => priority)) + 1,
        created_at: tx.clock.now(),
      })
      .execute();
    await audit(tx, {
      action: 'promotion-group.created',
      subject: `promotion-group:${id}`,
      facts: { after: content },
    });
  });
  forgetPromotions(ctx.database);
  return id;
}

/** Holds at once for every promotion of the group. @throws InvalidInput @throws VersionConflict */
export async function changeGroup(
  ctx: Context,
  { id, version, ...content }: GroupContent & { id: string; version: number },
): Promise<void> {
  checkName(content.name);
  await inTransaction(ctx, async (tx) => {
    const before = await lockGroup(tx, id);
    const subject = `promotion-group:${id}`;
    await demandVersion(tx, subject, before, version);
    const { name, stacking } = content;
    if (!(await auditChange(tx, { action: 'promotion-group.changed', subject, before, after: content })))
      return;
    await tx.sql
      .updateTable('promotion_group')
      .set({ name, stacking, version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
  forgetPromotions(ctx.database);
}

/** @throws PromotionGroupInUse @throws InvalidInput @throws VersionConflict */
export async function deleteGroup(
  ctx: Context,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const before = await lockGroup(tx, id);
    await demandVersion(tx, `promotion-group:${id}`, before, version);
    const { count } = await tx.sql
      .selectFrom('promotion')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('group_id', '=', id)
      .executeTakeFirstOrThrow();
    if (count > 0 || before.isDefault) throw new PromotionGroupInUse(count);
    await tx.sql.deleteFrom('promotion_group').where('id', '=', id).execute();
    await audit(tx, {
      action: 'promotion-group.deleted',
      subject: `promotion-group:${id}`,
      facts: { before: { name: before.name, stacking: before.stacking } },
    });
  });
  forgetPromotions(ctx.database);
}

/** @throws InvalidInput UNKNOWN @throws RequestError FORBIDDEN */
export async function lockGroup(tx: Context, id: string) {
  demandScope(tx, 'offers.write');
  const group = await tx.sql
    .selectFrom('promotion_group')
    .select(['id', 'brand_id as brandId', 'name', 'stacking', 'version', 'is_default as isDefault'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (group === undefined || !writesBrand(tx, group.brandId))
    throw invalid('id', 'UNKNOWN', 'there is no such group');
  return group;
}

function checkName(name: string): void {
  const problems = new InputProblems();
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  problems.refuseAny();
}
