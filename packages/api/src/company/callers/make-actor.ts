import { scopesOf, type Role } from '@clientele/shared/permissions';
import type { Actor } from '../../platform/context.ts';
import type { ActorTill } from './actor.ts';
import { SCOPES, type Scope } from './scopes.ts';

const NOBODY = {
  brandId: null,
  till: null,
  cashierId: null,
  profileId: null,
  address: '',
} as const;

/** Handlers, jobs and the command line. */
export const SYSTEM_ACTOR: Actor = {
  ...NOBODY,
  kind: 'SYSTEM',
  id: 'system',
  scopes: new Set<string>(SCOPES),
  storeIds: 'ALL',
  sources: 'ANY',
  ownSource: 'system',
  client: 'system',
};

/** Somebody who sent no token. */
export function anonymousActor(address: string): Actor {
  return {
    ...NOBODY,
    kind: 'ANONYMOUS',
    id: 'anonymous',
    scopes: new Set<string>(),
    storeIds: [],
    sources: [],
    ownSource: 'anonymous',
    client: 'anonymous',
    address,
  };
}

/** A till's token alone (or a kiosk's), or a cashier's session on it. */
export function tillActor(
  till: ActorTill,
  caller: { kind: 'TILL' | 'KIOSK' | 'CASHIER'; scopes: readonly Scope[]; cashierId: string | null },
): Actor {
  return {
    ...NOBODY,
    kind: caller.kind,
    id: caller.cashierId ?? till.id,
    scopes: new Set<string>(caller.scopes),
    brandId: till.brandId,
    storeIds: [till.storeId],
    till,
    cashierId: caller.cashierId,
    sources: [till.source],
    ownSource: till.source,
    client: `till:${till.id}`,
  };
}

export function keyActor(key: {
  id: string;
  scopes: readonly string[];
  storeIds: readonly string[] | null;
  sources: readonly string[] | null;
  /** Of all its stores; null: several, or every store. */
  brandId?: string | null;
}): Actor {
  const own = key.sources?.[0];
  return {
    ...NOBODY,
    kind: 'KEY',
    id: key.id,
    brandId: key.brandId ?? null,
    scopes: new Set<string>(key.scopes),
    storeIds: key.storeIds ?? 'ALL',
    sources: key.sources ?? 'ANY',
    ownSource: own ?? `key:${key.id}`,
    client: own === undefined ? `key:${key.id}` : `source:${own}`,
  };
}

/** The page of a partner's site a shopper's token was issued for. */
export function shopperActor(
  shopper: {
    profileId: string;
    origin: string;
    brandId: string | null;
    /** null: every one. */
    storeIds: readonly string[] | null;
  },
  scopes: readonly Scope[],
): Actor {
  const name = `shopper:${shopper.profileId}`;
  return {
    ...NOBODY,
    kind: 'SHOPPER',
    id: shopper.profileId,
    scopes: new Set<string>(scopes),
    brandId: shopper.brandId,
    storeIds: shopper.storeIds ?? 'ALL',
    sources: [],
    ownSource: name,
    client: name,
    profileId: shopper.profileId,
    origin: shopper.origin,
  };
}

/** Somebody signed in to the admin. */
export function staffActor(staff: {
  id: string;
  roles: readonly Role[];
  storeIds: 'ALL' | readonly string[];
  /** Of all its stores; null: several, or every one. */
  brandId: string | null;
}): Actor {
  return {
    ...NOBODY,
    kind: 'STAFF',
    id: staff.id,
    brandId: staff.brandId,
    scopes: scopesOf(staff.roles),
    storeIds: staff.storeIds,
    sources: 'ANY',
    ownSource: `staff:${staff.id}`,
    client: `staff:${staff.id}`,
  };
}

/** How phones, e-mails and cards are told to this caller: whatever shows one asks here. */
export function contactsShown({ scopes }: Actor): 'FULL' | 'MASKED' | 'NONE' {
  if (scopes.has('profiles.contacts')) return 'FULL';
  return scopes.has('profiles.masked') ? 'MASKED' : 'NONE';
}

/** Whether this caller may find people by a contact: staff who see none could ask for one after the other. */
export function findsByContact(actor: Actor): boolean {
  return actor.kind !== 'STAFF' || contactsShown(actor) !== 'NONE';
}

/** Rows of other stores do not exist for this caller. */
export function seesStore(actor: Actor, storeId: string): boolean {
  return actor.storeIds === 'ALL' || actor.storeIds.includes(storeId);
}

/** A key writes only as its own sources, a till only as itself. */
export function mayWriteAs(actor: Actor, source: string): boolean {
  return actor.sources === 'ANY' || actor.sources.includes(source);
}
