import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export const CORRECTION_REASONS = [
  'MISSED_PURCHASE',
  'RETURN',
  'MISTAKE',
  'GOODWILL',
  'PROMISE',
  'FRAUD',
  'OTHER',
] as const;

export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

/** What waits too long is EXPIRED without being written so. */
export type CorrectionState = 'WAITING' | 'DONE' | 'REFUSED' | 'WITHDRAWN';

/** Points added or taken by a person: posted at once, or asked of a second person first. */
export const Correction = defineEntity({
  name: 'Correction',
  tableName: 'correction',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    programId: p.uuid(),
    /** Not 0. */
    points: p.bigint('number'),
    reasonCode: p.string().$type<CorrectionReason>().columnType('text'),
    /** In words; the history of the account shows them. */
    reason: p.string().columnType('text'),
    /** Of a plus: null, at once. */
    activateAt: p.datetime().nullable(),
    /** Of a plus: null, never. */
    expireAt: p.datetime().nullable(),
    allowDebt: p.boolean().default(false),
    state: p.string().$type<CorrectionState>().columnType('text'),
    /** Why one person did not suffice: the sum, or what they corrected that day already. Null: they did. */
    needs: p.string().$type<'SUM' | 'PER_DAY'>().columnType('text').nullable(),
    /** `client` of who asked: never the one who approves. */
    requestedBy: p.string().columnType('text'),
    /** As journals name them: `staff:<id>`. */
    requestedLabel: p.string().columnType('text'),
    /** Id of that person or key. */
    requesterId: p.string().columnType('text'),
    requestId: p.string().columnType('text'),
    requestedAt: p.datetime(),
    /** Until when it can be approved. */
    expiresAt: p.datetime().nullable(),
    decidedBy: p.string().columnType('text').nullable(),
    deciderId: p.string().columnType('text').nullable(),
    decidedAt: p.datetime().nullable(),
    /** Of who decided. */
    note: p.string().columnType('text').nullable(),
  },
  indexes: [
    { name: 'correction_by_time', properties: ['requestedAt', 'id'] },
    { name: 'correction_by_id', properties: ['id'] },
    { name: 'correction_of_requester', properties: ['requestedBy', 'requestedAt'] },
    {
      name: 'correction_waiting',
      expression: `create index correction_waiting on correction (expires_at) where state = 'WAITING'`,
    },
  ],
  checks: [
    {
      name: 'correction_state_known',
      expression: `state in ('WAITING', 'DONE', 'REFUSED', 'WITHDRAWN')`,
    },
    { name: 'correction_points_not_zero', expression: 'points <> 0' },
    {
      name: 'correction_second_person',
      expression: `decided_by is null or needs is null or state = 'WITHDRAWN' or decided_by <> requested_by`,
    },
  ],
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    correction: InferKyselyTable<typeof Correction>;
  }
}
