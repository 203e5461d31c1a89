import { conditionProblems, LEAF_CODES, type LeafCode } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { BEGINNING_NAMES, BEGINNINGS, foundBeginnings, type BeginningWords } from './beginnings.ts';
import type { Choices } from '../choices.ts';

const one = [{ value: 'one', title: 'One' }];
const ID = '01890000-0000-7000-8000-000000000000';
const choices: Choices = {
  stores: one,
  pools: one,
  programs: one,
  tiers: one,
  topics: one,
  attributes: [{ value: 'size', title: 'Size', type: 'NUMBER', choices: [] }],
  events: [{ value: 'view', title: 'View', properties: [] }],
  segments: [{ value: ID, title: 'One' }],
  snapshots: [{ value: ID, title: 'One' }],
  models: [{ value: ID, title: 'One' }],
  currencies: ['RUB'],
  zone: 'Europe/Moscow',
};

/** What only a person can say. */
const TO_FILL: Partial<Record<string, string[]>> = { interest: ['goods'], tag: ['tags'] };

test.each(BEGINNING_NAMES)('%s begins with a question that can be asked at once', (name) => {
  const problems = conditionProblems(BEGINNINGS[name].leaf(choices));
  expect(problems.map(({ path }) => path.join('.'))).toEqual(TO_FILL[name] ?? []);
});

test('every kind of question has a beginning', () => {
  const begun = new Set<LeafCode>(BEGINNING_NAMES.map((name) => BEGINNINGS[name].leaf(choices).leaf));
  expect(LEAF_CODES.filter((code) => !begun.has(code))).toEqual([]);
});

const words = (name: BeginningWords['name'], title: string, also = ''): BeginningWords => ({
  name,
  group: 'PURCHASES',
  title,
  hint: '',
  also,
});

test('what is named by the words comes before what is only described by them', () => {
  const all = [
    words('spent', 'Потратил', 'сумма покупок'),
    words('bought', 'Покупал'),
    words('tag', 'Метка'),
  ];
  expect(foundBeginnings(all, 'покуп').map(({ name }) => name)).toEqual(['bought', 'spent']);
  expect(foundBeginnings(all, '').map(({ name }) => name)).toEqual(['spent', 'bought', 'tag']);
  expect(foundBeginnings(all, 'сумма покуп').map(({ name }) => name)).toEqual(['spent']);
});
