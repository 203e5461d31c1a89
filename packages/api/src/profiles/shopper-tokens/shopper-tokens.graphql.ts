import type { ShopperTokenIssued } from '../../company/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import type { ProfileRefInput } from '../identities/profile-ref.ts';
import { ProfileRefType } from '../profiles.types.ts';
import { issueShopperToken } from './issue-shopper-token.ts';

const ShopperTokenIssuedType = builder.objectRef<ShopperTokenIssued>('ShopperTokenIssued').implement({
  description: '≤ 1 h; reads one profile and previews, never begins.',
  fields: (t) => ({
    token: t.exposeString('token'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const IssueShopperTokenInput = builder.inputType('IssueShopperTokenInput', {
  fields: (t) => ({
    profile: t.field({ type: ProfileRefType, required: true }),
    origin: t.string({
      required: true,
      description: 'Of the page that will use it, as a browser sends it: https://shop.example',
    }),
  }),
});

builder.mutationField('issueShopperToken', (t) =>
  t.field({
    type: builder.errorUnion('IssueShopperTokenResult', { types: [ShopperTokenIssuedType, InvalidInput] }),
    args: { input: t.arg({ type: IssueShopperTokenInput, required: true }) },
    authScopes: { can: 'tokens.issue' },
    resolve: (_root, { input }, ctx) =>
      issueShopperToken(ctx, { origin: input.origin, profile: input.profile as ProfileRefInput }),
  }),
);
