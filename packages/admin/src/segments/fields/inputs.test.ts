import { describe, expect, test } from 'vitest';
import { calendarOf, momentsAs, momentsKindOf, momentsWithDays } from './moments-input.ts';
import { rangeAs, rangeKindOf, rangeWith } from './range-input.ts';

describe('a range', () => {
  test('is read as it is said', () => {
    expect(rangeKindOf({ least: 2 })).toBe('LEAST');
    expect(rangeKindOf({ most: 2 })).toBe('MOST');
    expect(rangeKindOf({ least: 0, most: 0 })).toBe('EXACTLY');
    expect(rangeKindOf({ least: 1, most: 2 })).toBe('BETWEEN');
  });

  test('keeps its numbers when it is said another way', () => {
    expect(rangeAs('MOST', { least: 3 })).toEqual({ most: 3 });
    expect(rangeAs('LEAST', { most: 3 })).toEqual({ least: 3 });
    expect(rangeAs('EXACTLY', { least: 3, most: 9 })).toEqual({ least: 3, most: 3 });
    expect(rangeAs('BETWEEN', { least: 3 })).toEqual({ least: 3, most: 4 });
    expect(rangeAs('BETWEEN', { least: 3, most: 9 })).toEqual({ least: 3, most: 9 });
  });

  test('"exactly" writes both ends, an empty field none', () => {
    expect(rangeWith('EXACTLY', { least: 1, most: 1 }, 'least', 5)).toEqual({ least: 5, most: 5 });
    expect(rangeWith('BETWEEN', { least: 1, most: 4 }, 'most', undefined)).toEqual({ least: 1 });
  });
});

describe('moments', () => {
  test('are read as they are said', () => {
    expect(momentsKindOf({ kind: 'ROLLING', days: 30 })).toBe('LAST');
    expect(momentsKindOf({ kind: 'ROLLING', endedDays: 30 })).toBe('BEFORE');
    expect(momentsKindOf({ kind: 'ROLLING', days: 90, endedDays: 30 })).toBe('BETWEEN');
    expect(momentsKindOf({ kind: 'CALENDAR', unit: 'YEAR' })).toBe('CALENDAR');
    expect(momentsKindOf({ kind: 'ABSOLUTE', from: '2026-01-01T00:00:00Z' })).toBe('DATES');
  });

  test('keep their days when they are said another way', () => {
    expect(momentsAs('BEFORE', { kind: 'ROLLING', days: 90 })).toEqual({ kind: 'ROLLING', endedDays: 90 });
    expect(momentsAs('BETWEEN', { kind: 'ROLLING', days: 90 })).toEqual({
      kind: 'ROLLING',
      days: 90,
      endedDays: 45,
    });
    expect(momentsAs('BETWEEN', { kind: 'ROLLING', endedDays: 30 })).toEqual({
      kind: 'ROLLING',
      days: 60,
      endedDays: 30,
    });
    expect(momentsAs('LAST', { kind: 'ALWAYS' })).toEqual({ kind: 'ROLLING', days: 30 });
  });

  test('an empty field says nothing, and now is said without a number', () => {
    expect(momentsWithDays({ kind: 'ROLLING', days: 9 }, 'days', undefined)).toEqual({ kind: 'ROLLING' });
    expect(calendarOf('MONTH', 0)).toEqual({ kind: 'CALENDAR', unit: 'MONTH' });
    expect(calendarOf('WEEK', 2)).toEqual({ kind: 'CALENDAR', unit: 'WEEK', back: 2 });
  });
});
