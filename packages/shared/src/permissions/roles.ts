import { SCOPES, type Scope } from './scopes.ts';

/** What people who work in the admin are. Cashiers of a till have no role here. */
export const ROLES = [
  'OWNER',
  'MARKETER',
  'ANALYST',
  'SUPPORT',
  'STORE_MANAGER',
  'SALES_ASSISTANT',
  'INTEGRATOR',
] as const;

export type Role = (typeof ROLES)[number];

/** These are given for a store, never for the whole company. */
export const STORE_ROLES: ReadonlySet<Role> = new Set<Role>(['STORE_MANAGER', 'SALES_ASSISTANT']);

/** What each role may do; what is not here it may not. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  OWNER: SCOPES,
  MARKETER: [
    'staff.self',
    'profiles.read',
    'profiles.contacts',
    'profiles.write',
    'profiles.merge',
    'imports.read',
    'imports.run',
    'events.read',
    'settings.read',
    'products.read',
    'products.write',
    'orders.read',
    'points.approve',
    'incidents.settle',
    'loyalty.read',
    'loyalty.write',
    'offers.read',
    'offers.write',
    'node.read',
    'changes.read',
    'segments.read',
    'segments.write',
  ],
  /** Sees people without a way to reach them. */
  ANALYST: [
    'staff.self',
    'profiles.read',
    'events.read',
    'orders.read',
    'loyalty.read',
    'offers.read',
    'products.read',
    'settings.read',
    'imports.read',
    'node.read',
    'segments.read',
  ],
  SUPPORT: [
    'staff.self',
    'profiles.read',
    'profiles.contacts',
    'profiles.write',
    'profiles.merge',
    'profiles.export',
    'profiles.erase',
    'orders.read',
    'points.adjust',
    'incidents.settle',
    'loyalty.read',
    'offers.read',
    'events.read',
    'products.read',
    'node.read',
    'settings.read',
    'segments.read',
  ],
  STORE_MANAGER: [
    'staff.self',
    'profiles.read',
    'profiles.masked',
    'orders.read',
    'loyalty.read',
    'offers.read',
    'products.read',
    'settings.read',
    'node.read',
    'segments.read',
  ],
  SALES_ASSISTANT: [
    'staff.self',
    'profiles.read',
    'profiles.masked',
    'orders.read',
    'products.read',
    'node.read',
  ],
  INTEGRATOR: [
    'staff.self',
    'imports.read',
    'imports.run',
    'events.read',
    'events.write',
    'products.read',
    'products.write',
    'settings.read',
    'keys.manage',
    'system.read',
    'node.read',
  ],
};

/** Several roles of one person add up. */
export function scopesOf(roles: Iterable<Role>): Set<Scope> {
  return new Set([...roles].flatMap((role) => ROLE_SCOPES[role]));
}
