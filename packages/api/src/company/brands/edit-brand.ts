import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { invalid } from '../../platform/errors.ts';
import { auditChange, demandVersion } from '../audit-change.ts';
import { demandScope } from '../callers/demand-scope.ts';
import { StillInUse } from '../company.errors.ts';
import { BRAND_UNIQUES, checkBrand, type NewBrand } from './create-brand.ts';

export interface EditBrand extends NewBrand {
  id: string;
  /** The one the editor began with. */
  version: number;
}

/** @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function editBrand(ctx: Context, { id, version, ...input }: EditBrand): Promise<void> {
  demandScope(ctx, 'settings.write');
  const after = checkBrand(input);
  await refuseTaken(BRAND_UNIQUES, () =>
    inTransaction(ctx, async (tx) => {
      const before = await lockBrand(tx, id);
      await demandVersion(tx, `brand:${id}`, before, version);
      const changed = await auditChange(tx, {
        action: 'brand.changed',
        subject: `brand:${id}`,
        before,
        after,
      });
      if (!changed) return;
      await tx.sql
        .updateTable('brand')
        .set({ ...after, version: version + 1 })
        .where('id', '=', id)
        .execute();
    }),
  );
}

export interface ArchiveConfigured {
  id: string;
  version: number;
  /** false: taken back into use. */
  archived: boolean;
}

/** @throws StillInUse while it has stores @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function archiveBrand(
  ctx: Context,
  { id, version, archived }: ArchiveConfigured,
): Promise<void> {
  demandScope(ctx, 'settings.write');
  await inTransaction(ctx, async (tx) => {
    const before = await lockBrand(tx, id);
    await demandVersion(tx, `brand:${id}`, before, version);
    if (archived === (before.archivedAt !== null)) return;
    if (archived) await demandNoStores(tx, id);
    const archivedAt = archived ? ctx.clock.now() : null;
    await auditChange(tx, {
      action: archived ? 'brand.archived' : 'brand.restored',
      subject: `brand:${id}`,
      before,
      after: { archivedAt },
    });
    await tx.sql
      .updateTable('brand')
      .set({ archived_at: archivedAt, version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
}

async function lockBrand(ctx: Context, id: string) {
  const { storeIds, brandId } = ctx.actor;
  const brand =
    storeIds === 'ALL' || brandId === id
      ? await ctx.sql
          .selectFrom('brand')
          .select(['code', 'name', 'version', 'archived_at as archivedAt'])
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
  if (brand === undefined) throw invalid('id', 'UNKNOWN', 'there is no such brand');
  return brand;
}

async function demandNoStores(ctx: Context, brandId: string): Promise<void> {
  const { count } = await ctx.sql
    .selectFrom('store')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('brand_id', '=', brandId)
    .where('archived_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (count > 0) throw new StillInUse('STORES', count);
}
