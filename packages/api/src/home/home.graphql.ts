import { formatMoney } from '@clientele/shared/money';
import { readAttention, type AttentionItem, type AttentionSource } from '../company/index.ts';
import { builder } from '../platform/graphql/builder.ts';
import { localId } from '../platform/graphql/global-id.ts';
import type { DayFigures, Liability } from './figures.sql.ts';
import { homeFigures, type HomeFigures } from './home-figures.ts';
import { confirmBackups, launchChecks, type LaunchCheck } from './launch-checks.ts';

const PaidSum = builder.objectRef<DayFigures['paid'][number]>('PaidSum').implement({
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    amount: t.field({ type: 'Money', resolve: ({ amount, currency }) => formatMoney(amount, currency) }),
  }),
});

const DayFiguresType = builder.objectRef<DayFigures>('DayFigures').implement({
  description: 'Purchases of a business day so far, in the zones of its stores.',
  fields: (t) => ({
    receipts: t.exposeInt('receipts'),
    identified: t.exposeInt('identified', { description: 'Receipts of somebody known.' }),
    shoppers: t.exposeInt('shoppers', { description: 'Different people among them.' }),
    pointsEarned: t.exposeFloat('pointsEarned'),
    pointsSpent: t.exposeFloat('pointsSpent'),
    paid: t.field({ type: [PaidSum], resolve: ({ paid }) => paid }),
  }),
});

const LiabilityType = builder.objectRef<Liability>('ProgramLiability').implement({
  fields: (t) => ({ program: t.exposeString('program'), points: t.exposeFloat('points') }),
});

const HomeFiguresType = builder.objectRef<HomeFigures>('HomeFigures').implement({
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    today: t.expose('today', { type: DayFiguresType }),
    weekAgo: t.expose('weekAgo', {
      type: DayFiguresType,
      description: 'The same weekday a week ago, up to the same time of day.',
    }),
    activeShoppers: t.exposeInt('activeShoppers', { description: 'People who bought in the last 30 days.' }),
    activeShoppersWeekAgo: t.exposeInt('activeShoppersWeekAgo'),
    liability: t.field({
      type: [LiabilityType],
      nullable: true,
      description: 'Points owed to shoppers; null for who sees some stores only.',
      resolve: ({ liability }) => liability,
    }),
  }),
});

builder.queryField('homeFigures', (t) =>
  t.field({
    type: HomeFiguresType,
    description: 'Today against the same weekday last week, of the stores this caller sees.',
    args: { brandId: t.arg.id(), storeId: t.arg.id() },
    authScopes: { can: 'orders.read' },
    resolve: (_root, { brandId, storeId }, ctx) =>
      homeFigures(ctx, { brandId: placeOf(brandId, 'Brand'), storeId: placeOf(storeId, 'Store') }),
  }),
);

/** Of what is no id nothing is found. */
function placeOf(id: string | null | undefined, typename: string): string | null {
  if (id === null || id === undefined) return null;
  return localId(id, typename) ?? '00000000-0000-0000-0000-000000000000';
}

const Severity = builder.enumType('AttentionSeverity', { values: ['BAD', 'WARN', 'INFO'] as const });

const AttentionItemType = builder.objectRef<AttentionItem>('AttentionItem').implement({
  description: 'Something this person should look at; the words are made of `code` and `count`.',
  fields: (t) => ({
    code: t.exposeString('code'),
    severity: t.expose('severity', { type: Severity }),
    count: t.exposeInt('count'),
    link: t.exposeString('link', { nullable: true, description: 'A path of the admin.' }),
  }),
});

const LaunchStateEnum = builder.enumType('LaunchState', { values: ['DONE', 'TODO', 'WARN'] as const });

const LaunchCheckType = builder.objectRef<LaunchCheck>('LaunchCheck').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    state: t.expose('state', { type: LaunchStateEnum }),
    facts: t.field({ type: 'JSON', resolve: ({ facts }) => facts }),
    link: t.exposeString('link', { nullable: true }),
  }),
});

builder.queryField('launchChecks', (t) =>
  t.field({
    type: [LaunchCheckType],
    description: 'What has to be right before the first shopper comes, as it is at this moment.',
    authScopes: { can: 'settings.write' },
    resolve: (_root, _args, ctx) => launchChecks(ctx),
  }),
);

builder.mutationField('confirmBackups', (t) =>
  t.field({
    type: [LaunchCheckType],
    description: 'Somebody says that backups are made and were tried: no program can see that.',
    authScopes: { can: 'settings.write' },
    resolve: (_root, _args, ctx) => confirmBackups(ctx),
  }),
);

/** @param sources of every room */
export function addAttention(sources: readonly AttentionSource[]): void {
  builder.queryField('attention', (t) =>
    t.field({
      type: [AttentionItemType],
      description: 'What this person should look at, the worst first.',
      authScopes: { can: 'staff.self' },
      resolve: (_root, _args, ctx) => readAttention(ctx, sources),
    }),
  );
}
