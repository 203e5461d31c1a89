import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { newId } from '../platform/ids.ts';
import { mergeProfiles, undoMerge, type UndoMerge } from '../profiles/index.ts';
import { SHOPPER_ROWS } from '../shopper-rows.ts';

export { commitOrder, previewOrder } from '../orders/index.ts';

/** A merge as staff order it, by plain ids. */
export function merge(ctx: Context, survivorId: string, otherId: string, requestId = newId()) {
  return mergeProfiles(ctx, SHOPPER_ROWS, {
    requestId,
    survivorId: globalId('Profile', survivorId),
    otherId: globalId('Profile', otherId),
    choices: [],
    survivorVersion: null,
    otherVersion: null,
  });
}

export function undo(ctx: Context, mergeId: string, how: Partial<UndoMerge> = {}) {
  return undoMerge(ctx, SHOPPER_ROWS, {
    requestId: newId(),
    mergeId,
    whatRemains: false,
    notSame: false,
    ...how,
  });
}

/** What may differ after a merge and its undoing: moments and counters. */
const TRACES = ['updated_at', 'version', 'revision', 'due_at', 'posted_with', 'position'];

/** Every row that moves at a merge, and the profile itself, as they stand with one profile. */
export async function belongings(ctx: Context, profileId: string): Promise<Record<string, unknown[]>> {
  const tables = SHOPPER_ROWS.filter(({ atMerge }) => atMerge === 'MOVE').map(({ table }) => table as string);
  const found: Record<string, unknown[]> = {};
  for (const table of [...tables, 'lot', 'hold', 'hold_lot', 'order_key', 'receipt_key', 'identity_key']) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) as row from ${sql.table(`public.${table}`)} t where profile_id = ${profileId}
      order by to_jsonb(t)::text`.execute(ctx.sql);
    found[table] = rows
      .map(({ row }) => without(row))
      .filter((row) => table !== 'lot' || row['remaining'] !== 0);
  }
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(p) as row from public.profile p where id = ${profileId}`.execute(ctx.sql);
  found['profile'] = rows.map(({ row }) => without(row));
  return found;
}

function without(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !TRACES.includes(name)));
}
