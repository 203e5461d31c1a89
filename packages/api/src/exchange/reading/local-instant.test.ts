import { expect, it } from 'vitest';
import { instantReader } from './local-instant.ts';

const read = instantReader('Europe/London');

it.each([
  ['2010-12-01 08:45:00', '2010-12-01T08:45:00.000Z'],
  ['2011-07-26 10:13', '2011-07-26T09:13:00.000Z'],
  ['2011-07-26T10:13:05.500', '2011-07-26T09:13:05.000Z'],
  ['2011-10-30 01:30:00', '2011-10-30T00:30:00.000Z'],
  ['2011-07-26T10:13:00+05:00', '2011-07-26T05:13:00.000Z'],
  ['2024-02-29 23:59:59', '2024-02-29T23:59:59.000Z'],
  ['2023-02-29 10:00:00', null],
  ['2011-13-01 10:00:00', null],
  ['2011-12-01 24:00:00', null],
  ['01.12.2010 08:45', null],
  ['2023-02-29T10:00:00Z', null],
  ['', null],
])('reads %j', (text, iso) => {
  const instant = read(text);
  expect(instant === null ? null : new Date(instant).toISOString()).toBe(iso);
});
