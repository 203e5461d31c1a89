import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { STATES } from '../message.ts';

/** A letter to somebody who works here: an invitation, a new password. Shoppers' messages are others. */
export const StaffLetter = defineEntity({
  name: 'StaffLetter',
  tableName: 'staff_letter',
  properties: {
    /** Of the event that asked for it: asked twice, it is one letter. */
    id: p.uuid().primary(),
    staffId: p.uuid(),
    letter: p.string().columnType('text'),
    sealedTo: p.string().columnType('text'),
    toIndex: p.string().columnType('text'),
    sealedSubject: p.string().columnType('text'),
    sealedText: p.string().columnType('text'),
    state: p.enum(STATES).columnType('text'),
    createdAt: p.datetime(),
    /** Its link opens nothing afterwards. */
    expiresAt: p.datetime(),
    attempts: p.integer().default(0),
    retryAt: p.datetime().nullable(),
    leasedUntil: p.datetime().nullable(),
    sentAt: p.datetime().nullable(),
    provider: p.string().columnType('text').nullable(),
    failure: p.string().columnType('text').nullable(),
  },
  indexes: [
    {
      name: 'staff_letter_waiting',
      expression:
        "create index staff_letter_waiting on staff_letter (created_at) where state in ('QUEUED', 'SENDING')",
    },
    { name: 'staff_letter_created', properties: ['createdAt'] },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    staff_letter: InferKyselyTable<typeof StaffLetter>;
  }
}
