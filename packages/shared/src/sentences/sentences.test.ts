import { describe, expect, it } from 'vitest';
import { presetSettings } from '../receipt/program-settings.ts';
import type { ActionRule, EarningRule, ProgramSettings } from '../receipt/program-settings.ts';
import {
  actionSentence,
  codeSentence,
  earningSentence,
  levelSentence,
  limitSentence,
  money,
  multiplierSentence,
  percent,
  points,
  pointsAtLimit,
  programDifference,
  programSentences,
  weekdayWords,
  type Speech,
} from './index.ts';

const ru: Speech = { language: 'ru', currencies: ['RUB'] };
const en: Speech = { language: 'en', currencies: ['RUB'] };
const step: EarningRule = {
  code: 'p',
  type: 'AMOUNT_STEP',
  steps: { RUB: { stepMinor: 10_000, points: 3 } },
};

describe('numbers', () => {
  it.each([
    [1, '1 балл', '1 балла'],
    [2, '2 балла', '2 баллов'],
    [5, '5 баллов', '5 баллов'],
    [11, '11 баллов', '11 баллов'],
    [21, '21 балл', '21 балла'],
    [112, '112 баллов', '112 баллов'],
    [1000, '1 000 баллов', '1 000 баллов'],
  ])('%i', (number, plain, limited) => {
    expect([points(ru, number), pointsAtLimit(ru, number)]).toEqual([plain, limited]);
  });

  it('writes money and rates as people do', () => {
    expect([money(ru, 199_000, 'RUB'), money(ru, 1_995, 'RUB'), money(ru, 5, 'EUR')]).toEqual([
      '1 990 ₽',
      '19,95 ₽',
      '0,05 €',
    ]);
    expect([money(en, 199_000, 'RUB'), money(en, 1_995, 'GBP'), money(en, 500, 'JPY')]).toEqual([
      '₽1,990',
      '£19.95',
      'JPY 500',
    ]);
    expect([percent(ru, 5_000), percent(ru, 350), percent(en, 1_205)]).toEqual(['50 %', '3,5 %', '12.05%']);
  });
});

describe('earning rules', () => {
  it.each<[EarningRule, string, string]>([
    [step, '3 балла за каждые полные 100 ₽.', '3 points for each full ₽100.'],
    [
      { code: 'p', type: 'PERCENT', rateBp: 350, rounding: 'CEIL' },
      '3,5 % от суммы возвращается баллами. Округление вверх.',
      '3.5% of the amount comes back in points. Rounded up.',
    ],
    [
      {
        code: 'p',
        type: 'PER_ITEM',
        points: 10,
        match: { brands: ['Nord'], tags: ['лето'] },
        exclusive: true,
      },
      '10 баллов за каждую штуку товаров марки «Nord», с меткой «лето». Другие правила на эти товары уже не действуют.',
      '10 points for each piece of goods of brand “Nord”, tagged “лето”. Other rules leave these goods alone.',
    ],
    [
      { code: 'p', type: 'PER_VISIT', points: 50, atLeast: { RUB: 100_000 }, priority: 10 },
      '50 баллов за покупку от 1 000 ₽. Порядок: 10.',
      '50 points for a purchase of ₽1,000 or more. Order: 10.',
    ],
    [
      {
        ...step,
        match: {
          tiers: ['gold'],
          weekdays: [6, 7],
          hours: { from: '18:00', to: '22:00' },
          except: { skus: ['1', '2'] },
        },
      },
      '3 балла за каждые полные 100 ₽ для уровня «gold», по выходным, с 18:00 до 22:00, кроме: артикулы 1 или 2.',
      '3 points for each full ₽100 for tier “gold”, at weekends, from 18:00 to 22:00, except: articles 1 or 2.',
    ],
  ])('%o', (rule, russian, english) => {
    expect(earningSentence(ru, rule)).toBe(russian);
    expect(earningSentence(en, rule)).toBe(english);
  });

  it('says together what is alike in several currencies', () => {
    const steps = {
      RUB: { stepMinor: 10_000, points: 3 },
      KZT: { stepMinor: 50_000, points: 3 },
      GBP: { stepMinor: 100, points: 1 },
    };
    expect(earningSentence({ ...ru, currencies: ['RUB', 'KZT', 'GBP'] }, { ...step, steps })).toBe(
      '3 балла за каждые полные 100 ₽ или 500 ₸; 1 балл за каждые полные 1 £.',
    );
    expect(earningSentence({ ...ru, currencies: ['USD'] }, step)).toBeNull();
  });
});

it('multipliers, limits, weekdays', () => {
  expect(
    multiplierSentence(ru, {
      code: 'm',
      factorBp: 20_000,
      match: { categories: ['Обувь'], tiers: ['gold'] },
    }),
  ).toBe('Баллов ×2 на товары категории «Обувь», для уровня «gold».');
  expect(limitSentence(ru, { code: 'l', scope: 'PROGRAM', window: 'DAY', max: 500 }, String)).toBe(
    'Не больше 500 баллов в день на всю программу.',
  );
  expect(
    limitSentence(
      en,
      { code: 'l', scope: 'RULE', rule: 'p', window: 'ROLLING', days: 30, max: 1 },
      () => 'Purchases',
    ),
  ).toBe('Not more than 1 point in any 30 days to one shopper by the rule “Purchases”.');
  expect([weekdayWords(ru, [2, 5]), weekdayWords(ru, [5, 1, 2, 3, 4]), weekdayWords(en, [1])]).toEqual([
    'по вторникам и пятницам',
    'по будням',
    'on Mondays',
  ]);
});

it('actions', () => {
  const review: ActionRule = {
    code: 'review',
    name: 'Отзыв',
    on: 'REVIEW_APPROVED',
    points: 50,
    once: 'NO',
    freezeDays: 0,
    ttlDays: null,
    atMost: [
      { times: 1, window: { kind: 'DAY' } },
      { times: 3, window: { kind: 'MONTH' } },
    ],
  };
  expect(actionSentence(ru, review)).toBe(
    'Отзыв: 50 баллов за одобренный отзыв, не больше 1 раза в день и 3 раз в месяц. Доступны сразу, не сгорают.',
  );
  const birthday: ActionRule = {
    ...review,
    name: 'Birthday',
    on: 'BIRTHDAY',
    points: 500,
    once: 'NO',
    atMost: [],
    birthday: { daysBefore: 7, daysAfter: 7 },
  };
  expect(actionSentence(en, birthday)).toBe(
    'Birthday: 500 points for the birthday. Granted 7 days before it, spendable to the end of the day 7 days after it.',
  );
});

it('tiers and spending codes', () => {
  const level = {
    code: 'gold',
    name: 'Золото',
    from: { RUB: 5_000_000 },
    fromPoints: 0,
    redemption: { capBp: 7_000 },
  };
  expect(levelSentence(ru, level, 'SPEND')).toBe('«Золото» — от 50 000 ₽; баллами до 70 %.');
  expect(codeSentence(ru, { need: 'ABOVE', above: { RUB: 50_000 }, neverAtStoreIds: ['a'] })).toBe(
    'Код из сообщения нужен, если баллами платят больше 500 ₽. В 1 магазине код не нужен.',
  );
  expect(codeSentence(en, { need: 'NEVER', above: {}, neverAtStoreIds: [] })).toBe('Spending needs no code.');
});

describe('the whole program', () => {
  it('reads as sentences: the preset', () => {
    expect(programSentences(ru, presetSettings).map(({ text }) => text)).toEqual([
      '3 балла за каждые полные 100 ₽.',
      'Баллы начисляются на то, что оплачено деньгами.',
      'Чтобы копить, код из сообщения не нужен.',
      'Баллами можно оплатить до 50 % товаров, которые разрешено оплачивать баллами.',
      '1 балл = 1 ₽.',
      'Цена одной вещи из-за баллов не станет ниже 1 ₽.',
      'Списание — только с кодом из сообщения.',
      'В чеке баллы уменьшают цены товаров.',
      'Баллы станут активными через 14 дней после покупки.',
      'Баллы не сгорают.',
      'Уровней нет: правила для всех одни.',
      'Начисленное за возвращённое снимается с баланса; чего не хватит, станет долгом.',
      'Потраченные баллы возвращаются; у тех, чей срок вышел, есть ещё 14 дней.',
      'Промокод полностью возвращённого заказа снова действует.',
      'Пока чек не оплачен, баллы отложены: на кассе на 30 минут, в онлайн-заказе на 72 часа.',
      'Если за это время они сгорели, после отмены живут ещё 24 часа.',
      'Чек без карты можно привязать к покупателю в течение 14 дней, не больше 3 чеков в день.',
      'Баланс и предложения на кассе видны только после кода.',
    ]);
  });

  it('differs in sentences', () => {
    const after: ProgramSettings = {
      ...presetSettings,
      earningRules: [
        { code: 'purchase', type: 'AMOUNT_STEP', steps: { RUB: { stepMinor: 10_000, points: 5 } } },
      ],
      freezeDays: 0,
    };
    const { sentences, paths, reordered } = programDifference(ru, presetSettings, after);
    expect(sentences.map(({ before, after: now }) => [before, now])).toEqual([
      ['3 балла за каждые полные 100 ₽, 100 ₸ или 100 £.', '5 баллов за каждые полные 100 ₽.'],
      ['Баллы станут активными через 14 дней после покупки.', 'Баллы можно тратить сразу.'],
    ]);
    expect([paths, reordered]).toEqual([[], []]);
  });

  it.each<[string, (settings: ProgramSettings) => ProgramSettings]>([
    [
      'a sum in a currency of no store',
      (s) => ({ ...s, pointValueMinor: { ...s.pointValueMinor, KZT: 50 } }),
    ],
    ['the zone', (s) => ({ ...s, timezone: 'Asia/Almaty' })],
    ['a rule more', (s) => ({ ...s, earningRules: [...s.earningRules, { ...step, code: 'more' }] })],
    ['a mode of multiplying nobody hears of', (s) => ({ ...s, multiplierMode: 'PRODUCT' })],
    ['a threshold of another basis', (s) => ({ ...s, tiers: { ...s.tiers, window: 'ALL' } })],
  ])('is never silent about %s', (_what, change) => {
    const { sentences, paths } = programDifference(ru, presetSettings, change(presetSettings));
    expect(sentences.length + paths.length).toBeGreaterThan(0);
  });

  it('tells that rules stand in another order', () => {
    const two = { ...presetSettings, earningRules: [step, { ...step, code: 'q' }] };
    const turned = { ...two, earningRules: two.earningRules.toReversed() };
    expect(programDifference(ru, two, turned)).toEqual({
      sentences: [],
      reordered: ['earningRules'],
      paths: [],
    });
    expect(programDifference(ru, two, two)).toEqual({ sentences: [], reordered: [], paths: [] });
  });
});
