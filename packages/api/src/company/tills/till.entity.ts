import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Store } from '../store.entity.ts';

/** A place where orders are made: a cashier's till or a kiosk without a cashier. */
export const Till = defineEntity({
  name: 'Till',
  tableName: 'till',
  properties: {
    id: p.uuid().primary(),
    store: () => p.manyToOne(Store).index().updateRule('no action').deleteRule('no action'),
    name: p.string().columnType('text'),
    kind: p.enum(['CASHIER', 'KIOSK'] as const).columnType('text'),
    /** Source of its orders, fixed: numbers of two tills cannot collide. */
    source: p.string().columnType('text').unique(),
    /** Of the token given at pairing; pairing again makes a new one and ends the old. */
    tokenHash: p.string().columnType('text').nullable().unique(),
    revokedAt: p.datetime().nullable(),
    /** Keyed hash of the code that pairs a device with this till once. */
    pairingCodeIndex: p.string().columnType('text').nullable().unique(),
    pairingExpiresAt: p.datetime().nullable(),
    /** The profile its purchases by nobody known belong to; made by the profiles room on first need. */
    walkInProfileId: p.uuid().nullable(),
    createdAt: p.datetime(),
    version: p.integer().default(1),
    /** When a device last called with its token, to the minute. */
    lastSeenAt: p.datetime().nullable(),
    /** When the device that has the token now was paired. */
    pairedAt: p.datetime().nullable(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    till: InferKyselyTable<typeof Till>;
  }
}
