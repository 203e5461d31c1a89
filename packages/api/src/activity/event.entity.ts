import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * What a shopper, or a visitor nobody knows yet, did on a site or in an app. One partition a quarter of a year
 * (UTC) of `occurred_at`; they are made ahead by a job, and on demand for what comes late.
 */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    profileId: p.uuid().primary(),
    occurredAt: p.datetime().primary(),
    /** Made of source and external id: the same event has the same id, whoever sends it again. */
    id: p.uuid().primary(),
    kind: p.string().columnType('text'),
    source: p.string().columnType('text'),
    /** Of the source; a string as it came. */
    externalId: p.string().columnType('text'),
    properties: p.json<Record<string, unknown>>().columnType('jsonb'),
    recordedAt: p.datetime(),
    /** Of an import, so that it can be undone; null: it came by the API. */
    batchId: p.uuid().nullable(),
  },
  partitionBy: {
    type: 'range',
    expression: 'occurredAt',
    // The quarters are made as they are needed; a table divided needs one part to begin with.
    partitions: [{ name: 'event_before_2000', values: "from (minvalue) to ('2000-01-01')" }],
  },
  indexes: [
    {
      name: 'event_recorded',
      expression: 'create index event_recorded on event (recorded_at, occurred_at, id)',
    },
    {
      name: 'event_batch',
      expression: 'create index event_batch on event (batch_id) where batch_id is not null',
    },
  ],
});

/** Every event ever recorded, by its id: told a second time it changes nothing. Outlives the event. */
export const EventKey = defineEntity({
  name: 'EventKey',
  tableName: 'event_key',
  properties: {
    id: p.uuid().primary(),
    /** Hash of kind, moment and properties: another event under the same id is noticed. */
    content: p.uuid(),
  },
});

/** How many events came in each hour; several rows a figure, so that writers do not wait for each other. */
export const EventCount = defineEntity({
  name: 'EventCount',
  tableName: 'event_count',
  properties: {
    hour: p.datetime().primary(),
    source: p.string().columnType('text').primary(),
    /** Empty: of no kind that can be. */
    kind: p.string().columnType('text').primary(),
    slot: p.smallint().primary(),
    recorded: p.bigint('number').default(0),
    rejected: p.bigint('number').default(0),
  },
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    event: InferKyselyTable<typeof Event>;
    event_key: InferKyselyTable<typeof EventKey>;
    event_count: InferKyselyTable<typeof EventCount>;
  }
}
