import { promotionsUsingSegments } from './offers/index.ts';
import type { SegmentUseSource } from './segments/index.ts';

/** What rooms above make of segments: a segment that is used stays. */
export const SEGMENT_USES: readonly SegmentUseSource[] = [
  {
    uses: async (ctx, segmentId) =>
      (await promotionsUsingSegments(ctx, [segmentId])).map(({ id, name }) => ({
        kind: 'PROMOTION',
        id,
        name,
      })),
  },
];
