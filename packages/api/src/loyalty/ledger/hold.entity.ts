import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Points promised to an order: the last promise only, what was before it is told by its HOLD and RELEASE journals. */
export const Hold = defineEntity({
  name: 'Hold',
  tableName: 'hold',
  properties: {
    profileId: p.uuid().primary(),
    orderId: p.uuid().primary(),
    programId: p.uuid(),
    points: p.bigint('number'),
    status: p.string().$type<'HELD' | 'CAPTURED' | 'RELEASED' | 'EXPIRED'>().columnType('text'),
    expiresAt: p.datetime(),
    heldAt: p.datetime(),
    /** When it was captured, released or expired. */
    endedAt: p.datetime().nullable(),
  },
  indexes: [
    {
      name: 'hold_open',
      expression: `create index hold_open on hold (profile_id, program_id) where status = 'HELD'`,
    },
  ],
  checks: [
    { name: 'hold_points_positive', expression: 'points > 0' },
    { name: 'hold_status_known', expression: `status in ('HELD', 'CAPTURED', 'RELEASED', 'EXPIRED')` },
  ],
});

/** The lots of a hold; `seq` is the order of consumption. */
export const HoldLot = defineEntity({
  name: 'HoldLot',
  tableName: 'hold_lot',
  properties: {
    profileId: p.uuid().primary(),
    orderId: p.uuid().primary(),
    lotId: p.uuid().primary(),
    points: p.bigint('number'),
    seq: p.integer(),
  },
  checks: [{ name: 'hold_lot_points_positive', expression: 'points > 0' }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    hold: InferKyselyTable<typeof Hold>;
    hold_lot: InferKyselyTable<typeof HoldLot>;
  }
}
