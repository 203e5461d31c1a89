import { expect, test } from 'vitest';
import { parseCron } from './cron.ts';
import { nextLook, type LookTimes } from './next-look.ts';

const ZONE = 'Europe/Moscow';
const at = (facts: Partial<LookTimes>): LookTimes => ({
  everyMinutes: null,
  cron: null,
  windowFrom: null,
  windowTo: null,
  timeZone: ZONE,
  failures: 0,
  ...facts,
});

test.for<[name: string, times: Partial<LookTimes>, now: string, next: string | null]>([
  ['every ten minutes', { everyMinutes: 10 }, '2026-11-22T12:00+03:00', '2026-11-22T12:10+03:00'],
  [
    'after a failure twice as late',
    { everyMinutes: 10, failures: 1 },
    '2026-11-22T12:00+03:00',
    '2026-11-22T12:20+03:00',
  ],
  [
    'after many six hours',
    { everyMinutes: 10, failures: 40 },
    '2026-11-22T12:00+03:00',
    '2026-11-22T18:00+03:00',
  ],
  [
    'a day stays a day',
    { everyMinutes: 1440, failures: 9 },
    '2026-11-22T12:00+03:00',
    '2026-11-23T12:00+03:00',
  ],
  [
    'within its window',
    { everyMinutes: 10, windowFrom: '09:00', windowTo: '18:00' },
    '2026-11-22T12:00+03:00',
    '2026-11-22T12:10+03:00',
  ],
  [
    'before its window',
    { everyMinutes: 10, windowFrom: '09:00', windowTo: '18:00' },
    '2026-11-22T03:00+03:00',
    '2026-11-22T09:00+03:00',
  ],
  [
    'at its end',
    { everyMinutes: 10, windowFrom: '09:00', windowTo: '18:00' },
    '2026-11-22T17:50+03:00',
    '2026-11-23T09:00+03:00',
  ],
  [
    'a window over midnight',
    { everyMinutes: 10, windowFrom: '22:00', windowTo: '06:00' },
    '2026-11-22T23:59+03:00',
    '2026-11-23T00:09+03:00',
  ],
  [
    'outside a window over midnight',
    { everyMinutes: 10, windowFrom: '22:00', windowTo: '06:00' },
    '2026-11-22T05:55+03:00',
    '2026-11-22T22:00+03:00',
  ],
  ['every night at three', { cron: '0 3 * * *' }, '2026-11-22T12:00+03:00', '2026-11-23T03:00+03:00'],
  [
    'on the wall of its zone',
    { cron: '0 3 * * *', timeZone: 'Asia/Almaty' },
    '2026-11-22T12:00+03:00',
    '2026-11-22T22:00Z',
  ],
  ['just now is not next', { cron: '0 3 * * *' }, '2026-11-22T03:00+03:00', '2026-11-23T03:00+03:00'],
  ['on working days', { cron: '30 8 * * 1-5' }, '2026-11-21T12:00+03:00', '2026-11-23T08:30+03:00'],
  ['Sunday is 0 and 7', { cron: '0 12 * * 0' }, '2026-11-23T12:00+03:00', '2026-11-29T12:00+03:00'],
  [
    'every quarter of an hour',
    { cron: '*/15 9-10 * * *' },
    '2026-11-22T10:46+03:00',
    '2026-11-23T09:00+03:00',
  ],
  ['either kind of day', { cron: '0 0 1 * 1' }, '2026-11-24T12:00+03:00', '2026-11-30T00:00+03:00'],
  ['a leap day', { cron: '0 0 29 2 *' }, '2026-11-22T12:00+03:00', '2028-02-29T00:00+03:00'],
  ['never', { cron: '0 0 30 2 *' }, '2026-11-22T12:00+03:00', null],
  [
    'a night in which clocks go forward',
    { cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
    '2026-03-28T12:00+01:00',
    '2026-03-29T03:30+02:00',
  ],
  [
    'the cron’s moment waits for the window',
    { cron: '0 3 * * *', windowFrom: '05:00', windowTo: '06:00' },
    '2026-11-22T12:00+03:00',
    '2026-11-23T05:00+03:00',
  ],
])('%s', ([, times, now, next]) => {
  expect(nextLook(at(times), new Date(now))).toEqual(next === null ? null : new Date(next));
});

test('what is no cron line is none', () => {
  for (const line of [
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '1,, * * * *',
    '@daily',
  ])
    expect([line, parseCron(line)]).toEqual([line, null]);
});
