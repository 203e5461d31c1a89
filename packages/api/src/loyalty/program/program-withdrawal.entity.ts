import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { ProgramVersion } from './program-version.entity.ts';

/** That a version was taken back before it began; append-only, as versions are. No order ever used it. */
export const ProgramWithdrawal = defineEntity({
  name: 'ProgramWithdrawal',
  tableName: 'program_withdrawal',
  properties: {
    version: () => p.manyToOne(ProgramVersion).primary().updateRule('no action').deleteRule('no action'),
    authorId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    program_withdrawal: InferKyselyTable<typeof ProgramWithdrawal>;
  }
}
