import { promotionsUsingSegments } from './offers/index.ts';
import type { SegmentUseSource } from './segments/index.ts';

/** What rooms above make of segments: a segment that is used stays. */
export const SEGMENT_USES: readonly SegmentUseSource[] = [
  {
    uses: async (ctx, segmentIds) =>
      (await promotionsUsingSegments(ctx, segmentIds)).map((use) => ({ ...use, kind: 'PROMOTION' as const })),
  },
];
