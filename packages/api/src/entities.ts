import type { EntitySchema } from '@mikro-orm/postgresql';
import { IdempotencyRecord } from './platform/database/idempotency.entity.ts';
import { OutboxDelivery, OutboxEvent } from './platform/outbox/outbox.entity.ts';

/** Every table; assembly only. */
export const entities: readonly EntitySchema[] = [IdempotencyRecord, OutboxEvent, OutboxDelivery];
