import { auditChange, demandScope, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { checkModel, type CheckedModel, type RfmModelInput } from './check-rfm-model.ts';
import { startRfm } from './compute-rfm.ts';

/**
 * Keeps a model and starts its computation; until that is done people are scored as before. The same again changes
 * nothing.
 * @returns its id
 * @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function saveRfmModel(ctx: Context, input: RfmModelInput): Promise<string> {
  demandScope(ctx, 'segments.write');
  const model = await checkModel(ctx, input);
  return refuseTaken({ rfm_model_name: 'name' }, () =>
    inTransaction(ctx, async (tx) => {
      const id = input.id ?? newId();
      const changed = input.id ? await change(tx, id, input.version ?? 0, model) : await add(tx, id, model);
      if (changed) await startRfm(tx, id);
      return id;
    }),
  );
}

async function add(tx: Context, id: string, model: CheckedModel): Promise<boolean> {
  const now = tx.clock.now();
  await tx.sql
    .insertInto('rfm_model')
    .values({ id, ...stored(model), version: 1, created_at: now, updated_at: now, updated_by: authorOf(tx) })
    .execute();
  await auditChange(tx, { action: 'rfm-model.saved', subject: `rfm-model:${id}`, before: {}, after: model });
  return true;
}

async function change(tx: Context, id: string, version: number, model: CheckedModel): Promise<boolean> {
  const before = await tx.sql
    .selectFrom('rfm_model')
    .select(['name', 'window', 'method', 'currency', 'thresholds', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) throw invalid('id', 'UNKNOWN', 'there is no such model');
  const subject = `rfm-model:${id}`;
  await demandVersion(tx, subject, before, version);
  if (!(await auditChange(tx, { action: 'rfm-model.saved', subject, before, after: model }))) return false;
  await tx.sql
    .updateTable('rfm_model')
    .set({
      ...stored(model),
      version: version + 1,
      updated_at: tx.clock.now(),
      updated_by: authorOf(tx),
    })
    .where('id', '=', id)
    .execute();
  return true;
}

/** Staff or key; null for the system. */
function authorOf({ actor }: Pick<Context, 'actor'>): string | null {
  return actor.kind === 'STAFF' || actor.kind === 'KEY' ? actor.id : null;
}

function stored({ window, thresholds, ...model }: CheckedModel) {
  return {
    ...model,
    window: JSON.stringify(window) as never,
    thresholds: thresholds === null ? null : (JSON.stringify(thresholds) as never),
  };
}
