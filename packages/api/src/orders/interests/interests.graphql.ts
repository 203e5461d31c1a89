import { builder } from '../../platform/graphql/builder.ts';
import { ProfileType } from '../../profiles/index.ts';
import { interestsOf, type Interests, type InterestShare } from './interests-of.ts';

const Share = builder.objectRef<InterestShare>('InterestShare').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    share: t.exposeInt('share', {
      description: 'Basis points of all that was paid and kept; a purchase of 180 days ago weighs half.',
    }),
    pieces: t.exposeInt('pieces', { description: 'Whole pieces kept; of channels purchases.' }),
  }),
});

const AttributeInterests = builder
  .objectRef<Interests['attributes'][number]>('AttributeInterests')
  .implement({
    fields: (t) => ({
      attribute: t.exposeString('attribute'),
      values: t.field({ type: [Share], resolve: ({ values }) => values }),
    }),
  });

const InterestsType = builder.objectRef<Interests>('Interests').implement({
  description: 'What purchases tell of somebody’s taste: five of each kind, the strongest first.',
  fields: (t) => ({
    categories: t.field({
      type: [Share],
      description: 'By code of the goods’ own category.',
      resolve: ({ categories }) => categories,
    }),
    brands: t.field({ type: [Share], resolve: ({ brands }) => brands }),
    attributes: t.field({
      type: [AttributeInterests],
      description: 'Colour, size … as the catalogue has them.',
      resolve: ({ attributes }) => attributes,
    }),
    channels: t.field({
      type: [Share],
      description: 'Where they buy: STORE, ONLINE.',
      resolve: ({ channels }) => channels,
    }),
  }),
});

builder.objectField(ProfileType, 'interests', (t) =>
  t.field({
    type: InterestsType,
    nullable: true,
    description: 'null: without orders.read in all stores.',
    complexity: 20,
    resolve: ({ id }, _args, ctx) =>
      ctx.actor.storeIds === 'ALL' && ctx.actor.scopes.has('orders.read') ? interestsOf(ctx, id) : null,
  }),
);
