import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { CHANNELS, PURPOSES, STATES } from './message.ts';

/** One message to one person. Address and text are sealed: the table alone tells neither. */
export const Message = defineEntity({
  name: 'Message',
  tableName: 'message',
  properties: {
    /** The nil UUID where the addressee is nobody known yet: the code of an enrolment. */
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    channel: p.enum(CHANNELS).columnType('text'),
    purpose: p.enum(PURPOSES).columnType('text'),
    sealedTo: p.string().columnType('text'),
    maskedTo: p.string().columnType('text'),
    /** Keyed hash of the address: messages to one address are found by it. */
    toIndex: p.string().columnType('text'),
    sealedSubject: p.string().columnType('text').nullable(),
    sealedText: p.string().columnType('text'),
    state: p.enum(STATES).columnType('text'),
    /** What it is about: for a CODE the challenge that waits to hear of its delivery. */
    aboutId: p.uuid().nullable(),
    createdAt: p.datetime(),
    /** Worth nothing afterwards: it is dropped instead of sent. */
    expiresAt: p.datetime().nullable(),
    attempts: p.integer().default(0),
    retryAt: p.datetime().nullable(),
    /** Until then whoever took it is believed to be sending it. */
    leasedUntil: p.datetime().nullable(),
    sentAt: p.datetime().nullable(),
    /** The adapter that took it, and its own number for it. */
    provider: p.string().columnType('text').nullable(),
    providerId: p.string().columnType('text').nullable(),
    /** Why it was not sent, or not at the first attempt. */
    failure: p.string().columnType('text').nullable(),
  },
  indexes: [
    {
      name: 'message_waiting',
      expression: "create index message_waiting on message (created_at) where state in ('QUEUED', 'SENDING')",
    },
    { name: 'message_created', properties: ['createdAt'] },
    { name: 'message_to', properties: ['toIndex', 'createdAt'] },
  ],
});

/** Finds a message by what made it (`event:<id>`) or by its provider's number (`receipt:<adapter>:<id>`): once only. */
export const MessageKey = defineEntity({
  name: 'MessageKey',
  tableName: 'message_key',
  properties: {
    key: p.string().columnType('text').primary(),
    profileId: p.uuid().index(),
    messageId: p.uuid(),
  },
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    message: InferKyselyTable<typeof Message>;
    message_key: InferKyselyTable<typeof MessageKey>;
  }
}
