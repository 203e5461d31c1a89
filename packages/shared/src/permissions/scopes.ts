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
  /** Phones and e-mails without their middle: `+7••••••••42`. */
  'profiles.masked',
  /** Phones and e-mails in full. Without either of the two they are absent. */
  'profiles.contacts',
  'profiles.write',
  'profiles.merge',
  'profiles.export',
  'profiles.erase',
  'products.read',
  'products.write',
  'events.read',
  'events.write',
  'imports.read',
  'imports.run',
  'changes.read',
  'points.adjust',
  /** The second pair of eyes for a large correction. */
  'points.approve',
  /** Closes incidents: debts, overdrafts, failed rules. */
  'incidents.settle',
  'loyalty.read',
  'loyalty.write',
  'offers.read',
  'offers.write',
  'segments.read',
  'segments.write',
  'node.read',
  'settings.read',
  'settings.write',
  'staff.self',
  'staff.manage',
  'keys.manage',
  'audit.read',
  'system.read',
  'demo.clock',
  'tokens.issue',
  'documents.free',
  'schema.read',
] as const;

export type Scope = (typeof SCOPES)[number];

export function isScope(value: string): value is Scope {
  return (SCOPES as readonly string[]).includes(value);
}
