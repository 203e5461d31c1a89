import { expect, test } from 'vitest';
import { ru } from '../i18n/ru.ts';
import { en } from '../i18n/en.ts';
import { nextStep } from '../till-flow/index.ts';
import {
  aBasket,
  aKnownShopper,
  aPayment,
  aTill,
  aVerifiedShopper,
  quoteWithPoints,
} from '../till-flow/testing/play.ts';
import type { Play } from '../till-flow/testing/play.ts';
import { isIdle, primaryLabel } from './primary-label.ts';

const label = (play: Play, words = ru): string =>
  primaryLabel(play.state, nextStep(play.state), words, 'RUB').replaceAll('\u00a0', ' ');

test('the button says the next step of each stage', () => {
  expect(label(aTill())).toBe('Введите телефон');
  expect(label(aTill().type('phone', '9'))).toBe('Найти');
  expect(label(aBasket())).toBe('Провести · 1 290,00 ₽');
  expect(label(aBasket(), en)).toBe('Record · 1,290.00 ₽');
  expect(label(aKnownShopper().key('F7'))).toBe('Отправляем код…');
  const spending = aVerifiedShopper().event({ type: 'spendSet', points: 350 });
  expect(label(spending.answer('preview', quoteWithPoints(350)))).toBe('Списать 350 · к оплате 940,00 ₽');
  expect(label(aPayment())).toBe('Оплата прошла — провести');
});

test('an early Enter is told while the shopper is looked for', () => {
  expect(label(aBasket().type('phone', '9161234567').enter().enter())).toBe('Найдём и проведём…');
});

const idle = (play: Play): boolean => isIdle(play.state, nextStep(play.state));

test('where something is missing the button only says what', () => {
  expect([idle(aTill()), idle(aBasket()), idle(aKnownShopper().key('F7'))]).toEqual([true, false, true]);
});
