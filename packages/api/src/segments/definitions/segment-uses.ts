import { referencesOf, type ReferenceKind } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import type { SegmentUse } from '../segments.errors.ts';

/** Something that names a segment, and which one. */
export interface UseOfSegment extends SegmentUse {
  segmentId: string;
}

/** A room above that asks segments tells where; one line each at the assembly. */
export interface SegmentUseSource {
  /** What now names these segments and would break without them. */
  uses(ctx: Context, segmentIds: readonly string[]): Promise<readonly UseOfSegment[]>;
}

const known = new WeakMap<Database, readonly SegmentUseSource[]>();

/** Once, at the assembly. */
export function registerSegmentUses(database: Database, sources: readonly SegmentUseSource[]): void {
  known.set(database, sources);
}

/** Everything that names the segment, segments first. */
export async function segmentUses(ctx: Context, segmentId: string): Promise<SegmentUse[]> {
  return (await usesOfSegments(ctx, [segmentId])).get(segmentId) ?? [];
}

export async function usesOfSegments(
  ctx: Context,
  segmentIds: readonly string[],
): Promise<Map<string, SegmentUse[]>> {
  const own = await segmentsNaming(ctx, 'SEGMENT', segmentIds);
  const above = await Promise.all(
    (known.get(ctx.database) ?? []).map((source) => source.uses(ctx, segmentIds)),
  );
  const all = [...own.filter(({ id, segmentId }) => id !== segmentId), ...above.flat()];
  return Map.groupBy(all, ({ segmentId }) => segmentId);
}

/** Segments that are made of a snapshot. */
export function snapshotUses(ctx: Context, snapshotId: string): Promise<SegmentUse[]> {
  return segmentsNaming(ctx, 'SNAPSHOT', [snapshotId]);
}

/** Segments that ask a model of scores. */
export function modelUses(ctx: Context, modelId: string): Promise<SegmentUse[]> {
  return segmentsNaming(ctx, 'MODEL', [modelId]);
}

async function segmentsNaming(
  ctx: Context,
  kind: ReferenceKind,
  values: readonly string[],
): Promise<UseOfSegment[]> {
  const rows = await ctx.sql
    .selectFrom('segment')
    .select(['id', 'name', 'condition', 'live_condition'])
    .where('archived_at', 'is', null)
    .orderBy('name')
    .execute();
  const wanted = new Set(values);
  return rows.flatMap(({ id, name, condition, live_condition: live }) => {
    const named = [condition, ...(live === null ? [] : [live])]
      .flatMap(referencesOf)
      .filter((one) => one.kind === kind && wanted.has(one.value))
      .map(({ value }) => value);
    return [...new Set(named)].map((segmentId) => ({ segmentId, kind: 'SEGMENT' as const, id, name }));
  });
}
