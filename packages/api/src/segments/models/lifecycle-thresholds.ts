import { sql } from 'kysely';
import * as z from 'zod';
import type { SettingKind } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';

/** Where one stage of a shopper's life ends and the next begins. Days of 24 hours. */
export interface LifecycleThresholds {
  /** Whoever was known for less and has not bought may still: later they count as lost. */
  readonly prospectDays: number;
  /** A buyer known for less is a newcomer. */
  readonly newcomerDays: number;
  /** Orders that make somebody loyal. */
  readonly loyalOrders: number;
  /** Since the last order: from then on a buyer cools, sleeps, is lost. */
  readonly coolingDays: number;
  readonly sleepingDays: number;
  readonly lostDays: number;
}

/** A shop of clothes: people come every month or two, and forget it within half a year. */
export const USUAL_THRESHOLDS: LifecycleThresholds = {
  prospectDays: 180,
  newcomerDays: 30,
  loyalOrders: 5,
  coolingDays: 90,
  sleepingDays: 180,
  lostDays: 365,
};

export interface LifecycleSetting {
  thresholds: LifecycleThresholds;
  version: number;
}

const whole = z.int().min(1);

export const lifecycleSetting: SettingKind<LifecycleSetting> = {
  name: 'lifecycle-stages',
  schema: z.object({
    thresholds: z.object({
      prospectDays: whole,
      newcomerDays: whole,
      loyalOrders: whole,
      coolingDays: whole,
      sleepingDays: whole,
      lostDays: whole,
    }),
    version: whole,
  }),
  initial: { thresholds: USUAL_THRESHOLDS, version: 1 },
};

/** As it stands this moment: members computed by what was true five seconds ago would stay wrong. */
export async function readLifecycle(
  { sql: database }: Pick<Context, 'sql'>,
  lock = false,
): Promise<LifecycleSetting> {
  const { rows } = await sql<{ value: unknown }>`
    select value from setting where name = ${lifecycleSetting.name} ${lock ? sql`for update` : sql``}`.execute(
    database,
  );
  const [row] = rows;
  return row === undefined ? lifecycleSetting.initial : lifecycleSetting.schema.parse(row.value);
}
