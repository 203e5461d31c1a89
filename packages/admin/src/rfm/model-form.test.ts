import { expect, test } from 'vitest';
import { inputOf, newModel, valuesOf, windowAs } from './model-form.ts';

test('a model of fifths is sent without thresholds, one of thresholds with money as text', () => {
  const model = newModel('RUB');
  expect(inputOf({ ...model, name: ' Год ' })).toEqual({
    name: 'Год',
    window: { kind: 'ROLLING', days: 365 },
    method: 'QUINTILES',
    currency: 'RUB',
  });
  expect(inputOf({ ...model, method: 'THRESHOLDS', frequency: [2, undefined, 5, 9] }).thresholds).toEqual({
    recency: [30, 90, 180, 365],
    frequency: [2, 0, 5, 9],
    monetary: ['3000.00', '10000.00', '30000.00', '100000.00'],
  });
});

test('what was saved comes back as it was', () => {
  const thresholds = {
    recency: [1, 2, 3, 4],
    frequency: [2, 3, 4, 5],
    monetary: ['1.00', '2.50', '3.00', '4.00'],
  };
  const saved = {
    name: 'М',
    window: { kind: 'ALWAYS' },
    method: 'THRESHOLDS',
    currency: 'RUB',
    thresholds,
  } as const;
  const values = valuesOf(saved as unknown as Parameters<typeof valuesOf>[0]);
  expect(values.monetary).toEqual([100, 250, 300, 400]);
  expect(inputOf(values)).toEqual({ ...saved, thresholds });
});

test('another kind of window begins anew, the same stays', () => {
  const year = { kind: 'ROLLING', days: 90 } as const;
  expect(windowAs('ROLLING', year)).toBe(year);
  expect(windowAs('ALWAYS', year)).toEqual({ kind: 'ALWAYS' });
  expect(windowAs('ROLLING', { kind: 'ALWAYS' })).toEqual({ kind: 'ROLLING', days: 365 });
});
