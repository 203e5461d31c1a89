import { expect, test } from 'vitest';
import { countries, currencies, timeZones } from './choices.ts';

test('zones are those known, and one in use stays though nobody knows it', () => {
  expect(timeZones('')).toContain('Europe/Moscow');
  expect(timeZones('Mars/Olympus')[0]).toBe('Mars/Olympus');
});

test('currencies say code and name', () => {
  expect(currencies('en').find(({ value }) => value === 'KZT')?.title).toBe('KZT · Kazakhstani Tenge');
});

test('countries are countries, by name in the language shown', () => {
  const russian = countries('ru');
  expect(russian.find(({ value }) => value === 'RU')?.title).toBe('Россия');
  expect(russian.map(({ value }) => value)).not.toContain('EU');
  expect(russian.length).toBeGreaterThan(235);
  expect(russian.length).toBeLessThan(255);
});
