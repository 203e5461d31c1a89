import type { SegmentTemplate } from './template.ts';

/** By when people bought, joined or celebrate. */
export const ACTIVITY_TEMPLATES: readonly SegmentTemplate[] = [
  {
    code: 'active-within-year',
    name: { ru: 'Активные за год', en: 'Active within a year' },
    description: {
      ru: 'Покупали хотя бы раз за последние 365 дней.',
      en: 'Bought at least once in the last 365 days.',
    },
    condition: { leaf: 'PURCHASE_DATE', which: 'LAST', moments: { kind: 'ROLLING', days: 365 } },
    blanks: [],
  },
  {
    code: 'sleeping-half-year',
    name: { ru: 'Спящие полгода', en: 'Sleeping for 6 months' },
    description: {
      ru: 'Последняя покупка была от полугода до года назад: ещё можно вернуть.',
      en: 'The last purchase was 6 to 12 months ago: they can still be won back.',
    },
    condition: {
      leaf: 'PURCHASE_DATE',
      which: 'LAST',
      moments: { kind: 'ROLLING', days: 365, endedDays: 180 },
    },
    blanks: [],
  },
  {
    code: 'lapsed',
    name: { ru: 'Ушедшие', en: 'Lapsed' },
    description: {
      ru: 'Покупали, но не за последний год.',
      en: 'Have bought, but not within the last year.',
    },
    condition: { leaf: 'PURCHASE_DATE', which: 'LAST', moments: { kind: 'ROLLING', endedDays: 365 } },
    blanks: [],
  },
  {
    code: 'one-time-buyers',
    name: { ru: 'Купили один раз', en: 'One-time buyers' },
    description: {
      ru: 'Одна покупка за всё время: помогите сделать вторую.',
      en: 'One purchase ever: help them to the second.',
    },
    condition: {
      leaf: 'PURCHASES',
      measure: 'COUNT',
      moments: { kind: 'ALWAYS' },
      range: { least: 1, most: 1 },
    },
    blanks: [],
  },
  {
    code: 'new-this-month',
    name: { ru: 'Новые в этом месяце', en: 'New this month' },
    description: {
      ru: 'Появились в базе с начала календарного месяца.',
      en: 'Became known since the calendar month began.',
    },
    condition: { leaf: 'KNOWN_SINCE', moments: { kind: 'CALENDAR', unit: 'MONTH' } },
    blanks: [],
  },
  {
    code: 'birthday-week',
    name: { ru: 'День рождения на неделе', en: 'Birthday within a week' },
    description: {
      ru: 'День рождения сегодня или в ближайшие 7 дней.',
      en: 'Birthday today or within the next 7 days.',
    },
    condition: { leaf: 'ANNIVERSARY', of: 'BIRTHDAY', daysBefore: 7, daysAfter: 0 },
    blanks: [],
  },
];
