import { expect, test } from 'vitest';
import {
  fittingColumns,
  guessedColumns,
  mappingOf,
  missingFields,
  withPreset,
  wrongColumns,
  type Choices,
} from './mapping.ts';

const columns = guessedColumns([
  { column: 'Телефон', field: 'phone', confidence: 90, samples: [] },
  { column: 'Город', field: 'attribute:city', confidence: 90, samples: [] },
  { column: 'Прочее', field: null, confidence: 0, samples: [] },
]);
const choices: Choices = {
  kind: 'PROFILES',
  source: 'crm',
  encoding: 'auto',
  delimiter: ';',
  columns,
  skipBadValues: true,
  rest: { options: { country: 'RU' } },
};

test('columns nobody chose are left out, names and what a preset knows besides stay', () => {
  expect(mappingOf(choices, 'crm')).toEqual({
    name: 'crm',
    kind: 'PROFILES',
    file: { encoding: 'auto', delimiter: ';' },
    options: { country: 'RU', skipBadValues: true },
    columns: [
      { column: 'Телефон', field: 'phone' },
      { column: 'Город', field: 'attribute:city' },
    ],
  });
});

test('a preset is laid over the columns the file has', () => {
  const preset = {
    columns: [
      { column: 'Прочее', field: 'email' },
      { column: 'Нет такого', field: 'card' },
    ],
  };
  expect(withPreset(columns, preset).map(({ field }) => field)).toEqual(['', '', 'email']);
  expect(fittingColumns(columns, preset)).toBe(1);
  expect(fittingColumns(columns, { columns: { shopper: 'Телефон' } })).toBe(1);
});

test('what is missing and what is wrong is told before anything is sent', () => {
  expect(missingFields(choices)).toEqual([]);
  expect(missingFields({ kind: 'BALANCES', columns })).toEqual([['points']]);
  const rules = [
    { field: 'phone', many: true, named: false },
    { field: 'gender', many: false, named: false },
    { field: 'attribute', many: true, named: true },
  ];
  const wrong = wrongColumns(
    {
      columns: [
        { column: 'a', field: 'phone', name: '' },
        { column: 'b', field: 'phone', name: '' },
        { column: 'c', field: 'attribute', name: ' ' },
        { column: 'd', field: 'gender', name: '' },
        { column: 'e', field: 'gender', name: '' },
      ],
    },
    rules,
  );
  expect([...wrong]).toEqual([
    ['c', 'NAME'],
    ['e', 'TWICE'],
  ]);
});
