import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export type IncidentKind =
  | 'LATE_COMMIT_OVERDRAFT'
  | 'CLOCK_SKEW'
  | 'RECEIPT_TOTAL_MISMATCH'
  | 'LEDGER_MISMATCH';

/** Something that went through although it should not have happened: staff look at it and close it. */
export const Incident = defineEntity({
  name: 'Incident',
  tableName: 'incident',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    kind: p.string().$type<IncidentKind>().columnType('text'),
    orderId: p.uuid().nullable(),
    facts: p.json<Record<string, unknown>>().columnType('jsonb'),
    occurredAt: p.datetime(),
    closedAt: p.datetime().nullable(),
    closedBy: p.uuid().nullable(),
  },
  indexes: [
    {
      name: 'incident_open',
      expression: 'create index incident_open on incident (occurred_at) where closed_at is null',
    },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    incident: InferKyselyTable<typeof Incident>;
  }
}
