import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { Evidence } from '../duplicates/matching/match-model.ts';
import type { MovedRows } from '../moves.ts';

/** That two profiles were found to be one person, why, and what it takes to part them again. Of the survivor. */
export const ProfileMerge = defineEntity({
  name: 'ProfileMerge',
  tableName: 'profile_merge',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** Whose id answers with the survivor since. */
    otherId: p.uuid().index(),
    mergedAt: p.datetime(),
    actorKind: p.string().columnType('text'),
    actorId: p.string().columnType('text'),
    /** By the rule for identities two people claim, not by somebody's hand. */
    automatic: p.boolean(),
    /** As matching saw it; null: nobody asked it. 0–1 */
    probability: p.double().$type<number>().nullable(),
    /** What spoke for it and against; never a value. */
    evidence: p.json<Evidence[]>().columnType('jsonb').defaultRaw("'[]'"),
    /** Names of the survivor's values that are the other's since. */
    fields: p.array<string>().columnType('text[]'),
    /** Those values before, sealed; null once the person is erased. */
    sealedBefore: p.string().columnType('text').nullable(),
    /** What moved, by table. */
    moved: p.json<MovedRows>().columnType('jsonb'),
    /** Profiles merged into the other before, that answer with the survivor since. */
    followedBy: p.array<string>().columnType('uuid[]'),
    undoneAt: p.datetime().nullable(),
    undoneBy: p.string().columnType('text').nullable(),
  },
  indexes: [
    { name: 'profile_merge_at', properties: ['mergedAt', 'id'] },
    { name: 'profile_merge_id', properties: ['id'] },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    profile_merge: InferKyselyTable<typeof ProfileMerge>;
  }
}
