import { formatMoney } from '@clientele/shared/money';
import type { ProgramSettings } from '@clientele/shared/receipt';
import type { ProgramMode } from './programs.ts';

export type Language = 'ru' | 'en';

export interface RulesOccasion {
  language: Language;
  /** ISO 4217: rules speak of this money; rules of other currencies are left out. */
  currency: string;
  mode: ProgramMode;
  liveAt: Date | null;
}

/** The rules of a program as sentences for shoppers and cashiers, one a line. */
export function rulesText(settings: ProgramSettings, occasion: RulesOccasion): string {
  const say = occasion.language === 'ru' ? russian : english;
  const { currency } = occasion;
  const money = (minor: number) => shownMoney(minor, currency, occasion.language);
  const { redemption } = settings;
  const pointValue = settings.pointValueMinor[currency];
  const minimumPrice = redemption.minUnitPriceMinor[currency] ?? 0;
  const sentences = [
    ...settings.earningRules.map((rule) => {
      if (rule.type === 'PERCENT') return say.percent(percent(rule.rateBp, occasion.language));
      if (rule.type !== 'AMOUNT_STEP') return null;
      const step = rule.steps[currency];
      return step && say.step(money(step.stepMinor), step.points);
    }),
    settings.multipliers.length > 0 ? say.multiplied : null,
    say.activation(settings.freezeDays),
    say.life(settings.ttlDays),
    pointValue === undefined
      ? say.noCurrency
      : say.redemption(percent(redemption.capBp, occasion.language), money(pointValue)),
    redemption.minRedeem > 0 ? say.minRedeem(redemption.minRedeem) : null,
    redemption.perReceiptMax === null ? null : say.perReceipt(redemption.perReceiptMax),
    minimumPrice > 0 ? say.minimumPrice(money(minimumPrice)) : null,
    say.returns,
    occasion.mode === 'EARN_ONLY' ? say.notLive(occasion.liveAt, settings.timezone) : null,
    occasion.mode === 'OFF' ? say.off : null,
  ];
  return sentences.filter((sentence) => sentence !== null && sentence !== undefined).join('\n');
}

interface Sentences {
  step(step: string, points: number): string;
  percent(rate: string): string;
  multiplied: string;
  activation(days: number): string;
  life(days: number | null): string;
  redemption(share: string, value: string): string;
  noCurrency: string;
  minRedeem(points: number): string;
  perReceipt(points: number): string;
  minimumPrice(price: string): string;
  returns: string;
  notLive(from: Date | null, zone: string): string;
  off: string;
}

const english: Sentences = {
  step: (step, points) => `${counted(points, 'point', 'points')} for each full ${step} paid in money.`,
  percent: (rate) => `${rate} of what is paid in money comes back in points.`,
  multiplied: 'Some goods, days and tiers earn more.',
  activation: (days) =>
    days === 0
      ? 'Points can be spent at once.'
      : `Points become active ${counted(days, 'day', 'days')} after the purchase.`,
  life: (days) =>
    days === null ? 'Points never expire.' : `Active points live ${counted(days, 'day', 'days')}.`,
  redemption: (share, value) => `Up to ${share} of a purchase can be paid in points; 1 point pays ${value}.`,
  noCurrency: 'Points are not accepted in this currency.',
  minRedeem: (points) => `Not less than ${counted(points, 'point', 'points')} at a time.`,
  perReceipt: (points) => `Not more than ${counted(points, 'point', 'points')} on one receipt.`,
  minimumPrice: (price) => `Points never bring the price of a piece below ${price}.`,
  returns:
    'When goods are returned, points spent on them come back and points earned on them are taken back.',
  notLive: (from, zone) =>
    from === null
      ? 'For now points are only collected.'
      : `For now points are only collected; they can be spent from ${day(from, zone, 'en-GB')}.`,
  off: 'The program is switched off.',
};

const russian: Sentences = {
  step: (step, points) => `${russianPoints(points)} за каждые полные ${step}, оплаченные деньгами.`,
  percent: (rate) => `${rate} от оплаченного деньгами возвращается баллами.`,
  multiplied: 'За некоторые товары, дни и уровни баллов больше.',
  activation: (days) =>
    days === 0
      ? 'Баллы можно тратить сразу.'
      : `Баллы станут активными через ${russianCounted(days, 'день', 'дня', 'дней')} после покупки.`,
  life: (days) =>
    days === null
      ? 'Баллы не сгорают.'
      : `Активные баллы действуют ${russianCounted(days, 'день', 'дня', 'дней')}.`,
  redemption: (share, value) => `Баллами можно оплатить до ${share} покупки; 1 балл = ${value}.`,
  noCurrency: 'В этой валюте баллы не принимаются.',
  minRedeem: (points) =>
    `За один раз списывается не меньше ${russianCounted(points, 'балла', 'баллов', 'баллов')}.`,
  perReceipt: (points) => `На один чек — не больше ${russianCounted(points, 'балла', 'баллов', 'баллов')}.`,
  minimumPrice: (price) => `Цена одной вещи из-за баллов не станет ниже ${price}.`,
  returns: 'При возврате потраченные на товар баллы возвращаются, начисленные за него — снимаются.',
  notLive: (from, zone) =>
    from === null
      ? 'Пока баллы только копятся.'
      : `Пока баллы только копятся; тратить их можно с ${day(from, zone, 'ru-RU')}.`,
  off: 'Программа выключена.',
};

function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function russianPoints(points: number): string {
  return russianCounted(points, 'балл', 'балла', 'баллов');
}

const russianPlural = new Intl.PluralRules('ru');

function russianCounted(number: number, one: string, few: string, many: string): string {
  const form = russianPlural.select(number);
  return `${number} ${form === 'one' ? one : form === 'few' ? few : many}`;
}

function percent(basisPoints: number, language: Language): string {
  const text = `${Math.floor(basisPoints / 100)}${basisPoints % 100 === 0 ? '' : `.${String(basisPoints % 100).padStart(2, '0')}`}`;
  return language === 'ru' ? `${text.replace('.', ',')} %` : `${text}%`;
}

/** Whole amounts without their zero kopecks. */
function shownMoney(minor: number, currency: string, language: Language): string {
  const amount = formatMoney(minor, currency).replace(/\.0+$/, '');
  return `${language === 'ru' ? amount.replace('.', ',') : amount} ${SIGNS[currency] ?? currency}`;
}

const SIGNS: Readonly<Record<string, string>> = { RUB: '₽', KZT: '₸', GBP: '£', EUR: '€', USD: '$' };

function day(instant: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(instant);
}
