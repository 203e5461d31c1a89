import { SEGMENT_TEMPLATES, type SegmentTemplate } from '@clientele/shared/segments/templates';
import { expect, test } from 'vitest';
import type { Choices } from '../choices.ts';
import { foundTemplates, isToFill, usualOf } from './template-blanks.ts';

const choices = (over: Partial<Choices>): Choices => ({
  stores: [],
  pools: [],
  programs: [],
  tiers: [],
  topics: [],
  attributes: [],
  events: [],
  segments: [],
  snapshots: [],
  models: [],
  currencies: ['RUB'],
  zone: 'UTC',
  ...over,
});
const template = (code: string): SegmentTemplate | undefined =>
  SEGMENT_TEMPLATES.find((one) => one.code === code);

test('what there is one of is not asked', () => {
  const spenders = template('big-spenders') as SegmentTemplate;
  expect(isToFill(spenders, choices({}))).toBe(false);
  expect(isToFill(spenders, choices({ currencies: ['RUB', 'KZT'] }))).toBe(true);
  expect(usualOf({ path: ['currency'], asks: 'CURRENCY' }, choices({ currencies: ['KZT', 'RUB'] }))).toBe(
    'KZT',
  );
});

test('goods are always asked', () => {
  expect(isToFill(template('interested-in-category') as SegmentTemplate, choices({}))).toBe(true);
  expect(isToFill(template('birthday-week') as SegmentTemplate, choices({}))).toBe(false);
});

test('templates are found by what they are about', () => {
  const codes = (search: string, language: 'ru' | 'en'): string[] =>
    foundTemplates(SEGMENT_TEMPLATES, search, language).map(({ code }) => code);
  expect(codes('рождения', 'ru')).toEqual(['birthday-week']);
  expect(codes('e-mail missing', 'en')).toEqual(['email-missing']);
});
