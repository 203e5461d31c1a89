import { expect, test } from 'vitest';
import { splitName } from '../kinds/split-name.ts';
import { openSafeCell, safeCell } from '../error-file.ts';
import { UnusableMapping } from '../../exchange.errors.ts';
import { placeColumns } from './fields.ts';
import { guessKind, guessMapping } from './guess-mapping.ts';
import { valueReaders } from './read-values.ts';
import { parseTableMapping } from './table-mapping.ts';

const readers = (file: object = {}) =>
  valueReaders(
    parseTableMapping({ name: 't', kind: 'PROFILES', columns: [{ column: 'a', field: 'phone' }], file }),
  );

test.each([
  ['2026-03-05', '2026-03-05'],
  ['05.03.2026', '2026-03-05'],
  ['5/3/2026', '2026-03-05'],
  ['2026-03-05 10:00', '2026-03-05'],
  ['31.02.2026', null],
  ['5 марта', null],
])('%s is the day %s', (text, day) => {
  expect(readers().date(text)).toBe(day);
});

test('the order of day and month can be told', () => {
  expect(readers({ dates: 'MDY' }).date('3/5/2026')).toBe('2026-03-05');
  expect(readers({ dates: 'YMD' }).date('05.03.2026')).toBeNull();
});

test.each([
  ['1 200,50', '1200.5'],
  ['1,200.50', '1200.5'],
  ['1.200,5', '1200.5'],
  ['1200', '1200'],
  ['100 ₽', '100'],
  ['12 руб.', '12'],
  ['-3', '-3'],
  ['1,2,3', null],
  ['12e3', null],
  ['', null],
])('%j is the number %s', (text, number) => {
  expect(readers().decimal(text)).toBe(number);
});

test('words for gender, yes and no', () => {
  const { gender, yesNo } = readers();
  expect(['ж', 'Женский', 'F', 'female'].map(gender)).toEqual(Array(4).fill('FEMALE'));
  expect(['М', 'муж', 'male'].map(gender)).toEqual(Array(3).fill('MALE'));
  expect(gender('кот')).toBeNull();
  expect(['Да', 'yes', '1', 'нет', 'no', '0', '?'].map(yesNo)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    null,
  ]);
});

test.each([
  ['Петрова Анна Сергеевна', { familyName: 'Петрова', givenName: 'Анна', patronymic: 'Сергеевна' }],
  ['Анна Сергеевна Петрова', { familyName: 'Петрова', givenName: 'Анна', patronymic: 'Сергеевна' }],
  ['Петров Иван', { familyName: 'Петров', givenName: 'Иван' }],
  ['Иван Петров', { familyName: 'Петров', givenName: 'Иван' }],
  ['Мария Ивановна', { givenName: 'Мария', patronymic: 'Ивановна' }],
  ['Cher', { givenName: 'Cher' }],
])('%s is taken apart', (text, parts) => {
  expect(splitName(text)).toEqual(parts);
});

test('columns are guessed by their names in both languages, and by what stands in them', () => {
  const header = ['Код клиента', 'ФИО', 'Телефон', 'contact', 'Дата рождения', 'Пол', 'Город', 'x'];
  const sample = [['1', 'Анна', '8 912 345-67-89', 'a@b.ru', '05.03.1990', 'ж', 'Орёл', '?']];
  expect(
    guessMapping('PROFILES', header, sample).map(({ field, confidence }) => `${field} ${confidence}`),
  ).toEqual([
    'externalId 90',
    'fullName 90',
    'phone 90',
    'email 60',
    'birthDate 90',
    'gender 90',
    'attribute:city 90',
    'null 0',
  ]);
  expect(guessKind(header)).toBe('PROFILES');
  expect(guessKind(['Телефон', 'Баллы'])).toBe('BALANCES');
  expect(guessKind(['Артикул', 'Название', 'Цена'])).toBe('PRODUCTS');
  expect(guessKind(['event_time', 'event_type', 'product_id', 'user_id'])).toBe('EVENTS');
  expect(guessKind(['InvoiceNo', 'StockCode', 'Quantity', 'UnitPrice'])).toBe('ORDERS');
});

test.each([
  [[['a', 'phone']], ['b'], /no column "a"; its columns are "b"/],
  [[['a', 'shoe']], ['a'], /no field of profiles/],
  [[['a', 'attribute']], ['a'], /no field of profiles/],
  [
    [
      ['a', 'gender'],
      ['b', 'gender'],
      ['c', 'phone'],
    ],
    ['a', 'b', 'c'],
    /two columns are "gender"/,
  ],
  [[['a', 'gender']], ['a'], /no column is "externalId" or "phone" or "email" or "card"/],
])('a mapping that does not fit is refused: %j', (columns, header, message) => {
  const mapping = parseTableMapping({
    name: 't',
    kind: 'PROFILES',
    columns: columns.map(([column, field]) => ({ column, field })),
  });
  expect(() => placeColumns(mapping, header)).toThrow(UnusableMapping);
  expect(() => placeColumns(mapping, header)).toThrow(message);
});

test.each([
  '=HYPERLINK("http://x")',
  '@SUM(1)',
  '+7912',
  '-5',
  "'=1",
  "''=1",
  "'quoted'",
  'plain',
  '\tx',
  '',
])('the cell %j is safe in a spreadsheet and the same when it comes back', (text) => {
  expect(safeCell(text)).not.toMatch(/^[=+\-@\t\r]/);
  expect(openSafeCell(safeCell(text))).toBe(text);
});
