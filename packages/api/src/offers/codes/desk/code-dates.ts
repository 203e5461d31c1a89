import { expireAt } from '@clientele/shared/time';
import type { PoolRow } from '../pools/lock-pool.ts';

/**
 * When a code issued then ends: after the days given to it (the pool's own where null) at the end of that day in the
 * pool's zone, and never after the pool. null: never.
 */
export function endOfCode(
  pool: Pick<PoolRow, 'valid_days' | 'valid_to' | 'time_zone'>,
  issuedAt: Date,
  validDays: number | null = null,
): Date | null {
  const end = expireAt(issuedAt.getTime(), validDays ?? pool.valid_days, pool.time_zone);
  const last = pool.valid_to?.getTime() ?? null;
  if (end === null) return pool.valid_to;
  return new Date(last === null ? end : Math.min(end, last));
}
