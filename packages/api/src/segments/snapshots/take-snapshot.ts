import { sql } from 'kysely';
import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { authorOf } from '../definitions/author-of.ts';
import { snapshotUses } from '../definitions/segment-uses.ts';
import { SegmentInUse } from '../segments.errors.ts';

/** Keeps who is in the segment now. @returns its id @throws InvalidInput */
export async function takeSnapshot(
  ctx: Context,
  { segmentId, name }: { segmentId: string; name: string },
): Promise<string> {
  demandScope(ctx, 'segments.write');
  const problems = new InputProblems();
  const checked = problems.exact(name, ['name'], { max: 200 }) ?? '';
  problems.refuseAny();
  const id = newId();
  await inTransaction(ctx, async (tx) => {
    const segment = await tx.sql
      .selectFrom('segment')
      .select(['number', 'live_condition as condition'])
      .where('id', '=', segmentId)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    if (segment === undefined) throw invalid('segmentId', 'UNKNOWN', 'there is no such segment');
    if (segment.condition === null) throw invalid('segmentId', 'MISMATCH', 'is not computed yet');
    const size = await keepMembers(tx, id, segment.number);
    await tx.sql
      .insertInto('segment_snapshot')
      .values({
        id,
        segment_id: segmentId,
        name: checked,
        condition: JSON.stringify(segment.condition) as never,
        size,
        taken_at: tx.clock.now(),
        taken_by: authorOf(tx),
      })
      .execute();
    await audit(tx, {
      action: 'segment.snapshot-taken',
      subject: `segment:${segmentId}`,
      facts: { snapshotId: id, name: checked, size },
    });
  });
  return id;
}

async function keepMembers(tx: Context, snapshotId: string, number: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into public.segment_snapshot_member (profile_id, snapshot_id)
    select profile_id, ${snapshotId}::uuid from public.profile_segment
    where segments @> array[${number}::smallint]`.execute(tx.sql);
  return Number(numAffectedRows ?? 0n);
}

/** @returns whether there was one @throws SegmentInUse while a segment is made of it */
export async function deleteSnapshot(ctx: Context, id: string): Promise<boolean> {
  demandScope(ctx, 'segments.write');
  return inTransaction(ctx, async (tx) => {
    const snapshot = await tx.sql
      .selectFrom('segment_snapshot')
      .select(['segment_id as segmentId', 'name'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (snapshot === undefined) return false;
    const uses = await snapshotUses(tx, id);
    if (uses.length > 0) throw new SegmentInUse(uses);
    await tx.sql.deleteFrom('segment_snapshot_member').where('snapshot_id', '=', id).execute();
    await tx.sql.deleteFrom('segment_snapshot').where('id', '=', id).execute();
    await audit(tx, {
      action: 'segment.snapshot-deleted',
      subject: `segment:${snapshot.segmentId}`,
      facts: { snapshotId: id, name: snapshot.name },
    });
    return true;
  });
}

export interface SnapshotRecord {
  id: string;
  segmentId: string;
  name: string;
  size: number;
  takenAt: Date;
  takenBy: string | null;
}

/** The newest first. */
export async function readSnapshots(
  ctx: Pick<Context, 'sql'>,
  by: { segmentId: string } | { id: string },
): Promise<SnapshotRecord[]> {
  return ctx.sql
    .selectFrom('segment_snapshot as s')
    .leftJoin('staff', 'staff.id', 's.taken_by')
    .select([
      's.id',
      's.segment_id as segmentId',
      's.name',
      's.size',
      's.taken_at as takenAt',
      'staff.name as takenBy',
    ])
    .where((eb) => ('id' in by ? eb('s.id', '=', by.id) : eb('s.segment_id', '=', by.segmentId)))
    .orderBy('s.taken_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(200)
    .execute();
}
