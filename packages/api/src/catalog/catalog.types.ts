import type { Context } from '../platform/context.ts';
import { builder } from '../platform/graphql/builder.ts';
import type { ProductRecord } from './product-record.ts';
import { readProductsById } from './products.sql.ts';

/** Types of this room that others name and extend; their fields stand in `catalog.graphql.ts`. */

export const ProductType = builder.loadableNodeRef('Product', {
  id: { resolve: (product: ProductRecord) => product.id },
  load: async (ids: string[], ctx: Context) => {
    const { scopes } = ctx.actor;
    const may = scopes.has('products.read') || scopes.has('products.write');
    const found = may ? await readProductsById(ctx, ids) : ids.map(() => null);
    return found.map((product) => product ?? new Error('there is no such product'));
  },
});
