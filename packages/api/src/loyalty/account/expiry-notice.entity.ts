import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** That a shopper was told of points ending on a day, so that nobody is told twice. */
export const ExpiryNotice = defineEntity({
  name: 'ExpiryNotice',
  tableName: 'expiry_notice',
  properties: {
    profileId: p.uuid().primary(),
    programId: p.uuid().primary(),
    /** In the program's zone. */
    day: p.string().columnType('date').primary(),
    daysBefore: p.integer().primary(),
    noticedAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    expiry_notice: InferKyselyTable<typeof ExpiryNotice>;
  }
}
