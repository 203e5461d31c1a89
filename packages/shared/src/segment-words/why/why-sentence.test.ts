import { describe, expect, it } from 'vitest';
import type { Condition, Leaf } from '../../segments/index.ts';
import { explainedNodes, whySentence } from '../index.ts';
import { en, id, names, ru } from '../testing-names.ts';

const now = Date.parse('2026-11-22T12:00:00+03:00');
const ALWAYS = { kind: 'ALWAYS' } as const;
const bought = { leaf: 'PURCHASES', measure: 'COUNT', moments: ALWAYS } as const;
const goods = { categories: ['shoes'] };
const interest = { leaf: 'INTEREST', goods, leastShare: 3_000, pieces: 1, halfLifeDays: 180 } as const;

function why(leaf: Leaf, value: unknown, flipsAt: string | null = null): [string, string] {
  const verdict = { holds: value === 'in', value, flipsAt };
  return [
    whySentence(verdict, leaf, { speech: ru, names, now }),
    whySentence(verdict, leaf, { speech: en, names, now }),
  ];
}

describe('what was found', () => {
  it.each<[Leaf, unknown, string, string]>([
    [{ ...bought, range: { least: 2 } }, 1, '1 покупка из нужных 2', '1 purchase of 2 needed'],
    [{ ...bought, range: { least: 2 } }, 22, '22 покупки', '22 purchases'],
    [{ ...bought, range: { most: 0 } }, 5, '5 покупок при пределе 0', '5 purchases, the limit is 0'],
    [
      { ...bought, measure: 'SUM', currency: 'RUB', range: { least: 1_000_000 } },
      250_050,
      '2 500,50 ₽ из нужных 10 000 ₽',
      '₽2,500.50 of ₽10,000 needed',
    ],
    [
      { ...bought, measure: 'AVERAGE', currency: 'RUB', range: { least: 1 } },
      null,
      'таких покупок нет',
      'no such purchases',
    ],
    [
      { ...bought, measure: 'DISTINCT_CATEGORIES', range: { least: 3 } },
      2,
      '2 категории из нужных 3',
      '2 categories of 3 needed',
    ],
    [
      { leaf: 'PURCHASE_DATE', which: 'LAST', moments: { kind: 'ROLLING', days: 30 } },
      '2026-10-12T10:00:00Z',
      'последняя 12 октября, 40 дней назад',
      'last 12 October, 40 days ago',
    ],
    [
      { leaf: 'PURCHASE_DATE', which: 'FIRST', moments: ALWAYS },
      '2024-11-22T07:00:00Z',
      'первая 22 ноября 2024 г., 730 дней назад',
      'first 22 November 2024, 730 days ago',
    ],
    [
      { leaf: 'PURCHASE_DATE', which: 'LAST', moments: ALWAYS },
      false,
      'таких покупок нет',
      'no such purchases',
    ],
    [
      { leaf: 'BOUGHT_WITHOUT', first: {}, without: {}, days: 14, moments: ALWAYS },
      '2026-11-21T12:00:00+03:00',
      'срок вышел 21 ноября, 1 день назад',
      'the time was over 21 November, 1 day ago',
    ],
    [
      { leaf: 'OWN_INTERVAL', times: 20_000 },
      '2027-01-04T11:20:00Z',
      'срок выйдет 4 января 2027 г. в 14:20',
      'the time is over on 4 January 2027 at 14:20',
    ],
    [
      { leaf: 'OWN_INTERVAL', times: 20_000 },
      false,
      'обычный перерыв ещё неизвестен',
      'the usual gap is not known yet',
    ],
    [interest, 1_250, '12,5 % покупок из нужных 30 %', '12.5% of purchases of 30% needed'],
    [
      { ...interest, pieces: 2 },
      4_000,
      '40 % покупок, но меньше 2 штук',
      '40% of purchases, but fewer than 2 pieces',
    ],
    [
      { leaf: 'RFM', model: id, recency: [5], frequency: [], monetary: [] },
      543,
      'давность 5, частота 4, сумма 3',
      'recency 5, frequency 4, monetary 3',
    ],
    [
      { leaf: 'RFM', model: id, recency: [5], frequency: [], monetary: [] },
      null,
      'покупок в окне модели нет',
      'no purchases in the window of the model',
    ],
    [{ leaf: 'LIFECYCLE', stages: ['LOYAL'] }, 'SLEEPING', 'спит', 'sleeping'],
    [
      { leaf: 'LIFECYCLE', stages: ['LOYAL'] },
      '2026-10-12T10:00:00Z',
      'последняя покупка 12 октября, 40 дней назад',
      'last purchase 12 October, 40 days ago',
    ],
    [{ leaf: 'LIFECYCLE', stages: ['LOYAL'] }, null, 'покупок нет', 'no purchases'],
    [{ leaf: 'GENDER', among: ['MALE'] }, 'FEMALE', 'женский', 'female'],
    [{ leaf: 'AGE', years: { least: 18 } }, 21, '21 год', '21 years'],
    [{ leaf: 'AGE', years: { least: 18 } }, null, 'дата рождения неизвестна', 'the birth date is not known'],
    [{ leaf: 'PREFERRED_STORE', stores: ['spb'] }, 'msk', '«Арбат»', '“Арбат”'],
    [
      { leaf: 'KNOWN_SINCE', moments: ALWAYS },
      '2026-11-22T08:30:00Z',
      '22 ноября, меньше часа назад',
      '22 November, less than an hour ago',
    ],
    [{ leaf: 'MEMBER_SINCE', moments: ALWAYS }, false, 'не участвует в программе', 'no member'],
    [{ leaf: 'DO_NOT_DISTURB' }, true, 'да', 'yes'],
    [{ leaf: 'ATTRIBUTE', attribute: 'city', test: { known: true } }, 'msk', '«Москва»', '“Москва”'],
    [{ leaf: 'ATTRIBUTE', attribute: 'size', test: { known: true } }, 41.5, '41,5', '41.5'],
    [{ leaf: 'ATTRIBUTE', attribute: 'size', test: { known: true } }, null, 'неизвестно', 'not known'],
    [
      { leaf: 'ATTRIBUTE', attribute: 'wedding', test: { known: true } },
      '2020-06-05',
      '5 июня 2020 г.',
      '5 June 2020',
    ],
    [{ leaf: 'TAG', tags: ['vip'] }, false, 'таких меток нет', 'no such tags'],
    [{ leaf: 'CONSENT', purpose: 'ADVERTISING', state: 'GRANTED' }, 'REFUSED', 'отказ', 'refused'],
    [{ leaf: 'IDENTITY', kind: 'PHONE' }, true, 'есть', 'there is one'],
    [
      { leaf: 'ANNIVERSARY', of: 'BIRTHDAY', daysBefore: 7, daysAfter: 0 },
      '1990-12-04',
      '4 декабря 1990 г.',
      '4 December 1990',
    ],
    [
      { leaf: 'EVENTS', event: 'VISIT', measure: 'COUNT', moments: ALWAYS, range: { least: 3 } },
      2,
      '2 раза из нужных 3',
      '2 times of 3 needed',
    ],
    [
      { leaf: 'EVENT_DATE', which: 'LAST', event: 'VISIT', moments: ALWAYS },
      null,
      'не было ни разу',
      'never happened',
    ],
    [
      { leaf: 'POINTS', which: 'ACTIVE', range: { least: 100 } },
      51,
      '51 балл из нужных 100',
      '51 points of 100 needed',
    ],
    [{ leaf: 'TIER', tiers: ['vip'] }, 'gold, base', '«Gold» и «base»', '“Gold” and “base”'],
    [
      { leaf: 'ATTRIBUTE', attribute: 'city', test: { known: true } },
      'msk, tver',
      '«msk, tver»',
      '“msk, tver”',
    ],
    [{ leaf: 'ATTRIBUTE', attribute: 'car', test: { is: false } }, true, 'да', 'yes'],
    [
      { leaf: 'ATTRIBUTE', attribute: 'city', test: { among: ['x'] } },
      false,
      'не подходит',
      'it does not fit',
    ],
    [{ leaf: 'PROMO_CODE', state: 'OPEN' }, 3, '3 промокода', '3 promo codes'],
    [{ leaf: 'PROMO_CODE', state: 'OPEN' }, false, 'нет', 'there is none'],
    [{ leaf: 'SEGMENT', segment: id }, 7, 'не входит', 'is not in it'],
    [{ leaf: 'SEGMENT', segment: id }, 'in', 'входит', 'is in it'],
    [{ leaf: 'SNAPSHOT', snapshot: id }, true, 'входит', 'is in it'],
    [{ leaf: 'BUCKET', seed: 'a', from: 0, to: 1 }, 1_234, '12,34 %', '12.34%'],
  ])('%j found %j', (leaf, value, russian, english) => expect(why(leaf, value)).toEqual([russian, english]));

  it('turns by itself', () =>
    expect(why({ ...bought, range: { least: 2 } }, 1, '2026-12-04T11:20:00Z')).toEqual([
      '1 покупка из нужных 2; изменится само 4 декабря в 14:20',
      '1 purchase of 2 needed; changes by itself on 4 December at 14:20',
    ]));
});

it('a whole condition is explained node by node', () => {
  const condition: Condition = {
    group: 'ALL',
    of: [
      { ...bought, range: { least: 2 } },
      { group: 'ANY', of: [{ leaf: 'TAG', tags: ['vip'] }, { leaf: 'DO_NOT_DISTURB' }] },
    ],
  };
  const verdict = (path: string, holds: boolean, value: unknown = null) => ({
    path: path === '' ? [] : path.split('.'),
    holds,
    value,
    flipsAt: null,
  });
  const verdicts = [
    verdict('', false),
    verdict('of.0', false, 1),
    verdict('of.1', true),
    verdict('of.1.of.0', true, 'vip'),
    verdict('of.1.of.1', false, false),
  ];
  const lines = explainedNodes(condition, verdicts, { speech: ru, names, now });
  expect(lines.map(({ depth, holds, sentence, why: found }) => [depth, holds, sentence, found])).toEqual([
    [0, false, 'все условия', 'выполнено 1 из 2 условий'],
    [1, false, 'Купили 2 раза и больше за всё время', '1 покупка из нужных 2'],
    [1, true, 'любое из условий', 'выполнено 1 из 2 условий'],
    [2, true, 'Метка «vip»', 'vip'],
    [2, false, 'Просили не беспокоить', 'нет'],
  ]);
});
