import { ShiftedClock } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { demandScope } from '../callers/demand-scope.ts';
import { databaseHealth, outboxHealth, type DatabaseHealth, type OutboxHealth } from './database-health.ts';
import {
  APP_VERSION,
  diskHealth,
  processHealth,
  type DiskHealth,
  type ProcessHealth,
} from './process-health.ts';
import { workerHealth, type WorkerHealth } from './worker-jobs.ts';

export interface SystemHealth {
  version: string;
  mode: 'demo' | 'production';
  /** The company's clock. */
  now: Date;
  /** How far a demo's clock was moved. */
  clockAheadSeconds: number;
  process: ProcessHealth;
  disk: DiskHealth | null;
  database: DatabaseHealth;
  outbox: OutboxHealth;
  worker: WorkerHealth;
}

/** How the system is, as the process that answers sees it. @throws RequestError FORBIDDEN */
export async function readHealth(ctx: Context): Promise<SystemHealth> {
  demandScope(ctx, 'system.read');
  const [disk, database, outbox, worker] = await Promise.all([
    diskHealth(ctx),
    databaseHealth(ctx),
    outboxHealth(ctx),
    workerHealth(ctx),
  ]);
  return {
    version: APP_VERSION,
    mode: ctx.mode,
    now: ctx.clock.now(),
    clockAheadSeconds: ctx.clock instanceof ShiftedClock ? Math.round(ctx.clock.offset / 1000) : 0,
    process: processHealth(),
    disk,
    database,
    outbox,
    worker,
  };
}
