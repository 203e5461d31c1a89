import type { Scope } from '@clientele/shared/permissions';

/** Scopes as people group their work; each stands in exactly one. */
export const SCOPE_GROUPS: readonly { key: string; scopes: (scope: Scope) => boolean }[] = [
  {
    key: 'shoppers',
    scopes: (scope) => /^(profiles|segments)\./.test(scope) || scope === 'points.adjust',
  },
  {
    key: 'loyalty',
    scopes: (scope) => /^(loyalty|offers|incidents)\./.test(scope) || scope === 'points.approve',
  },
  { key: 'data', scopes: (scope) => /^(imports|events|products|changes)\./.test(scope) },
  {
    key: 'settings',
    scopes: (scope) => /^(settings|staff|keys|audit|system)\./.test(scope) || scope === 'node.read',
  },
  { key: 'sales', scopes: (scope) => /^(orders|till|shoppers)\./.test(scope) },
  { key: 'machines', scopes: (scope) => /^(demo|tokens|documents|schema)\./.test(scope) },
];
