import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { IntakeKind } from '../../platform/intake/index.ts';

/** One source and what it brings; there from its first delivery on. */
export const ExchangeSource = defineEntity({
  name: 'ExchangeSource',
  tableName: 'exchange_source',
  properties: {
    source: p.string().columnType('text').primary(),
    kind: p.string().$type<IntakeKind>().columnType('text').primary(),
    /** What people call it; null: its code. */
    name: p.string().columnType('text').nullable(),
    /** How often it should bring something; null: nobody minds. */
    expectedEveryMinutes: p.integer().nullable(),
    firstAt: p.datetime(),
    lastAttemptAt: p.datetime(),
    lastSuccessAt: p.datetime().nullable(),
    /** When nothing at all could be brought, and why: a code. */
    lastFailureAt: p.datetime().nullable(),
    lastFailure: p.string().columnType('text').nullable(),
    accepted: p.bigint('number').default(0),
    unchanged: p.bigint('number').default(0),
    refused: p.bigint('number').default(0),
    version: p.integer().default(1),
  },
});

/** What a source brought in an hour. */
export const ExchangeHour = defineEntity({
  name: 'ExchangeHour',
  tableName: 'exchange_hour',
  properties: {
    source: p.string().columnType('text').primary(),
    kind: p.string().$type<IntakeKind>().columnType('text').primary(),
    /** Its beginning. */
    hour: p.datetime().primary(),
    accepted: p.bigint('number'),
    unchanged: p.bigint('number'),
    refused: p.bigint('number'),
  },
  indexes: [{ name: 'exchange_hour_by_time', properties: ['hour'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    exchange_source: InferKyselyTable<typeof ExchangeSource>;
    exchange_hour: InferKyselyTable<typeof ExchangeHour>;
  }
}
