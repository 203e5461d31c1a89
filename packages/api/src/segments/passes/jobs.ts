import type { Job } from '../../platform/jobs/jobs.ts';
import { startTask, type TaskKind } from '../../platform/tasks/index.ts';
import { forgetTransitions } from '../membership/transition-months.ts';
import { exportSegmentTask } from '../snapshots/export-segment.ts';
import { computeSegmentsTask } from './compute-segments.ts';
import { refreshSegmentsTask } from './refresh-segments.ts';
import { sweepSegmentsTask } from './sweep.ts';
import { VERIFY_SEGMENTS, verifySegmentsTask } from './verify-segments.ts';

/** When few people buy, and long before anybody comes to work. */
export const segmentsJobs: readonly Job[] = [
  {
    name: 'segments-verify',
    cron: '17 1 * * *',
    run: async (ctx) => {
      await startTask(ctx, { kind: VERIFY_SEGMENTS });
    },
  },
  {
    name: 'segments-forget-transitions',
    cron: '47 0 * * *',
    run: async (ctx) => {
      const months = await forgetTransitions(ctx);
      if (months.length > 0) ctx.log.info({ months }, 'old transitions of segments are kept no more');
    },
  },
];

export const segmentTasks: readonly TaskKind[] = [
  computeSegmentsTask,
  refreshSegmentsTask,
  sweepSegmentsTask,
  verifySegmentsTask,
  exportSegmentTask,
];
