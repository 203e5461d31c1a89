import { builder } from '../platform/graphql/builder.ts';
import {
  readGoodsChoices,
  type AttributeChoices,
  type CategoryChoice,
  type GoodsChoices,
} from './goods-choices.ts';

const Category = builder.objectRef<CategoryChoice>('ProductCategory').implement({
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'Names from the root joined by `/`: what rules name it by.',
    }),
    name: t.exposeString('name'),
    parent: t.exposeString('parent', { nullable: true, description: 'Code of the category above.' }),
    products: t.exposeInt('products', { description: 'Of it and of everything below.' }),
  }),
});

const Attribute = builder.objectRef<AttributeChoices>('ProductAttribute').implement({
  fields: (t) => ({ name: t.exposeString('name'), values: t.exposeStringList('values') }),
});

const Choices = builder.objectRef<GoodsChoices>('GoodsChoices').implement({
  description: 'What rules may choose goods by, as the catalogue is today.',
  fields: (t) => ({
    categories: t.field({ type: [Category], resolve: ({ categories }) => categories }),
    brands: t.exposeStringList('brands'),
    tags: t.exposeStringList('tags'),
    attributes: t.field({ type: [Attribute], resolve: ({ attributes }) => attributes }),
  }),
});

builder.queryField('goodsChoices', (t) =>
  t.field({
    type: Choices,
    authScopes: { can: 'products.read' },
    resolve: (_root, _args, ctx) => readGoodsChoices(ctx),
  }),
);
