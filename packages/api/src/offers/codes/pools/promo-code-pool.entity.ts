import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * GENERIC: a word for everybody, used many times. SINGLE_USE: many codes, each used once.
 */
export type PoolKind = 'GENERIC' | 'SINGLE_USE';

/** Codes of one promotion: how they look, how long they hold, how often each is used. */
export const PromoCodePool = defineEntity({
  name: 'PromoCodePool',
  tableName: 'promo_code_pool',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid().index(),
    /** What a code of the pool gives. */
    promotionId: p.uuid().index(),
    name: p.string().columnType('text'),
    kind: p.string().$type<PoolKind>().columnType('text'),
    /** `SALE-####-####`: each # becomes a sign of the alphabet; null: codes come from a file or are typed. */
    pattern: p.string().columnType('text').nullable(),
    alphabet: p.string().columnType('text'),
    /** IANA zone of the days codes end with. */
    timeZone: p.string().columnType('text'),
    validFrom: p.datetime().nullable(),
    /** From this instant on no code of the pool works, unless it has an end of its own. */
    validTo: p.datetime().nullable(),
    /** After a code is issued, to the end of that day; null: until `valid_to`. */
    validDays: p.integer().nullable(),
    /** GENERIC: times each code is used in all, and by one shopper; null = no limit. */
    usesTotal: p.integer().nullable(),
    usesPerShopper: p.integer().nullable(),
    /** A code works again when its purchase came back whole. */
    freeOnReturn: p.boolean().default(true),
    version: p.integer().default(1),
    createdAt: p.datetime(),
    /** None of its codes works from then on. */
    archivedAt: p.datetime().nullable(),
  },
  checks: [
    { name: 'promo_code_pool_kind_known', expression: `kind in ('GENERIC', 'SINGLE_USE')` },
    { name: 'promo_code_pool_days_positive', expression: 'valid_days > 0' },
    { name: 'promo_code_pool_uses_positive', expression: 'uses_total > 0 and uses_per_shopper > 0' },
  ],
});

export type BatchKind = 'GENERATED' | 'IMPORTED' | 'TYPED' | 'EXPORTED';

/** Codes that came into a pool at once, made or read from a file, or were taken out to be given away. All of them or none. */
export const PromoCodeBatch = defineEntity({
  name: 'PromoCodeBatch',
  tableName: 'promo_code_batch',
  properties: {
    /** That of its task. */
    id: p.uuid().primary(),
    poolId: p.uuid().index(),
    kind: p.string().$type<BatchKind>().columnType('text'),
    codes: p.integer(),
    /** Of an imported file: rows that were not taken. */
    refused: p.integer().default(0),
    /** What was taken out, or what was refused. */
    fileId: p.uuid().nullable(),
    /** Staff or key; null: the company was set up with it. */
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    promo_code_pool: InferKyselyTable<typeof PromoCodePool>;
    promo_code_batch: InferKyselyTable<typeof PromoCodeBatch>;
  }
}
