import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Why an action gave no points, or fewer than its rule says. */
export type NoGrantReason =
  /** Given before, and the rule gives once. */
  | 'ONCE'
  /** As often as the rule gives in a window. */
  | 'AT_MOST'
  /** A limit of the program's earning took the rest: `limit` names it. */
  | 'LIMIT'
  /** Not one of the tiers or tags the rule is for. */
  | 'AUDIENCE'
  /** Another birthday of the same year was congratulated, or one not long ago. */
  | 'BIRTHDAY_MOVED'
  /** Somebody named themselves as who invited them. */
  | 'SELF';

/**
 * What an action of a shopper brought by one rule, or why it brought nothing: one row an event and rule. The points
 * themselves are a lot of the ledger. Rows stay with the profile they were written for; who asks whether something was
 * given before asks the whole family.
 */
export const ActionGrant = defineEntity({
  name: 'ActionGrant',
  tableName: 'action_grant',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    programId: p.uuid(),
    /** Code of the action. */
    rule: p.string().columnType('text'),
    /** The rule's name when it was judged. */
    name: p.string().columnType('text'),
    /** What happened: an event judged twice is judged once. */
    eventKey: p.string().columnType('text'),
    /** What is given once: a network, an order; empty: the rule as a whole. Null: as often as it happens. */
    onceKey: p.string().columnType('text').nullable(),
    /** What the rule says. */
    wanted: p.bigint('number'),
    /** What was granted. */
    points: p.bigint('number'),
    reason: p.string().$type<NoGrantReason>().columnType('text').nullable(),
    /** Code of the limit that cut. */
    limitCode: p.string().columnType('text').nullable(),
    lotId: p.uuid().nullable(),
    /** Of `points`, what was taken back because two profiles with the same grant turned out to be one person. */
    takenBack: p.bigint('number').default(0),
    occurredAt: p.datetime(),
    decidedAt: p.datetime(),
  },
  uniques: [{ name: 'action_grant_event', properties: ['profileId', 'programId', 'rule', 'eventKey'] }],
  indexes: [
    {
      name: 'action_grant_once',
      expression:
        'create unique index action_grant_once on action_grant (profile_id, program_id, rule, once_key) where once_key is not null and points > 0',
    },
    { name: 'action_grant_decided', properties: ['profileId', 'decidedAt', 'id'] },
  ],
  checks: [
    { name: 'action_grant_points', expression: 'points >= 0 and points <= wanted' },
    { name: 'action_grant_taken_back', expression: 'taken_back >= 0 and taken_back <= points' },
    { name: 'action_grant_explained', expression: 'points = wanted or reason is not null' },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    action_grant: InferKyselyTable<typeof ActionGrant>;
  }
}
