import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { invalid } from '../../platform/errors.ts';
import { auditChange, demandVersion } from '../audit-change.ts';
import type { ArchiveConfigured } from '../brands/edit-brand.ts';
import { demandScope } from '../callers/demand-scope.ts';
import { seesStore } from '../callers/make-actor.ts';
import { CurrencyFixed, StillInUse } from '../company.errors.ts';
import { problemsOf, STORE_UNIQUES, type StoreFields } from './create-store.ts';

export interface EditStore extends StoreFields {
  id: string;
  /** The one the editor began with. */
  version: number;
}

/**
 * The brand of a store never changes.
 * @throws CurrencyFixed for a store with orders @throws InvalidInput @throws VersionConflict
 * @throws RequestError FORBIDDEN
 */
export async function editStore(ctx: Context, { id, version, ...after }: EditStore): Promise<void> {
  demandScope(ctx, 'settings.write');
  problemsOf(after).refuseAny();
  await refuseTaken(STORE_UNIQUES, () =>
    inTransaction(ctx, async (tx) => {
      const before = await lockStore(tx, id);
      await demandVersion(tx, `store:${id}`, before, version);
      if (before.currency !== after.currency && (await hasOrders(tx, id)))
        throw new CurrencyFixed(before.currency);
      const changed = await auditChange(tx, {
        action: 'store.changed',
        subject: `store:${id}`,
        before,
        after,
      });
      if (!changed) return;
      const { timeZone, ...columns } = after;
      await tx.sql
        .updateTable('store')
        .set({ ...columns, time_zone: timeZone, version: version + 1 })
        .where('id', '=', id)
        .execute();
    }),
  );
}

/** @throws StillInUse while a device sells there @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function archiveStore(
  ctx: Context,
  { id, version, archived }: ArchiveConfigured,
): Promise<void> {
  demandScope(ctx, 'settings.write');
  await inTransaction(ctx, async (tx) => {
    const before = await lockStore(tx, id);
    await demandVersion(tx, `store:${id}`, before, version);
    if (archived === (before.archivedAt !== null)) return;
    if (archived) await demandNoTills(tx, id);
    const archivedAt = archived ? ctx.clock.now() : null;
    await auditChange(tx, {
      action: archived ? 'store.archived' : 'store.restored',
      subject: `store:${id}`,
      before,
      after: { archivedAt },
    });
    await tx.sql
      .updateTable('store')
      .set({ archived_at: archivedAt, version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
}

async function lockStore(ctx: Context, id: string) {
  const store = seesStore(ctx.actor, id)
    ? await ctx.sql
        .selectFrom('store')
        .select(['code', 'name', 'time_zone as timeZone', 'currency', 'country', 'language'])
        .select(['version', 'archived_at as archivedAt'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  if (store === undefined) throw invalid('id', 'UNKNOWN', 'there is no such store');
  return store;
}

/** Answered by the orders room: `orders/order/store-has-orders.sql`. */
export async function hasOrders(ctx: Pick<Context, 'sql'>, storeId: string): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select public.store_has_orders(${storeId}) as any`.execute(
    ctx.sql,
  );
  return rows[0]?.any ?? false;
}

/** A device that is paired and not revoked would go on selling. */
async function demandNoTills(ctx: Context, storeId: string): Promise<void> {
  const { count } = await ctx.sql
    .selectFrom('till')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('store_id', '=', storeId)
    .where('token_hash', 'is not', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (count > 0) throw new StillInUse('TILLS', count);
}
