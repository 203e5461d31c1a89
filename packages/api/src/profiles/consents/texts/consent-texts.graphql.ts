import { BrandType } from '../../../company/index.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { needId } from '../../../platform/graphql/need-id.ts';
import { ConsentPurposeType } from '../../profiles.types.ts';
import { consentTextVersions, type ConsentTextVersion } from './consent-text-versions.ts';
import { publishConsentText } from './publish-consent-text.ts';

const ConsentTextVersionType = builder.objectRef<ConsentTextVersion>('ConsentTextVersion').implement({
  description:
    'A wording people are or were asked to agree to. It never changes: a new wording is a new version.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('ConsentText', id) }),
    brand: t.field({ type: BrandType, resolve: ({ brandId }) => brandId }),
    purpose: t.expose('purpose', { type: ConsentPurposeType }),
    version: t.exposeString('version'),
    text: t.exposeString('text'),
    required: t.exposeBoolean('required', { description: 'Nobody is enrolled without agreeing to it.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    retiredAt: t.expose('retiredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'null: people are asked to agree to this one.',
    }),
  }),
});

builder.queryField('consentTextVersions', (t) =>
  t.field({
    type: [ConsentTextVersionType],
    description: 'Every wording there ever was; of a brand and purpose the newest first.',
    args: { brandId: t.arg.id(), purpose: t.arg({ type: ConsentPurposeType }) },
    authScopes: { can: 'settings.read' },
    resolve: (_root, { brandId, purpose }, ctx) =>
      consentTextVersions(ctx, {
        brandId: brandId ? needId(brandId, 'Brand', 'brandId') : null,
        purpose: purpose ?? null,
      }),
  }),
);

interface Published {
  __typename: 'ConsentTextPublished';
  id: string;
}

const ConsentTextPublished = builder.objectRef<Published>('ConsentTextPublished').implement({
  fields: (t) => ({ id: t.id({ resolve: ({ id }) => globalId('ConsentText', id) }) }),
});

const PublishConsentTextInput = builder.inputType('PublishConsentTextInput', {
  fields: (t) => ({
    brandId: t.id({ required: true }),
    purpose: t.field({ type: ConsentPurposeType, required: true }),
    version: t.string({
      required: true,
      description: 'At most 50 characters; of this brand and purpose unique.',
    }),
    text: t.string({ required: true, description: 'Plain text, at most 20,000 characters.' }),
    required: t.boolean({ required: true, description: 'Nobody is enrolled without agreeing to it.' }),
  }),
});

builder.mutationField('publishConsentText', (t) =>
  t.field({
    type: builder.errorUnion('PublishConsentTextResult', { types: [ConsentTextPublished, InvalidInput] }),
    description:
      'At once the only one people are asked to agree to; consents given to earlier ones stay what they are.',
    args: { input: t.arg({ type: PublishConsentTextInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const brandId = needId(input.brandId, 'Brand', 'brandId');
      const id = await publishConsentText(ctx, { ...input, brandId });
      return { __typename: 'ConsentTextPublished' as const, id };
    },
  }),
);
