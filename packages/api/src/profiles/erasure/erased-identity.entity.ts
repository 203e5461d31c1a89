import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * That somebody with this phone, e-mail, card or external id was erased: no file and no partner brings them back. A
 * keyed hash only; their own consent at a till takes it away.
 */
export const ErasedIdentity = defineEntity({
  name: 'ErasedIdentity',
  tableName: 'erased_identity',
  properties: {
    blindIndex: p.string().columnType('text').primary(),
    erasedAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    erased_identity: InferKyselyTable<typeof ErasedIdentity>;
  }
}
