import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Events written in the transaction of what they tell about; one relay hands them to the handlers. */
export const OutboxEvent = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox_event',
  properties: {
    /** The shopper concerned; the nil UUID where there is none. */
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** Order of writing; gaps and late arrivals are normal. */
    position: p.bigint('number').autoincrement(),
    kind: p.string().columnType('text'),
    payload: p.json<Record<string, unknown>>().columnType('jsonb'),
    occurredAt: p.datetime(),
    /** When every handler was done; the row is then history. */
    publishedAt: p.datetime().nullable(),
    attempts: p.integer().default(0),
    retryAt: p.datetime().nullable(),
    /** Why the last attempt failed, in the handler's words. */
    failure: p.string().columnType('text').nullable(),
  },
  indexes: [
    {
      name: 'outbox_event_waiting',
      expression: 'create index outbox_event_waiting on outbox_event (position) where published_at is null',
    },
  ],
});

/** A handler that was done with an event: an event handed over again does nothing twice. */
export const OutboxDelivery = defineEntity({
  name: 'OutboxDelivery',
  tableName: 'outbox_delivery',
  properties: {
    eventId: p.uuid().primary(),
    handler: p.string().columnType('text').primary(),
    deliveredAt: p.datetime(),
  },
});

declare module '../database/tables.ts' {
  interface Tables {
    outbox_event: InferKyselyTable<typeof OutboxEvent>;
    outbox_delivery: InferKyselyTable<typeof OutboxDelivery>;
  }
}
