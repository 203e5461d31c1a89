import { presetSettings } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';
import { expect, test } from 'vitest';
import { rulesText } from './rules-text.ts';

const live = { currency: 'RUB', mode: 'LIVE', liveAt: null } as const;

test('the preset in Russian', () => {
  expect(rulesText(presetSettings, { ...live, language: 'ru' })).toBe(
    [
      '3 балла за каждые полные 100 ₽.',
      'Баллы начисляются на то, что оплачено деньгами.',
      'Баллы станут активными через 14 дней после покупки.',
      'Баллы не сгорают.',
      'Баллами можно оплатить до 50 % товаров, которые разрешено оплачивать баллами.',
      '1 балл = 1 ₽.',
      'Цена одной вещи из-за баллов не станет ниже 1 ₽.',
      'Списание — только с кодом из сообщения.',
      'При возврате потраченные на товар баллы возвращаются, начисленные за него — снимаются.',
    ].join('\n'),
  );
});

const rich: ProgramSettings = {
  ...presetSettings,
  earningRules: [
    { code: 'p', type: 'PERCENT', rateBp: 350 },
    { code: 'v', type: 'PER_VISIT', points: 20, atLeast: { GBP: 5_000 } },
  ],
  multipliers: [{ code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } }],
  actions: [
    {
      code: 'w',
      name: 'Welcome',
      on: 'ENROLMENT',
      points: 200,
      once: 'SHOPPER',
      freezeDays: 0,
      ttlDays: null,
    },
    {
      code: 'q',
      name: 'Quiz',
      on: 'EVENT',
      event: 'site.quiz.done',
      points: 10,
      once: 'NO',
      freezeDays: 0,
      ttlDays: 30,
    },
  ],
  tiers: {
    basis: 'SPEND',
    window: 'LAST_12_MONTHS',
    keepDays: null,
    levels: [
      { code: 'gold', name: 'Gold', from: { GBP: 50_000 }, fromPoints: 0, redemption: { capBp: 7_000 } },
    ],
  },
  earningExclusions: { categories: ['Gift cards'] },
  freezeDays: 0,
  ttlDays: 365,
  pointValueMinor: { GBP: 5 },
  redemption: {
    ...presetSettings.redemption,
    capBp: 2_500,
    minRedeem: 1,
    perReceiptMax: 500,
    minUnitPriceMinor: { GBP: 0 },
    exclusions: { brands: ['Nord'] },
    code: { need: 'ABOVE', above: { GBP: 2_000 }, neverAtStoreIds: ['a', 'b'] },
  },
};

test('everything a program can have, a soft launch, in English and pounds', () => {
  const liveAt = new Date('2026-11-30T22:00:00Z');
  expect(rulesText(rich, { language: 'en', currency: 'GBP', mode: 'EARN_ONLY', liveAt })).toBe(
    [
      '3.5% of the amount comes back in points.',
      '20 points for a purchase of £50 or more.',
      'Points ×1.5 for tier “Gold”.',
      'Points are not earned on: category “Gift cards”.',
      'Points are earned on what is paid in money.',
      'Welcome: 200 points for joining the program, once. Spendable at once, never expire.',
      'Quiz: 10 points for the event “Quiz”. Spendable at once, expire 30 days after that.',
      'Points can be spent at once.',
      'Active points live 365 days.',
      'Points may pay up to 25% of the goods that may be paid with points.',
      '1 point pays £0.05.',
      'At one time not less than 1 point and not more than 500 points.',
      'A piece may be paid with points alone.',
      'Points never pay for: brand “Nord”.',
      'A code from a message is needed when points pay more than £20.',
      'Tiers go by spending net of returns in the last 12 months. A tier once reached is kept for ever.',
      '“Gold” — from £500; up to 70% with points.',
      'When goods are returned, points spent on them come back and points earned on them are taken back.',
      'For now points are only collected; they can be spent from 1 December 2026.',
    ].join('\n'),
  );
});

test('nothing is said of a currency the rules do not know', () => {
  const text = rulesText(rich, { ...live, language: 'ru', mode: 'OFF' });
  expect(text).toContain('В этой валюте баллы не принимаются.');
  expect(text).toContain('Программа выключена.');
  expect(text).not.toContain('за покупку от');
});
