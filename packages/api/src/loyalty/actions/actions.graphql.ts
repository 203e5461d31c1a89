import type { Context } from '../../platform/context.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { pageCost, pageSize } from '../../platform/graphql/paging.ts';
import { LoyaltyAccountType } from '../loyalty.types.ts';
import type { NoGrantReason } from './action-grant.entity.ts';
import { grantExplained, readGrants, type GrantRecord } from './read-grants.ts';

const ReasonType = builder.enumType('NoGrantReason', {
  values: [
    'ONCE',
    'AT_MOST',
    'LIMIT',
    'AUDIENCE',
    'BIRTHDAY_MOVED',
    'SELF',
  ] as const satisfies NoGrantReason[],
});

const ActionGrantType = builder.objectRef<GrantRecord>('ActionGrant').implement({
  description: 'Something the shopper did besides buying, and what it brought.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('ActionGrant', id) }),
    rule: t.exposeString('rule', { description: 'Code of the action in the program.' }),
    name: t.exposeString('name'),
    points: t.exposeInt('points'),
    wanted: t.exposeInt('wanted', { description: 'What the rule gives.' }),
    reason: t.expose('reason', {
      type: ReasonType,
      nullable: true,
      description: 'Why less than that, or nothing.',
    }),
    limit: t.exposeString('limit', { nullable: true, description: 'Code of the limit that cut.' }),
    takenBack: t.exposeInt('takenBack', {
      description: 'Of `points`: at a merge with a profile that had the same.',
    }),
    explanation: t.string({ resolve: (grant, _args, ctx) => grantExplained(grant, languageOf(ctx)) }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
    at: t.expose('decidedAt', { type: 'DateTime', description: 'When it was decided.' }),
  }),
});

function languageOf(ctx: Context) {
  return ctx.actor.till?.language === 'en' ? 'en' : 'ru';
}

builder.objectFields(LoyaltyAccountType, (t) => ({
  actions: t.field({
    type: [ActionGrantType],
    description: 'What actions brought, and why some brought nothing; the newest first.',
    args: { first: t.arg.int() },
    complexity: pageCost,
    resolve: (account, { first }, ctx) => readGrants(ctx, account, pageSize(first)),
  }),
}));
