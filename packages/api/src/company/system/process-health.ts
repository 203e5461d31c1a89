import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as z from 'zod';
import type { Context } from '../../platform/context.ts';

const PACKAGE = z.object({ version: z.string() });

/** Of this product, as its package says. */
export const APP_VERSION = PACKAGE.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')),
).version;

/** Of the process that answers: each has its own. */
export interface ProcessHealth {
  nodeVersion: string;
  uptimeSeconds: number;
  /** All memory the process holds, in bytes. */
  memoryBytes: number;
  heapBytes: number;
  /** How late timers came since the last look; milliseconds. */
  eventLoopDelayP50Ms: number;
  eventLoopDelayP99Ms: number;
}

/** The histogram counts at this resolution, so an idle loop shows about as much. */
const RESOLUTION_MS = 10;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

/** Above what an idle loop shows. */
export function processHealth(): ProcessHealth {
  const memory = process.memoryUsage();
  const late = (share: number) => Math.max(0, Math.round(delays.percentile(share) / 1e6) - RESOLUTION_MS);
  const health = {
    nodeVersion: process.version,
    uptimeSeconds: Math.floor(process.uptime()),
    memoryBytes: memory.rss,
    heapBytes: memory.heapUsed,
    eventLoopDelayP50Ms: late(50),
    eventLoopDelayP99Ms: late(99),
  };
  delays.reset();
  return health;
}

export interface DiskHealth {
  freeBytes: number;
  totalBytes: number;
}

/** Of the disk that holds `DATA_DIR`; null where there is no such folder. */
export async function diskHealth({ dataDir }: Pick<Context, 'dataDir'>): Promise<DiskHealth | null> {
  try {
    const disk = await statfs(dataDir);
    return { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize };
  } catch {
    return null;
  }
}
