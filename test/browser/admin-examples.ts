import type { Shop } from './shop.ts';

/** Where an example of a route's parameter comes from: a query with one value in it, by the route's whole path. */
const EXAMPLES: Record<string, { query: string; at: readonly string[] }> = {
  '/customers/:id': {
    query: '{ customers(first: 1) { edges { node { profile { id } } } } }',
    at: ['customers', 'edges', '0', 'node', 'profile', 'id'],
  },
  '/data/event-kinds/:code': {
    query: '{ eventDefinitions { code } }',
    at: ['eventDefinitions', '0', 'code'],
  },
  '/settings/brands/:id': { query: '{ brands { id } }', at: ['brands', '0', 'id'] },
  '/settings/stores/:id': {
    query: '{ stores(first: 1) { edges { node { id } } } }',
    at: ['stores', 'edges', '0', 'node', 'id'],
  },
  '/settings/tills/:id': {
    query: '{ tills(first: 1) { edges { node { id } } } }',
    at: ['tills', 'edges', '0', 'node', 'id'],
  },
  '/settings/staff/:id': {
    query: '{ staffMembers(first: 1) { edges { node { id } } } }',
    at: ['staffMembers', 'edges', '0', 'node', 'id'],
  },
  '/settings/attributes/:id': {
    query: `mutation { defineAttribute(input: { code: "shoe_size", nameRu: "Размер обуви", nameEn: "Shoe size",
      type: NUMBER, enrichment: { kind: NEWEST } }) { ... on AttributeSaved { attribute { id } } } }`,
    at: ['defineAttribute', 'attribute', 'id'],
  },
};

/** Something real behind every parameter of a route: `/settings/brands/:id` → its URL; null where none is known. */
export async function adminExamples(shop: Shop): Promise<(path: string) => string | null> {
  const values = new Map<string, string>();
  for (const [path, { query, at }] of Object.entries(EXAMPLES))
    values.set(path, textAt(await shop.ask<unknown>(query), at));
  return (path) => {
    if (!path.includes(':')) return path;
    const known = [...values].find(([example]) => path === example || path.startsWith(`${example}/`));
    return known === undefined ? null : path.replace(/:\w+(\([^)]*\))?/, encodeURIComponent(known[1]));
  };
}

function textAt(data: unknown, at: readonly string[]): string {
  let value = data;
  for (const step of at) value = (value as Record<string, unknown> | undefined)?.[step];
  if (typeof value !== 'string') throw new Error(`No example at ${at.join('.')}: ${JSON.stringify(data)}`);
  return value;
}
