import type { Scope } from '@clientele/shared/permissions';

export { isScope, SCOPES, type Scope } from '@clientele/shared/permissions';

/** A till without a cashier: shows the lock screen and flushes its queue, whatever the hour. */
export const TILL_SCOPES: readonly Scope[] = ['till.use', 'orders.commit', 'orders.record'];

/** A cashier at a till; contacts stay masked. */
export const CASHIER_SCOPES: readonly Scope[] = [
  ...TILL_SCOPES,
  'shoppers.identify',
  'orders.preview',
  'orders.begin',
  'orders.return',
  'orders.attach',
  'orders.read',
  'profiles.read',
  'profiles.masked',
  'products.read',
  'changes.read',
  'node.read',
];

/** A kiosk identifies with a code, previews, begins and commits; it never waives, returns or attaches. */
export const KIOSK_SCOPES: readonly Scope[] = [
  ...TILL_SCOPES,
  'shoppers.identify',
  'orders.preview',
  'orders.begin',
  'products.read',
];

/**
 * A page of a partner's site, for the one shopper its token names: reads them and previews, with their points as they
 * signed in there. Its documents are the partner's own.
 */
export const SHOPPER_SCOPES: readonly Scope[] = [
  'orders.preview',
  'orders.spend',
  'profiles.masked',
  'documents.free',
];

/**
 * What every key has besides what it was granted: its documents are written by its owner, not by our apps, and of whom
 * it may read it sees the contacts without their middle.
 */
export const KEY_SCOPES: readonly Scope[] = ['documents.free', 'profiles.masked'];
