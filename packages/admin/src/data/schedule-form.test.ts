import { expect, test } from 'vitest';
import type { Schedule } from './operations/schedules.ts';
import { inputOf, newSchedule, valuesOf } from './schedule-form.ts';

const night: Schedule = {
  id: 's',
  name: 'Ночь',
  source: '1c',
  kind: 'PRODUCTS',
  place: 'FOLDER',
  location: '1c',
  pattern: '*.xlsx',
  presetId: 'p',
  everyMinutes: null,
  cron: '0 3 * * *',
  windowFrom: null,
  windowTo: null,
  timeZone: 'Asia/Almaty',
  enabled: false,
  nextAt: null,
  lastLookAt: null,
  lastSuccessAt: null,
  failures: 0,
  failureCode: null,
  failureText: null,
  version: 3,
};

test('what is loaded and saved unchanged stays the same', () => {
  const of = { id: 's', version: 3 };
  expect(inputOf(valuesOf(night), of)).toEqual({
    ...of,
    name: 'Ночь',
    source: '1c',
    kind: 'PRODUCTS',
    place: 'FOLDER',
    location: '1c',
    pattern: '*.xlsx',
    presetId: 'p',
    everyMinutes: null,
    cron: '0 3 * * *',
    windowFrom: null,
    windowTo: null,
    timeZone: 'Asia/Almaty',
    enabled: false,
  });
});

test('of the two ways to say how often only the chosen one is sent, an address has no pattern', () => {
  const values = {
    ...newSchedule('Europe/Moscow'),
    place: 'URL' as const,
    cron: '0 3 * * *',
    hasWindow: true,
  };
  expect(inputOf(values, { id: null, version: null })).toMatchObject({
    pattern: null,
    everyMinutes: 60,
    cron: null,
    windowFrom: '22:00',
    windowTo: '06:00',
  });
});
