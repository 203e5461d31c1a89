import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { cancelCode, extendCode, reissueCode } from './desk/change-code.ts';
import { PoolEmpty, PromoCodeStateRefused } from './codes.errors.ts';
import { PromoCodeType } from './codes.types.ts';
import { inspectCode, readCode } from './desk/inspect-code.ts';
import { issuePromoCode } from './issue/issue-to-shopper.ts';

builder.queryField('promoCode', (t) =>
  t.field({
    type: PromoCodeType,
    nullable: true,
    description:
      'By what somebody typed: case, spaces and dashes do not count, signs that look alike are the same. null: there is no such code.',
    args: { code: t.arg.string({ required: true }) },
    authScopes: { can: 'offers.read' },
    resolve: (_root, { code }, ctx) => inspectCode(ctx, code),
  }),
);

const CodeSaved = builder
  .objectRef<{ __typename: 'PromoCodeSaved'; id: string }>('PromoCodeSaved')
  .implement({
    fields: (t) => ({
      promoCode: t.field({
        type: PromoCodeType,
        resolve: async ({ id }, _args, ctx) => {
          const code = await readCode(ctx, id);
          if (code === null) throw new Error('a saved code is gone');
          return code;
        },
      }),
    }),
  });
const saved = (id: string) => ({ __typename: 'PromoCodeSaved' as const, id });

const IssueInput = builder.inputType('IssuePromoCodeInput', {
  fields: (t) => ({
    requestId: t.string({
      required: true,
      description: 'Made before the first try: a repeat gets the same code.',
    }),
    poolId: t.id({ required: true }),
    profileId: t.id({ required: true }),
    reason: t.string({ required: true, description: 'For the history, and for the shopper’s questions.' }),
    validDays: t.int({ description: 'The pool’s own where absent.' }),
  }),
});

builder.mutationFields((t) => ({
  issuePromoCode: t.field({
    type: builder.errorUnion('IssuePromoCodeResult', { types: [CodeSaved, PoolEmpty, InvalidInput] }),
    description: 'A code for one shopper, of the pool’s waiting ones or fresh by its pattern.',
    args: { input: t.arg({ type: IssueInput, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) => {
      const poolId = needId(input.poolId, 'PromoCodePool', 'poolId');
      return saved((await issuePromoCode(ctx, { ...input, poolId })).id);
    },
  }),
  cancelPromoCode: t.field({
    type: builder.errorUnion('CancelPromoCodeResult', {
      types: [CodeSaved, PromoCodeStateRefused, InvalidInput],
    }),
    args: { id: t.arg.id({ required: true }), reason: t.arg.string({ required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id: opaque, reason }, ctx) => {
      const id = needId(opaque, 'PromoCode', 'id');
      await cancelCode(ctx, { id, reason });
      return saved(id);
    },
  }),
  extendPromoCode: t.field({
    type: builder.errorUnion('ExtendPromoCodeResult', {
      types: [CodeSaved, PromoCodeStateRefused, InvalidInput],
    }),
    description: 'It works until then, also when it had run out.',
    args: {
      id: t.arg.id({ required: true }),
      expiresAt: t.arg({ type: 'DateTime', required: true }),
      reason: t.arg.string({ required: true }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id: opaque, expiresAt, reason }, ctx) => {
      const id = needId(opaque, 'PromoCode', 'id');
      await extendCode(ctx, { id, expiresAt, reason });
      return saved(id);
    },
  }),
  reissuePromoCode: t.field({
    type: builder.errorUnion('ReissuePromoCodeResult', {
      types: [CodeSaved, PromoCodeStateRefused, PoolEmpty, InvalidInput],
    }),
    description: 'A new code for the same shopper instead of this one; a repeat gives the same new one.',
    args: { id: t.arg.id({ required: true }), reason: t.arg.string({ required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id, reason }, ctx) =>
      saved((await reissueCode(ctx, { id: needId(id, 'PromoCode', 'id'), reason })).id),
  }),
}));
