import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { InputProblem } from '../errors.ts';
import type { IntakeKind, RejectedState } from './report-intake.ts';

/** One batch somebody brought, as counts; folded into hours by a job and then gone. */
export const IntakeDelivery = defineEntity({
  name: 'IntakeDelivery',
  tableName: 'intake_delivery',
  properties: {
    id: p.uuid().primary(),
    source: p.string().columnType('text'),
    kind: p.string().$type<IntakeKind>().columnType('text'),
    occurredAt: p.datetime(),
    accepted: p.integer(),
    unchanged: p.integer(),
    refused: p.integer(),
    /** Why nothing could be brought at all: a code; null where something was. */
    failure: p.string().columnType('text').nullable(),
  },
});

/**
 * A record that could not be taken, kept until somebody corrects and replays it, its source brings it right, or it is
 * dismissed. Its content is sealed: it may hold anybody's contacts.
 */
export const RejectedRecord = defineEntity({
  name: 'RejectedRecord',
  tableName: 'rejected_record',
  properties: {
    id: p.uuid().primary(),
    source: p.string().columnType('text'),
    kind: p.string().$type<IntakeKind>().columnType('text'),
    /** By what its source knows it; a keyed hash where that may tell of a person. */
    key: p.string().columnType('text'),
    /** The record as it came, JSON, sealed. */
    content: p.string().columnType('text'),
    /** Edited here since. */
    corrected: p.boolean().default(false),
    status: p.enum(['REJECTED', 'CONFLICT'] as const).columnType('text'),
    problems: p.json<InputProblem[]>().columnType('jsonb'),
    state: p.string().$type<RejectedState>().columnType('text'),
    /** Blind indexes of the identities in it: it goes when one of them is erased. */
    about: p.array().columnType('text[]'),
    /** How often it came and was refused. */
    times: p.integer().default(1),
    receivedAt: p.datetime(),
    lastAt: p.datetime(),
    resolvedAt: p.datetime().nullable(),
    /** `client` of who replayed or dismissed it; null: its source brought it right. */
    resolvedBy: p.string().columnType('text').nullable(),
    /** Why it was dismissed. */
    reason: p.string().columnType('text').nullable(),
    version: p.integer().default(1),
  },
  indexes: [
    {
      name: 'rejected_record_open',
      expression: `create unique index rejected_record_open on rejected_record (source, kind, key) where state = 'OPEN'`,
    },
    { name: 'rejected_record_list', properties: ['source', 'kind', 'state', 'id'] },
    {
      name: 'rejected_record_about',
      expression: 'create index rejected_record_about on rejected_record using gin (about)',
    },
  ],
});

declare module '../database/tables.ts' {
  interface Tables {
    intake_delivery: InferKyselyTable<typeof IntakeDelivery>;
    rejected_record: InferKyselyTable<typeof RejectedRecord>;
  }
}
