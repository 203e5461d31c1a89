import { audit, demandScope, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { modelUses, type SegmentUse } from '../../segments/index.ts';

/** Segments that ask for scores of a model keep it. */
export class RfmModelInUse extends DomainError {
  readonly uses: readonly SegmentUse[];

  constructor(uses: readonly SegmentUse[]) {
    super('Segments ask for scores of this model.');
    this.uses = uses;
  }
}

/**
 * For ever: its scores and grid are gone, purchases are not touched. Segments put away that ask for it cannot be restored
 * as they are.
 * @returns whether there was one
 * @throws RfmModelInUse @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function deleteRfmModel(
  ctx: Context,
  { id, version }: { id: string; version: number },
): Promise<boolean> {
  demandScope(ctx, 'segments.write');
  return inTransaction(ctx, async (tx) => {
    const model = await tx.sql
      .selectFrom('rfm_model')
      .select(['name', 'version'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (model === undefined) return false;
    await demandVersion(tx, `rfm-model:${id}`, model, version);
    const uses = await modelUses(tx, id);
    if (uses.length > 0) throw new RfmModelInUse(uses);
    await tx.sql.deleteFrom('rfm_model').where('id', '=', id).execute();
    await audit(tx, { action: 'rfm-model.deleted', subject: `rfm-model:${id}`, facts: { name: model.name } });
    return true;
  });
}
