import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** How often something limited happened: one row a limit, kept by `spend_usage` (usage.sql). */
export const UsageCounter = defineEntity({
  name: 'UsageCounter',
  tableName: 'usage_counter',
  properties: {
    /** What is counted, e.g. `code:phone:<blind index>`; never a contact itself. */
    key: p.string().columnType('text').primary(),
    windowSeconds: p.integer().primary(),
    /** The uses inside the window, oldest first: small limits are exact at every moment. */
    moments: p.array<Date>().columnType('timestamptz[]'),
    /** Uses since `startedAt`, of limits too large to remember each. */
    used: p.integer(),
    startedAt: p.datetime(),
  },
});

/** Wrong PINs in a row of one cashier at one till, and over all tills (nil till id). */
export const PinGuard = defineEntity({
  name: 'PinGuard',
  tableName: 'pin_guard',
  properties: {
    staffId: p.uuid().primary(),
    tillId: p.uuid().primary(),
    wrong: p.integer(),
    lockedUntil: p.datetime().nullable(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    usage_counter: InferKyselyTable<typeof UsageCounter>;
    pin_guard: InferKyselyTable<typeof PinGuard>;
  }
}
