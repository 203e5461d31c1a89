import { ProductType } from '../../catalog/index.ts';
import { TillType } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { OrderQuoteType } from '../orders.types.ts';
import { goodsForRules } from './goods-for-rules.ts';
import { quoteRules, rulesRevision } from './quote-rules.ts';

builder.objectFields(TillType, (t) => ({
  quoteRules: t.field({
    type: 'JSON',
    description:
      'What a till needs for a quote of its own while the server’s is on its way: program, promotions, their groups, the store. No shopper is in it. `revision` changes with the rules.',
    resolve: (till, _args, ctx) => quoteRules(ctx, till.store),
  }),
}));

builder.objectFields(OrderQuoteType, (t) => ({
  rulesRevision: t.string({
    description: 'Of `Till.quoteRules` this was made by.',
    resolve: ({ promotions: { promotions, groups }, version, mode }) =>
      rulesRevision({ promotions, groups, version, mode }),
  }),
}));

builder.objectFields(ProductType, (t) => ({
  goods: t.loadable({
    type: 'JSON',
    nullable: true,
    description: 'What rules may ask about it: categories, brand, tags, attributes named by rules …',
    load: (skus: string[], ctx: Context) => goodsForRules(ctx, skus),
    resolve: ({ sku }) => sku,
  }),
}));
