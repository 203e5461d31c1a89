import type { Shop } from './shop.ts';

/** Something real behind every parameter of a route, by the whole path. */
export async function adminExamples(shop: Shop): Promise<(path: string) => string> {
  const examples: Record<string, string> = {
    '/data/event-kinds/:code': 'CART',
    '/customers/:id': await aShopper(shop),
  };
  return (path) => {
    if (!path.includes(':')) return path;
    const example = examples[path];
    if (example === undefined)
      throw new Error(`${path} needs an example in admin-examples.ts to be looked at.`);
    return path.replace(/:\w+(\([^)]*\))?/, encodeURIComponent(example));
  };
}

async function aShopper(shop: Shop): Promise<string> {
  const { orders } = await shop.ask<{ orders: { edges: { node: { profile: { id: string } | null } }[] } }>(
    '{ orders(first: 20) { edges { node { profile { id } } } } }',
  );
  const id = orders.edges.map(({ node }) => node.profile?.id).find((each) => each !== undefined);
  if (id === undefined) throw new Error('the demo company has no shopper with an order');
  return id;
}
