import { expect, test } from 'vitest';
import { byMonth, measureRates, monthsBefore, owed, type FlowMonth } from './liability.ts';

const NOTHING = { activated: 0, captured: 0, restored: 0, expired: 0, matured: 0, clawed: 0 };

function month(name: string, facts: Partial<FlowMonth> = {}): FlowMonth {
  return { month: name, ...NOTHING, ...facts };
}

test('E18: 1 200 000 active, 40 000 held, 100 000 pending at q 0.8, URR 0.72, are 950 400 ₽ of 1 320 000 ₽', () => {
  const points = { active: 1_200_000, held: 40_000, pending: 100_000 };
  expect(owed(points, 100, { pendingBp: 8_000, redemptionBp: 7_200 })).toEqual({
    net: 95_040_000,
    gross: 132_000_000,
  });
});

test('E18: 200 000 activated, 90 000 captured, 2 000 restored are a redemption of 44.0 %', () => {
  const old = month('2026-01', { activated: 200_000, captured: 90_000, restored: 2_000 });
  expect(measureRates([old], '2026-11')).toMatchObject({ redemptionBp: 4_400, redemptionIsCautious: false });
});

test('a young program owes all it gave, one without returns keeps all that is frozen', () => {
  const young = month('2026-06', { activated: 1_000, captured: 10 });
  expect(measureRates([young], '2026-11')).toEqual({
    from: '2025-12',
    to: '2026-11',
    pendingBp: 10_000,
    pendingIsCautious: true,
    redemptionBp: 10_000,
    redemptionIsCautious: true,
  });
});

test('what lies before the year is not counted; more restored than captured is nothing spent', () => {
  const flow = [
    month('2025-11', { activated: 1_000, captured: 1_000 }),
    month('2025-12', { activated: 300, restored: 5, matured: 900, clawed: 100 }),
  ];
  expect(measureRates(flow, '2026-11')).toMatchObject({ pendingBp: 9_000, redemptionBp: 0 });
});

test('money of billions of points stays exact, and a half goes up', () => {
  const points = { active: 2_000_000_001, held: 0, pending: 1 };
  expect(owed(points, 500, { pendingBp: 5_000, redemptionBp: 3_333 })).toEqual({
    net: 333_300_000_250,
    gross: 1_000_000_000_750,
  });
});

test('months go back over the turn of the year', () => {
  expect([monthsBefore('2026-03', 3), monthsBefore('2026-01', 13), monthsBefore('2026-12', 0)]).toEqual([
    '2025-12',
    '2024-12',
    '2026-12',
  ]);
});

test('points by the month of their end, those without an end last', () => {
  const part = { activates: null, active: 5, pending: 0, held: 1 };
  const parts = [
    { ...part, expires: null },
    { ...part, expires: '2027-01', activates: '2026-12', pending: 7 },
    { ...part, expires: '2027-01' },
  ];
  expect(byMonth(parts, 'expires')).toEqual([
    { month: '2027-01', active: 10, pending: 7, held: 2 },
    { month: null, active: 5, pending: 0, held: 1 },
  ]);
});
