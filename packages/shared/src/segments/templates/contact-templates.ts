import type { SegmentTemplate } from './template.ts';

/** By what is known of people and what they allowed. */
export const CONTACT_TEMPLATES: readonly SegmentTemplate[] = [
  {
    code: 'email-missing',
    name: { ru: 'Нет e-mail', en: 'E-mail missing' },
    description: {
      ru: 'Участники программы, чей e-mail неизвестен: спросите на кассе.',
      en: 'Members of the program whose e-mail is not known: ask them at the till.',
    },
    condition: {
      group: 'ALL',
      of: [
        { leaf: 'MEMBER_SINCE', moments: { kind: 'ALWAYS' } },
        { group: 'NONE', of: [{ leaf: 'IDENTITY', kind: 'EMAIL' }] },
      ],
    },
    blanks: [],
  },
  {
    code: 'phone-without-consent',
    name: { ru: 'Есть телефон, нет согласия на SMS', en: 'A phone, but no consent to SMS' },
    description: {
      ru: 'Телефон известен, но рекламу по SMS слать нельзя.',
      en: 'The phone is known, but advertising by SMS is not allowed.',
    },
    condition: {
      group: 'ALL',
      of: [
        { leaf: 'IDENTITY', kind: 'PHONE' },
        {
          group: 'NONE',
          of: [{ leaf: 'CONSENT', purpose: 'ADVERTISING', channel: 'SMS', state: 'GRANTED' }],
        },
      ],
    },
    blanks: [],
  },
];
