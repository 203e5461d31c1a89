import type { LifecycleStage } from '@clientele/shared/segments';
import { DAY_MS } from '@clientele/shared/time';
import type { LifecycleThresholds } from '../../segments/index.ts';

export interface LifecycleFacts {
  /** When the company came to know them. */
  readonly createdAt: Date;
  /** Purchases that stand. */
  readonly orders: number;
  readonly first: Date | null;
  readonly last: Date | null;
}

/** Everybody is in exactly one stage. Days are 24 hours: what was exactly so many days ago is over. */
export function lifecycleStage(
  { createdAt, orders, first, last }: LifecycleFacts,
  at: LifecycleThresholds,
  now: Date,
): LifecycleStage {
  const lessThan = (moment: Date, days: number) => moment.getTime() > now.getTime() - days * DAY_MS;
  if (last === null) return lessThan(createdAt, at.prospectDays) ? 'PROSPECT' : 'LOST';
  if (!lessThan(last, at.lostDays)) return 'LOST';
  if (!lessThan(last, at.sleepingDays)) return 'SLEEPING';
  if (!lessThan(last, at.coolingDays)) return 'COOLING';
  if (orders >= at.loyalOrders) return 'LOYAL';
  // Brought in from another system yesterday, they are as old as what they bought.
  const isNew = lessThan(createdAt, at.newcomerDays) && (first === null || lessThan(first, at.newcomerDays));
  if (isNew) return 'NEWCOMER';
  return orders === 1 ? 'ONE_TIME' : 'ACTIVE';
}

/** The first moment at which one of the ages of something passes one of the bounds; null: all are passed. */
export function nextAge(moment: Date, days: readonly number[], now: Date): Date | null {
  const ages = days.map((each) => moment.getTime() + each * DAY_MS).filter((at) => at > now.getTime());
  return ages.length === 0 ? null : new Date(Math.min(...ages));
}
