import { presetSettings } from '@clientele/shared/receipt';
import { expect, test } from 'vitest';
import { rulesText } from './rules-text.ts';

const live = { currency: 'RUB', mode: 'LIVE', liveAt: null } as const;

test('the preset in Russian', () => {
  expect(rulesText(presetSettings, { ...live, language: 'ru' })).toBe(
    [
      '3 балла за каждые полные 100 ₽, оплаченные деньгами.',
      'Баллы станут активными через 14 дней после покупки.',
      'Баллы не сгорают.',
      'Баллами можно оплатить до 50 % покупки; 1 балл = 1 ₽.',
      'Цена одной вещи из-за баллов не станет ниже 1 ₽.',
      'При возврате потраченные на товар баллы возвращаются, начисленные за него — снимаются.',
    ].join('\n'),
  );
});

test('other settings, a soft launch, in English and pounds', () => {
  const settings = {
    ...presetSettings,
    earningRules: [{ code: 'p', type: 'PERCENT', rateBp: 350 }] as const,
    multipliers: [{ code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } }],
    freezeDays: 0,
    ttlDays: 365,
    pointValueMinor: { GBP: 5 },
    redemption: {
      ...presetSettings.redemption,
      capBp: 2_500,
      minRedeem: 1,
      perReceiptMax: 500,
      minUnitPriceMinor: { GBP: 0 },
    },
  };
  const liveAt = new Date('2026-11-30T22:00:00Z');
  expect(rulesText(settings, { language: 'en', currency: 'GBP', mode: 'EARN_ONLY', liveAt })).toBe(
    [
      '3.50% of what is paid in money comes back in points.',
      'Some goods, days and tiers earn more.',
      'Points can be spent at once.',
      'Active points live 365 days.',
      'Up to 25% of a purchase can be paid in points; 1 point pays 0.05 £.',
      'Not less than 1 point at a time.',
      'Not more than 500 points on one receipt.',
      'When goods are returned, points spent on them come back and points earned on them are taken back.',
      'For now points are only collected; they can be spent from 1 December 2026.',
    ].join('\n'),
  );
  expect(rulesText(settings, { language: 'ru', currency: 'RUB', mode: 'LIVE', liveAt })).toContain(
    'В этой валюте баллы не принимаются.',
  );
});
