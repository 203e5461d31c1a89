/**
 * Every table's row type by table name. Each `*.entity.ts` adds its own by declaration merging, so that SQL written
 * with Kysely is typed by the same definition the schema is made of:
 *
 *     declare module '../platform/database/tables.ts' {
 *       interface Tables { store: InferKyselyTable<typeof Store> }
 *     }
 */
// oxlint-disable-next-line typescript/no-empty-interface -- filled by the rooms
export interface Tables {}
