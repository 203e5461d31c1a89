import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { auditChange, demandVersion } from '../audit-change.ts';
import { demandScope } from '../callers/demand-scope.ts';
import { seesStore } from '../callers/make-actor.ts';
import { tillProblems } from './create-till.ts';

export interface RenameTill {
  id: string;
  /** The one the editor began with. */
  version: number;
  name: string;
}

/** Its kind, store and source never change. @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function renameTill(ctx: Context, { id, version, name }: RenameTill): Promise<void> {
  demandScope(ctx, 'settings.write');
  tillProblems(name).refuseAny();
  await inTransaction(ctx, async (tx) => {
    const till = await tx.sql
      .selectFrom('till')
      .select(['name', 'version', 'store_id'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (till === undefined || !seesStore(ctx.actor, till.store_id))
      throw invalid('id', 'UNKNOWN', 'there is no such till');
    const subject = `till:${id}`;
    await demandVersion(tx, subject, till, version);
    if (!(await auditChange(tx, { action: 'till.renamed', subject, before: till, after: { name } }))) return;
    await tx.sql
      .updateTable('till')
      .set({ name, version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
}
