import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * A file beside the database, under `DATA_DIR/files` or `DATA_DIR/uploads` by its id: made for somebody to download, or
 * brought by somebody. Kept for a day unless told otherwise.
 */
export const StoredFile = defineEntity({
  name: 'StoredFile',
  tableName: 'stored_file',
  properties: {
    id: p.uuid().primary(),
    place: p.string().$type<'FILES' | 'UPLOADS'>().columnType('text'),
    name: p.string().columnType('text'),
    /** Media type it is served with. */
    type: p.string().columnType('text'),
    bytes: p.bigint('number'),
    /** `client` of who made or brought it. */
    owner: p.string().columnType('text'),
    /** Needed to read it; null: only its owner may. */
    scope: p.string().columnType('text').nullable(),
    /** People it tells of one by one: it goes when one of them is erased. */
    about: p.array().columnType('uuid[]'),
    /** Holds rows of many people, unknown which: it goes at every erasure. */
    holdsList: p.boolean().default(false),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});

declare module '../database/tables.ts' {
  interface Tables {
    stored_file: InferKyselyTable<typeof StoredFile>;
  }
}
