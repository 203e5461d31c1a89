import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Program } from '../../program/program.entity.ts';
import type { FlowMonth, LiabilityPart } from './liability.ts';

/** What a program owed at a moment: one row a day, taken anew every hour. */
export const LiabilitySnapshot = defineEntity({
  name: 'LiabilitySnapshot',
  tableName: 'liability_snapshot',
  properties: {
    program: () => p.manyToOne(Program).primary().updateRule('no action').deleteRule('no action'),
    /** Of the program's zone. */
    day: p.date().primary(),
    takenAt: p.datetime(),
    accounts: p.bigint('number'),
    /** Points owed by shoppers, ≥ 0. */
    debt: p.bigint('number'),
    parts: p.json<LiabilityPart[]>().columnType('jsonb'),
    months: p.json<FlowMonth[]>().columnType('jsonb'),
  },
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    liability_snapshot: InferKyselyTable<typeof LiabilitySnapshot>;
  }
}
