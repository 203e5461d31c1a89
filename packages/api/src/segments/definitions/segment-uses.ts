import { referencesOf, type ReferenceKind } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import type { SegmentUse } from '../segments.errors.ts';

/** A room above that asks segments tells where; one line each at the assembly. */
export interface SegmentUseSource {
  /** What now names this segment and would break without it. */
  uses(ctx: Context, segmentId: string): Promise<readonly SegmentUse[]>;
}

const known = new WeakMap<Database, readonly SegmentUseSource[]>();

/** Once, at the assembly. */
export function registerSegmentUses(database: Database, sources: readonly SegmentUseSource[]): void {
  known.set(database, sources);
}

/** Everything that names the segment, segments first. */
export async function segmentUses(ctx: Context, segmentId: string): Promise<SegmentUse[]> {
  const above = await Promise.all(
    (known.get(ctx.database) ?? []).map((source) => source.uses(ctx, segmentId)),
  );
  const own = await segmentsNaming(ctx, 'SEGMENT', segmentId);
  return [...own.filter(({ id }) => id !== segmentId), ...above.flat()];
}

/** Segments that are made of a snapshot. */
export function snapshotUses(ctx: Context, snapshotId: string): Promise<SegmentUse[]> {
  return segmentsNaming(ctx, 'SNAPSHOT', snapshotId);
}

async function segmentsNaming(ctx: Context, kind: ReferenceKind, value: string): Promise<SegmentUse[]> {
  const rows = await ctx.sql
    .selectFrom('segment')
    .select(['id', 'name', 'condition', 'live_condition'])
    .where('archived_at', 'is', null)
    .orderBy('name')
    .execute();
  const names = ({ condition, live_condition: live }: (typeof rows)[number]): boolean =>
    [condition, ...(live === null ? [] : [live])]
      .flatMap(referencesOf)
      .some((one) => one.kind === kind && one.value === value);
  return rows.filter(names).map(({ id, name }) => ({ kind: 'SEGMENT', id, name }));
}
