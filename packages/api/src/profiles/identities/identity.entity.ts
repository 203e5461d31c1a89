import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** The last four digits of what is shown of a phone or card. Of an index expression: the query has to say the same. */
export const TAIL = `right(replace(masked, '-', ''), 4)`;

/** By what a shopper is recognised. The value itself stands nowhere in the clear. */
export const Identity = defineEntity({
  name: 'Identity',
  tableName: 'identity',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    kind: p.enum(['PHONE', 'EMAIL', 'CARD', 'EXTERNAL', 'DEVICE'] as const).columnType('text'),
    /** Whose number an EXTERNAL or DEVICE id is; empty for the other kinds. */
    source: p.string().columnType('text').default(''),
    /** The normalised value, encrypted. */
    sealed: p.string().columnType('text'),
    /** For people who may not see the value: `+7 ••• •••-••-42`. */
    masked: p.string().columnType('text'),
    /** Keyed hash of kind, source and value. */
    blindIndex: p.string().columnType('text'),
    /** When the shopper proved that it is theirs. */
    verifiedAt: p.datetime().nullable(),
    /** Order among identities of one kind, the first is shown: later ones come behind. */
    position: p.integer(),
    /** Of a DEVICE: when it was seen with this profile; who uses it earlier or later may be somebody else. */
    createdAt: p.datetime(),
  },
  indexes: [
    // The last four digits staff search by, and a partner's own numbers, whoever the partner is.
    {
      name: 'identity_tail',
      expression: `create index identity_tail on identity (${TAIL}) where kind in ('PHONE', 'CARD')`,
    },
    {
      name: 'identity_external',
      expression: `create index identity_external on identity (masked) where kind = 'EXTERNAL'`,
    },
  ],
});

/** Whose a phone, e-mail, card or external id is: nobody else can get it. */
export const IdentityKey = defineEntity({
  name: 'IdentityKey',
  tableName: 'identity_key',
  properties: {
    blindIndex: p.string().columnType('text').primary(),
    profileId: p.uuid().index(),
    identityId: p.uuid(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    identity: InferKyselyTable<typeof Identity>;
    identity_key: InferKyselyTable<typeof IdentityKey>;
  }
}
