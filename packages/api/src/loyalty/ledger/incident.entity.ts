import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export type IncidentKind =
  | 'LATE_COMMIT_OVERDRAFT'
  | 'CLOCK_SKEW'
  | 'RECEIPT_TOTAL_MISMATCH'
  | 'LEDGER_MISMATCH'
  /** Goods came back whose points were spent already. */
  | 'DEBT'
  /** A promotion or an earning rule could not be calculated and was left out. Facts: what it is, and why. */
  | 'RULE_FAILED'
  /** A late commit used a promotion beyond its limit. */
  | 'LIMIT_EXCEEDED'
  /** A late commit used a promo code that was redeemed elsewhere meanwhile. */
  | 'CODE_USED_TWICE';

export const INCIDENT_KINDS = [
  'LATE_COMMIT_OVERDRAFT',
  'DEBT',
  'LIMIT_EXCEEDED',
  'CODE_USED_TWICE',
  'RULE_FAILED',
  'RECEIPT_TOTAL_MISMATCH',
  'CLOCK_SKEW',
  'LEDGER_MISMATCH',
] as const satisfies readonly IncidentKind[];

/** Something that went through although it should not have happened: staff look at it and close it. */
export const Incident = defineEntity({
  name: 'Incident',
  tableName: 'incident',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    kind: p.string().$type<IncidentKind>().columnType('text'),
    orderId: p.uuid().nullable(),
    /** Of the order. */
    storeId: p.uuid().nullable(),
    facts: p.json<Record<string, unknown>>().columnType('jsonb'),
    occurredAt: p.datetime(),
    closedAt: p.datetime().nullable(),
    closedBy: p.uuid().nullable(),
    /** What was done about it, in the words of whoever closed it. */
    closedNote: p.string().columnType('text').nullable(),
  },
  indexes: [
    {
      name: 'incident_open',
      expression: 'create index incident_open on incident (kind, occurred_at) where closed_at is null',
    },
    { name: 'incident_by_time', properties: ['occurredAt', 'id'] },
    { name: 'incident_by_id', properties: ['id'] },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    incident: InferKyselyTable<typeof Incident>;
  }
}
