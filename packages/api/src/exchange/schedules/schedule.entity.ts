import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { ScheduleKind, SchedulePlace } from './schedule.ts';

/** Where to look for files by itself, how often, and how it went. */
export const ExchangeSchedule = defineEntity({
  name: 'ExchangeSchedule',
  tableName: 'exchange_schedule',
  properties: {
    id: p.uuid().primary(),
    name: p.string().columnType('text'),
    source: p.string().columnType('text'),
    kind: p.string().$type<ScheduleKind>().columnType('text'),
    place: p.string().$type<SchedulePlace>().columnType('text'),
    /** Of a FOLDER its path inside IMPORT_DIR, of a URL the address. */
    location: p.string().columnType('text'),
    /** Which files of a folder: `orders-*.csv`. */
    pattern: p.string().columnType('text'),
    presetId: p.uuid(),
    everyMinutes: p.integer().nullable(),
    cron: p.string().columnType('text').nullable(),
    windowFrom: p.string().columnType('text').nullable(),
    windowTo: p.string().columnType('text').nullable(),
    timeZone: p.string().columnType('text'),
    enabled: p.boolean(),
    /** null: never. */
    nextAt: p.datetime().nullable(),
    lastLookAt: p.datetime().nullable(),
    lastSuccessAt: p.datetime().nullable(),
    lastTaskId: p.uuid().nullable(),
    /** In a row. */
    failures: p.integer().default(0),
    /** Of the last look: a code and what it says of it; null: it went well. */
    failureCode: p.string().columnType('text').nullable(),
    failureText: p.string().columnType('text').nullable(),
    createdAt: p.datetime(),
    version: p.integer().default(1),
  },
  indexes: [
    {
      name: 'exchange_schedule_due',
      expression: 'create index exchange_schedule_due on exchange_schedule (next_at) where enabled',
    },
  ],
});

/** What a schedule has taken already, so that the same file is not read again. */
export const ExchangeFile = defineEntity({
  name: 'ExchangeFile',
  tableName: 'exchange_file',
  properties: {
    scheduleId: p.uuid().primary(),
    /** Of a folder's file; empty for an address. */
    name: p.string().columnType('text').primary(),
    /** Tells whether it changed: its tag, or size and time. */
    fingerprint: p.string().columnType('text'),
    takenAt: p.datetime(),
    /** null: it was read; else why not. */
    failureCode: p.string().columnType('text').nullable(),
    accepted: p.integer().default(0),
    unchanged: p.integer().default(0),
    refused: p.integer().default(0),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    exchange_schedule: InferKyselyTable<typeof ExchangeSchedule>;
    exchange_file: InferKyselyTable<typeof ExchangeFile>;
  }
}
