import { builder } from '../../platform/graphql/builder.ts';
import { ContactChannelType, GenderType } from '../profiles.types.ts';

/** Types of the list that several operations take. */

export const CustomerFilterInput = builder.inputType('CustomerFilter', {
  description: 'Every condition given holds. Moments: from inclusive, to exclusive.',
  fields: (t) => ({
    search: t.string({
      description:
        'A phone in any spelling or its last four digits, an e-mail, a card, a partner’s number, beginnings of names.',
    }),
    tag: t.string(),
    storeCode: t.string(),
    hasPhone: t.boolean(),
    hasEmail: t.boolean(),
    consentChannel: t.field({
      type: ContactChannelType,
      description: 'Agreed to advertising by this channel.',
    }),
    doNotDisturb: t.boolean(),
    gender: t.field({ type: GenderType }),
    birthMonth: t.int({ description: '1–12' }),
    createdFrom: t.field({ type: 'DateTime' }),
    createdTo: t.field({ type: 'DateTime' }),
    lastOrderFrom: t.field({ type: 'DateTime' }),
    lastOrderTo: t.field({ type: 'DateTime' }),
    segmentId: t.id({ description: 'Those in it.' }),
    notSegmentId: t.id({ description: 'Those not in it: with segmentId, in one but not in the other.' }),
    segmentIds: t.idList({ description: 'Those in every one of them; 20 at most.' }),
    notSegmentIds: t.idList({ description: 'Those in none of them; 20 at most.' }),
  }),
});

export const CustomerSortType = builder.enumType('CustomerSort', {
  values: ['NEWEST', 'OLDEST', 'NAME'] as const,
});

export const FileLanguageType = builder.enumType('FileLanguage', { values: ['RU', 'EN'] as const });
