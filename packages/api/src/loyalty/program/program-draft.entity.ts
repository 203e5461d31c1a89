import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** The one set of rules of a program that is being written; it may be wrong or half done, nothing earns by it. */
export const ProgramDraft = defineEntity({
  name: 'ProgramDraft',
  tableName: 'program_draft',
  properties: {
    programId: p.uuid().primary(),
    /** JSON as the editor left it; null: nothing is being written. */
    settings: p.json<unknown>().columnType('jsonb').nullable(),
    /** Goes up with each save and when the draft is published or thrown away; never begins anew. */
    version: p.integer(),
    /** Staff or key. */
    changedBy: p.uuid().nullable(),
    changedAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    program_draft: InferKyselyTable<typeof ProgramDraft>;
  }
}
