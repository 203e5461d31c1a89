import { audit, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { leaveBehind, startComputing } from '../membership/start-computing.ts';
import { SegmentInUse } from '../segments.errors.ts';
import { authorOf } from './author-of.ts';
import { checkCondition } from './check-condition.ts';
import { lockSegment } from './lock-segment.ts';
import { segmentUses } from './segment-uses.ts';

export interface VersionMeant {
  id: string;
  version: number;
}

/**
 * Nobody is in it from now on; it can be restored. An archived one changes nothing.
 * @throws InvalidInput @throws VersionConflict @throws SegmentInUse
 */
export async function archiveSegment(ctx: Context, { id, version }: VersionMeant): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const before = await lockSegment(tx, id);
    if (before.archivedAt !== null) return;
    await demandVersion(tx, `segment:${id}`, before, version);
    const uses = await segmentUses(tx, id);
    if (uses.length > 0) throw new SegmentInUse(uses);
    const now = tx.clock.now();
    await leaveBehind(tx, id);
    await tx.sql
      .updateTable('segment')
      .set({
        state: 'ARCHIVED',
        archived_at: now,
        version: version + 1,
        updated_at: now,
        updated_by: authorOf(tx),
      })
      .where('id', '=', id)
      .execute();
    await audit(tx, { action: 'segment.archived', subject: `segment:${id}` });
  });
}

/** Computed anew, as if it had just been made. @throws InvalidInput @throws VersionConflict */
export async function restoreSegment(ctx: Context, { id, version }: VersionMeant): Promise<void> {
  await refuseTaken({ segment_name: 'name' }, () =>
    inTransaction(ctx, async (tx) => {
      const before = await lockSegment(tx, id);
      if (before.archivedAt === null) return;
      await demandVersion(tx, `segment:${id}`, before, version);
      await checkCondition(tx, before.condition, id);
      await tx.sql
        .updateTable('segment')
        .set({
          archived_at: null,
          version: version + 1,
          updated_at: tx.clock.now(),
          updated_by: authorOf(tx),
        })
        .where('id', '=', id)
        .execute();
      await audit(tx, { action: 'segment.restored', subject: `segment:${id}` });
      await startComputing(tx, id);
    }),
  );
}
