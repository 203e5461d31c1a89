import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { Evidence } from './matching/match-model.ts';

/** What profiles are looked up by when duplicates are looked for: keyed hashes, nothing can be read from them. */
export const DuplicateToken = defineEntity({
  name: 'DuplicateToken',
  tableName: 'duplicate_token',
  properties: {
    token: p.string().columnType('text').primary(),
    profileId: p.uuid().primary().index(),
  },
});

/** Profiles that are new or were changed, and are to be compared with the others. */
export const DuplicateDue = defineEntity({
  name: 'DuplicateDue',
  tableName: 'duplicate_due',
  properties: { profileId: p.uuid().primary() },
});

export type CandidateState = 'OPEN' | 'NOT_SAME' | 'SKIPPED';

/** Two profiles that may be one person, the smaller id first; once merged there is no pair any more. */
export const DuplicateCandidate = defineEntity({
  name: 'DuplicateCandidate',
  tableName: 'duplicate_candidate',
  properties: {
    lowId: p.uuid().primary(),
    highId: p.uuid().primary(),
    /** 0–1 */
    probability: p.double().$type<number>(),
    /** Field by field; never a value. */
    evidence: p.json<Evidence[]>().columnType('jsonb'),
    /** Kinds of identities somebody's word gave to both. */
    claimed: p.array<string>().columnType('text[]').defaultRaw("'{}'"),
    state: p.enum(['OPEN', 'NOT_SAME', 'SKIPPED'] as const).columnType('text'),
    foundAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
    decidedBy: p.string().columnType('text').nullable(),
  },
  indexes: [
    {
      name: 'duplicate_candidate_queue',
      expression:
        'create index duplicate_candidate_queue on duplicate_candidate (state, probability desc, low_id, high_id)',
    },
    { name: 'duplicate_candidate_high', properties: ['highId'] },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    duplicate_token: InferKyselyTable<typeof DuplicateToken>;
    duplicate_due: InferKyselyTable<typeof DuplicateDue>;
    duplicate_candidate: InferKyselyTable<typeof DuplicateCandidate>;
  }
}
