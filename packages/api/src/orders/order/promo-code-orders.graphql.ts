import { PromoCodeEventType } from '../../offers/index.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { OrderType } from '../orders.types.ts';

builder.objectField(PromoCodeEventType, 'order', (t) =>
  t.field({
    type: OrderType,
    nullable: true,
    description: 'The purchase it happened with; null: none, or not of this caller’s stores.',
    resolve: ({ orderId }, _args, { actor }) => (actor.scopes.has('orders.read') ? orderId : null),
  }),
);
