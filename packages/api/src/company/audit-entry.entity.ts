import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * Who did or saw what; append-only. Facts hold names of fields, ids and keyed hashes, never a contact or a secret.
 */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: p.uuid().primary(),
    occurredAt: p.datetime().index(),
    actorKind: p.string().columnType('text'),
    actorId: p.string().columnType('text'),
    /** `till.revoked`, `sign-in-code.waived` … */
    action: p.string().columnType('text'),
    /** Kind and id of what it was done to. */
    subject: p.string().columnType('text'),
    facts: p.json<Record<string, unknown>>().columnType('jsonb'),
  },
  indexes: [
    { name: 'audit_entry_subject', properties: ['subject', 'occurredAt'] },
    { name: 'audit_entry_actor', properties: ['actorId', 'occurredAt'] },
    { name: 'audit_entry_action', properties: ['action', 'occurredAt'] },
  ],
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    audit_entry: InferKyselyTable<typeof AuditEntry>;
  }
}
