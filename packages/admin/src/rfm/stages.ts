import type { LifecycleStage } from '@clientele/shared/segments';
import type { LifecycleStages } from './operations.ts';

/** Where stages begin and end, as the API has it. */
export interface Thresholds extends Record<string, number> {
  prospectDays: number;
  newcomerDays: number;
  loyalOrders: number;
  coolingDays: number;
  sleepingDays: number;
  lostDays: number;
}

export const THRESHOLD_NAMES = [
  'prospectDays',
  'newcomerDays',
  'loyalOrders',
  'coolingDays',
  'sleepingDays',
  'lostDays',
] as const;

/** The thresholds alone, as they are edited and sent. */
export function thresholdsOf({
  prospectDays,
  newcomerDays,
  loyalOrders,
  coolingDays,
  sleepingDays,
  lostDays,
}: Thresholds | LifecycleStages['thresholds']): Thresholds {
  return { prospectDays, newcomerDays, loyalOrders, coolingDays, sleepingDays, lostDays };
}

/** How often people buy differs by trade; a beginning to change, not a law. */
export const PRESETS: Readonly<Record<'groceries' | 'clothes' | 'durables', Thresholds>> = {
  groceries: {
    prospectDays: 60,
    newcomerDays: 30,
    loyalOrders: 12,
    coolingDays: 21,
    sleepingDays: 60,
    lostDays: 180,
  },
  clothes: {
    prospectDays: 180,
    newcomerDays: 30,
    loyalOrders: 5,
    coolingDays: 90,
    sleepingDays: 180,
    lostDays: 365,
  },
  durables: {
    prospectDays: 365,
    newcomerDays: 60,
    loyalOrders: 3,
    coolingDays: 365,
    sleepingDays: 730,
    lostDays: 1_095,
  },
};

export interface Band {
  readonly stage: LifecycleStage;
  readonly people: number;
  /** Of everybody, 0 to 1. */
  readonly share: number;
}

/** null: nothing was counted yet. */
export function bandsOf(
  counts: readonly { readonly stage: LifecycleStage; readonly people: number | null }[],
): readonly Band[] | null {
  if (counts.some(({ people }) => people === null)) return null;
  const all = counts.reduce((sum, { people }) => sum + (people ?? 0), 0);
  return counts.map(({ stage, people }) => ({
    stage,
    people: people ?? 0,
    share: all === 0 ? 0 : (people ?? 0) / all,
  }));
}
