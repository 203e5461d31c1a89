import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Staff } from './staff.entity.ts';
import { Till } from '../tills/till.entity.ts';

/** A cashier at work on one till, from the PIN to the end of the shift. */
export const CashierSession = defineEntity({
  name: 'CashierSession',
  tableName: 'cashier_session',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.string().columnType('text').unique(),
    staff: () => p.manyToOne(Staff).updateRule('no action').deleteRule('no action'),
    till: () => p.manyToOne(Till).updateRule('no action').deleteRule('no action'),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    cashier_session: InferKyselyTable<typeof CashierSession>;
  }
}
