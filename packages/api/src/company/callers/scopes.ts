/** Everything a caller may be allowed; default is nothing. */
export const SCOPES = [
  'till.use',
  'shoppers.identify',
  'orders.preview',
  'orders.begin',
  'orders.commit',
  'orders.return',
  'orders.attach',
  'orders.record',
  'orders.read',
  'orders.spend',
  'profiles.read',
  'profiles.contacts',
  'profiles.write',
  'products.read',
  'products.write',
  'events.write',
  'changes.read',
  'points.adjust',
  'node.read',
  'demo.clock',
  'tokens.issue',
  'documents.free',
  'schema.read',
] as const;

export type Scope = (typeof SCOPES)[number];

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

/** What every key has besides what it was granted: its documents are written by its owner, not by our apps. */
export const KEY_SCOPES: readonly Scope[] = ['documents.free'];

export function isScope(value: string): value is Scope {
  return (SCOPES as readonly string[]).includes(value);
}
