import { formatMoney } from '@clientele/shared/money';
import { builder } from '../../platform/graphql/builder.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { ProfileType } from '../profiles.types.ts';
import { CustomerFilterInput, CustomerSortType } from './customers.types.ts';
import { countCustomers, listCustomers, MOST_COUNTED, type CustomerRow } from './list-customers.ts';

const SpentType = builder.objectRef<CustomerRow['spent'][number]>('Spent').implement({
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    amount: t.field({ type: 'Money', resolve: ({ minor, currency }) => formatMoney(minor, currency) }),
  }),
});

const CustomerType = builder.objectRef<CustomerRow>('Customer').implement({
  description: 'A person in a list; staff of some stores see purchases of theirs.',
  fields: (t) => ({
    profile: t.field({ type: ProfileType, resolve: ({ id }) => id }),
    ordersCount: t.exposeInt('ordersCount'),
    lastOrderAt: t.expose('lastOrderAt', { type: 'DateTime', nullable: true }),
    spent: t.field({
      type: [SpentType],
      description: 'Paid less what came back.',
      resolve: ({ spent }) => spent,
    }),
  }),
});

const CustomerEdge = builder.edgeObject({ name: 'CustomerEdge', type: CustomerType });
const CustomerConnection = builder.connectionObject(
  { name: 'CustomerConnection', type: CustomerType },
  CustomerEdge,
);

builder.queryField('customers', (t) =>
  t.field({
    type: CustomerConnection,
    args: {
      filter: t.arg({ type: CustomerFilterInput }),
      sort: t.arg({ type: CustomerSortType }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    authScopes: { can: 'profiles.read' },
    complexity: pageCost,
    resolve: (_root, args, ctx) => listCustomers(ctx, args),
  }),
);

const CustomerCountType = builder.objectRef<number>('CustomerCount').implement({
  fields: (t) => ({
    count: t.int({ resolve: (count) => Math.min(count, MOST_COUNTED) }),
    exact: t.boolean({
      description: 'false: there are more than `count`.',
      resolve: (count) => count <= MOST_COUNTED,
    }),
  }),
});

builder.queryField('customersCount', (t) =>
  t.field({
    type: CustomerCountType,
    args: { filter: t.arg({ type: CustomerFilterInput }) },
    authScopes: { can: 'profiles.read' },
    complexity: 20,
    resolve: (_root, { filter }, ctx) => countCustomers(ctx, filter ?? {}),
  }),
);
