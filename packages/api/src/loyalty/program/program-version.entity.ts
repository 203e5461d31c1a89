import type { ProgramSettings } from '@clientele/shared/receipt';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Program } from './program.entity.ts';

/** All settings and rules of a program from an instant on. Never changed (append-only): orders keep the one they used. */
export const ProgramVersion = defineEntity({
  name: 'ProgramVersion',
  tableName: 'program_version',
  properties: {
    id: p.uuid().primary(),
    program: () => p.manyToOne(Program).updateRule('no action').deleteRule('no action'),
    /** 1, 2, 3 … within the program. */
    number: p.integer(),
    settings: p.json<ProgramSettings>().columnType('jsonb'),
    validFrom: p.datetime(),
    /** Staff or key that published it; null: the company was set up with it. */
    authorId: p.uuid().nullable(),
    /** Why, in the author's words. */
    note: p.string().columnType('text').nullable(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['program', 'number'] }],
  // That two versions never begin at one instant is seen to with the program locked: a withdrawn one frees its instant.
  indexes: [{ properties: ['program', 'validFrom'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    program_version: InferKyselyTable<typeof ProgramVersion>;
  }
}
