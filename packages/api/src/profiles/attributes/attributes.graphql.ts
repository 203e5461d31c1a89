import { InvalidInput, invalid, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { ArchiveInput } from '../../company/index.ts';
import { ATTRIBUTE_TYPES, type AttributeChoice } from './attribute-definition.entity.ts';
import { attributeDefinitions, type AttributeDefinitionRecord } from './definitions.ts';
import { setStandardRules, STANDARD_FIELDS, standardRules, type StandardField } from './enrichment-rules.ts';
import { ENRICHMENT_KINDS, type EnrichmentRule } from './enrichment.ts';
import { archiveAttribute, defineAttribute, editAttribute } from './save-attribute.ts';

const AttributeTypeEnum = builder.enumType('AttributeType', { values: ATTRIBUTE_TYPES });

const EnrichmentKind = builder.enumType('EnrichmentKind', {
  description:
    'Which of several sources is believed. NEWEST: told of the latest moment. FIRST: of the earliest. SOURCE_PRIORITY: the source that stands first in the list. What staff type in goes past all of them.',
  values: ENRICHMENT_KINDS,
});

const EnrichmentRuleType = builder.objectRef<EnrichmentRule>('EnrichmentRule').implement({
  fields: (t) => ({
    kind: t.expose('kind', { type: EnrichmentKind }),
    sources: t.stringList({
      description: 'Of SOURCE_PRIORITY, the most trusted first; empty otherwise.',
      resolve: (rule) => (rule.kind === 'SOURCE_PRIORITY' ? [...rule.sources] : []),
    }),
  }),
});

const EnrichmentRuleInput = builder.inputType('EnrichmentRuleInput', {
  fields: (t) => ({
    kind: t.field({ type: EnrichmentKind, required: true }),
    sources: t.stringList({ required: true, defaultValue: [] }),
  }),
});

function ruleOf({ kind, sources }: typeof EnrichmentRuleInput.$inferInput): EnrichmentRule {
  return kind === 'SOURCE_PRIORITY' ? { kind, sources } : { kind };
}

const AttributeChoiceType = builder.objectRef<AttributeChoice>('AttributeChoice').implement({
  fields: (t) => ({
    code: t.exposeString('code', { description: 'What a profile holds.' }),
    nameRu: t.exposeString('nameRu'),
    nameEn: t.exposeString('nameEn'),
  }),
});

const AttributeDefinitionType = builder
  .objectRef<AttributeDefinitionRecord>('AttributeDefinition')
  .implement({
    description:
      'What the company wants to know of people besides the usual. As long as there is none at all, profiles take any JSON; from the first one on an unknown code is refused.',
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => globalId('AttributeDefinition', id) }),
      code: t.exposeString('code', { description: 'Name of the value in `attributes`; never changes.' }),
      nameRu: t.exposeString('nameRu'),
      nameEn: t.exposeString('nameEn'),
      type: t.expose('type', { type: AttributeTypeEnum, description: 'Never changes.' }),
      choices: t.field({ type: [AttributeChoiceType], resolve: ({ choices }) => choices }),
      personal: t.exposeBoolean('personal', {
        description: 'Tells who somebody is: absent for those who may not see contacts.',
      }),
      enrichment: t.expose('enrichment', { type: EnrichmentRuleType }),
      version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
      updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
      archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
    }),
  });

builder.queryField('attributeDefinitions', (t) =>
  t.field({
    type: [AttributeDefinitionType],
    description: 'In the order they were made.',
    args: {
      archived: t.arg.boolean({ required: true, defaultValue: false, description: 'Archived ones too.' }),
    },
    authScopes: { can: 'node.read' },
    resolve: (_root, { archived }, ctx) => attributeDefinitions(ctx, { archived }),
  }),
);

const AttributeSaved = builder
  .objectRef<{ __typename: 'AttributeSaved'; id: string }>('AttributeSaved')
  .implement({
    fields: (t) => ({
      attribute: t.field({
        type: AttributeDefinitionType,
        resolve: async ({ id }, _args, ctx) => {
          const known = await attributeDefinitions(ctx, { archived: true });
          const found = known.find((one) => one.id === id);
          if (found === undefined) throw invalid('id', 'UNKNOWN', 'there is no such attribute');
          return found;
        },
      }),
    }),
  });
const saved = (id: string) => ({ __typename: 'AttributeSaved' as const, id });

const AttributeChoiceInput = builder.inputType('AttributeChoiceInput', {
  fields: (t) => ({
    code: t.string({ required: true }),
    nameRu: t.string({ required: true }),
    nameEn: t.string({ required: true }),
  }),
});

const DefineAttributeInput = builder.inputType('DefineAttributeInput', {
  fields: (t) => ({
    code: t.string({ required: true, description: '1 to 50 Latin letters, digits and _, a letter first.' }),
    nameRu: t.string({ required: true, description: 'At most 100 characters.' }),
    nameEn: t.string({ required: true, description: 'At most 100 characters.' }),
    type: t.field({ type: AttributeTypeEnum, required: true }),
    choices: t.field({ type: [AttributeChoiceInput], required: true, defaultValue: [] }),
    personal: t.boolean({ required: true, defaultValue: false }),
    enrichment: t.field({ type: EnrichmentRuleInput, required: true }),
  }),
});

builder.mutationField('defineAttribute', (t) =>
  t.field({
    type: builder.errorUnion('DefineAttributeResult', { types: [AttributeSaved, InvalidInput] }),
    args: { input: t.arg({ type: DefineAttributeInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(await defineAttribute(ctx, { ...input, enrichment: ruleOf(input.enrichment) })),
  }),
);

const EditAttributeInput = builder.inputType('EditAttributeInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    nameRu: t.string({ required: true }),
    nameEn: t.string({ required: true }),
    choices: t.field({
      type: [AttributeChoiceInput],
      required: true,
      description: 'Whole; profiles keep the values of one that is taken away.',
    }),
    personal: t.boolean({ required: true }),
    enrichment: t.field({ type: EnrichmentRuleInput, required: true }),
  }),
});

builder.mutationField('editAttribute', (t) =>
  t.field({
    type: builder.errorUnion('EditAttributeResult', {
      types: [AttributeSaved, VersionConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: EditAttributeInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'AttributeDefinition', 'id');
      await editAttribute(ctx, { ...input, id, enrichment: ruleOf(input.enrichment) });
      return saved(id);
    },
  }),
);

builder.mutationField('archiveAttribute', (t) =>
  t.field({
    type: builder.errorUnion('ArchiveAttributeResult', {
      types: [AttributeSaved, VersionConflict, InvalidInput],
    }),
    description: 'Values profiles have stay; new ones are refused as UNKNOWN.',
    args: { input: t.arg({ type: ArchiveInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'AttributeDefinition', 'id');
      await archiveAttribute(ctx, { ...input, id });
      return saved(id);
    },
  }),
);

const StandardFieldEnum = builder.enumType('ProfileField', { values: STANDARD_FIELDS });

interface FieldRule {
  field: StandardField;
  rule: EnrichmentRule;
}

const FieldRuleType = builder.objectRef<FieldRule>('FieldEnrichment').implement({
  fields: (t) => ({
    field: t.expose('field', { type: StandardFieldEnum }),
    rule: t.field({ type: EnrichmentRuleType, resolve: ({ rule }) => rule }),
  }),
});

interface Rules {
  version: number;
  rules: FieldRule[];
}

const ProfileEnrichment = builder.objectRef<Rules>('ProfileEnrichment').implement({
  description: 'Which source is believed of what every profile has.',
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    rules: t.field({ type: [FieldRuleType], resolve: ({ rules }) => rules }),
  }),
});

builder.queryField('profileEnrichment', (t) =>
  t.field({
    type: ProfileEnrichment,
    authScopes: { can: 'settings.read' },
    resolve: (_root, _args, ctx) => standardRules(ctx),
  }),
);

const EnrichmentSaved = builder.objectRef<{ __typename: 'EnrichmentSaved' }>('EnrichmentSaved').implement({
  fields: (t) => ({
    enrichment: t.field({ type: ProfileEnrichment, resolve: (_saved, _args, ctx) => standardRules(ctx) }),
  }),
});

const FieldRuleInput = builder.inputType('FieldEnrichmentInput', {
  fields: (t) => ({
    field: t.field({ type: StandardFieldEnum, required: true }),
    rule: t.field({ type: EnrichmentRuleInput, required: true }),
  }),
});

const SetProfileEnrichmentInput = builder.inputType('SetProfileEnrichmentInput', {
  description: 'Fields that are not named follow NEWEST.',
  fields: (t) => ({
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    rules: t.field({ type: [FieldRuleInput], required: true }),
  }),
});

builder.mutationField('setProfileEnrichment', (t) =>
  t.field({
    type: builder.errorUnion('SetProfileEnrichmentResult', {
      types: [EnrichmentSaved, VersionConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: SetProfileEnrichmentInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const rules = input.rules.map(({ field, rule }) => ({ field, rule: ruleOf(rule) }));
      await setStandardRules(ctx, { version: input.version, rules });
      return { __typename: 'EnrichmentSaved' as const };
    },
  }),
);
