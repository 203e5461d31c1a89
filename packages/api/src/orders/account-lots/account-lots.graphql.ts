import { LoyaltyAccountType } from '../../loyalty/index.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../../platform/graphql/paging.ts';
import { OrderType } from '../orders.types.ts';
import { comingPoints, type ComingPoints } from './lots-of-account.ts';

const ActivationType = builder.objectRef<ComingPoints>('PointsActivation').implement({
  description: 'Points that become active, and why there are that many.',
  fields: (t) => ({
    points: t.exposeInt('points'),
    at: t.expose('at', { type: 'DateTime' }),
    because: t.exposeString('because', { description: 'Sentences for the shopper.' }),
    order: t.field({ type: OrderType, nullable: true, resolve: ({ orderId }) => orderId }),
  }),
});

const ActivationEdge = builder.edgeObject({ name: 'PointsActivationEdge', type: ActivationType });
const ActivationConnection = builder.connectionObject(
  { name: 'PointsActivationConnection', type: ActivationType },
  ActivationEdge,
);

builder.objectField(LoyaltyAccountType, 'activations', (t) =>
  t.field({
    type: ActivationConnection,
    description: 'When the points that wait become active, the nearest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    complexity: pageCost,
    resolve: async (account, { first, after }, ctx) => {
      const size = pageSize(first);
      const [at, id] = keysOf(after, 2) ?? [];
      const before = at !== undefined && id !== undefined ? { at, id } : null;
      const rows = await comingPoints(ctx, account, size + 1, before);
      return pageOf(rows, size, before !== null, (lot) => cursorOf(lot.at, lot.id));
    },
  }),
);
