import type { Condition } from '@clientele/shared/segments';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Who was in a segment at a moment; a set that no longer changes by itself. */
export const SegmentSnapshot = defineEntity({
  name: 'SegmentSnapshot',
  tableName: 'segment_snapshot',
  properties: {
    id: p.uuid().primary(),
    segmentId: p.uuid().index(),
    name: p.string().columnType('text'),
    /** What the segment asked then. */
    condition: p.json<Condition>().columnType('jsonb'),
    /** People when it was taken. */
    size: p.integer(),
    takenAt: p.datetime(),
    takenBy: p.uuid().nullable(),
  },
});

export const SegmentSnapshotMember = defineEntity({
  name: 'SegmentSnapshotMember',
  tableName: 'segment_snapshot_member',
  properties: {
    profileId: p.uuid().primary(),
    snapshotId: p.uuid().primary(),
  },
  indexes: [{ name: 'segment_snapshot_members', properties: ['snapshotId', 'profileId'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    segment_snapshot: InferKyselyTable<typeof SegmentSnapshot>;
    segment_snapshot_member: InferKyselyTable<typeof SegmentSnapshotMember>;
  }
}
