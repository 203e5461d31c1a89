import type { LeafOf } from '@clientele/shared/segments';
import {
  agrees,
  all,
  any,
  atLeast,
  bought,
  category,
  did,
  last,
  none,
  paid,
  points,
  tag,
  tier,
  type ChainSegment,
} from './leaf-words.ts';

/** Everything together: what campaigns are sent to. */
export function combinedSegments(named: (key: string) => LeafOf<'SEGMENT'>): ChainSegment[] {
  return [
    ...Array.from({ length: 5 }, (_, fifth) => ({
      key: `bucket-${fifth}`,
      name: `Случайная пятая часть № ${fifth + 1}`,
      condition: { leaf: 'BUCKET' as const, seed: 'autumn', from: fifth * 2_000, to: (fifth + 1) * 2_000 },
    })),
    {
      key: 'control',
      name: 'Контрольная группа: 5 %',
      condition: { leaf: 'BUCKET', seed: 'control', from: 0, to: 500 },
    },
    {
      key: 'champions-mail',
      name: 'Чемпионы, можно написать, без контрольной группы',
      condition: all(named('rfm-0'), named('reach-EMAIL'), none(named('control'))),
    },
    {
      key: 'sleeping-mail',
      name: 'Спящие, можно написать, без контрольной группы',
      condition: all(named('stage-SLEEPING'), named('reach-EMAIL'), none(named('control'))),
    },
    {
      key: 'sleeping-sms',
      name: 'Спящие с баллами: SMS',
      condition: all(named('stage-SLEEPING'), named('reach-SMS'), points('ACTIVE', { least: 300 })),
    },
    {
      key: 'cart-mail',
      name: 'Корзина за три дня, можно написать',
      condition: all(named('cart-3'), named('reach-EMAIL')),
    },
    {
      key: 'birthday-gold',
      name: 'Именинники золота и платины',
      condition: all(named('birthday-7'), any(named('tier-GOLD'), named('tier-PLATINUM'))),
    },
    {
      key: 'moscow-women',
      name: 'Москвички 25–44 с покупкой за полгода',
      condition: all(
        named('region-moscow'),
        any(named('age-25-женщины'), named('age-35-женщины')),
        bought({ least: 1 }, last(180)),
      ),
    },
    {
      key: 'parents-all',
      name: 'Родители: анкета, покупки или просмотры детского',
      condition: any(
        named('parents'),
        bought({ least: 2 }, last(365), category('Детям')),
        named('browse-Детям'),
      ),
    },
    {
      key: 'second-purchase',
      name: 'Ждём второй покупки: 30–90 дней после первой',
      condition: all(named('frequency-ever-0'), any(named('recency-3'), named('recency-4'))),
    },
    {
      key: 'expiring-mail',
      name: 'Сгорают баллы: письмо',
      condition: all(named('expiring-14'), named('reach-EMAIL')),
    },
    {
      key: 'vip',
      name: 'Особые: метка, платина или чемпион',
      condition: any(tag('vip'), named('tier-PLATINUM'), named('rfm-0')),
    },
    {
      key: 'not-vip-promo',
      name: 'Ждут скидок и не особые',
      condition: all(tag('ждёт скидок'), none(named('vip'))),
    },
    {
      key: 'engaged',
      name: 'Вовлечённые: три признака из пяти',
      condition: atLeast(
        3,
        did('VISIT', 2, last(30)),
        bought({ least: 1 }, last(60)),
        agrees('EMAIL'),
        points('ACTIVE', { least: 100 }),
        did('WISHLIST', 1, last(90)),
      ),
    },
    {
      key: 'risk',
      name: 'Теряем: два признака из трёх',
      condition: atLeast(
        2,
        named('interval-20000'),
        named('stage-COOLING'),
        paid('SUM', { most: 1_000 }, last(120)),
      ),
    },
    {
      key: 'winback',
      name: 'Вернуть: ценные, давно нет, код не получали',
      condition: all(
        named('rfm-7'),
        none({ leaf: 'PROMO_CODE', state: 'OPEN' }),
        any(agrees('EMAIL'), agrees('SMS')),
      ),
    },
    {
      key: 'gift',
      name: 'Дарят: два отдела для другого пола',
      condition: any(
        all({ leaf: 'GENDER', among: ['FEMALE'] }, bought({ least: 2 }, last(365), category('Мужчинам'))),
        all({ leaf: 'GENDER', among: ['MALE'] }, bought({ least: 2 }, last(365), category('Женщинам'))),
      ),
    },
    {
      key: 'cross-shoes',
      name: 'Одежда без обуви за год',
      condition: all(
        bought({ least: 2 }, last(365), category('Женщинам', 'Мужчинам')),
        none(bought({ least: 1 }, last(365), category('Обувь'))),
      ),
    },
    ...(['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const).map((unit) => ({
      key: `calendar-${unit}`,
      name: CALENDAR[unit],
      condition: bought({ least: 1 }, { kind: 'CALENDAR' as const, unit }),
    })),
    {
      key: 'last-month',
      name: 'Купили в прошлом месяце, но не в этом',
      condition: all(
        bought({ least: 1 }, { kind: 'CALENDAR', unit: 'MONTH', back: 1 }),
        none(bought({ least: 1 }, { kind: 'CALENDAR', unit: 'MONTH' })),
      ),
    },
    {
      key: 'last-year',
      name: 'Купили на Новый год 2026',
      condition: bought(
        { least: 1 },
        { kind: 'ABSOLUTE', from: '2025-12-15T00:00:00Z', to: '2026-01-08T00:00:00Z' },
      ),
    },
    {
      key: 'gold-shoes',
      name: 'Золото и любовь к обуви',
      condition: all(tier('GOLD', 'PLATINUM'), named('taste-Обувь')),
    },
  ];
}

const CALENDAR = {
  DAY: 'Купили сегодня',
  WEEK: 'Купили на этой неделе',
  MONTH: 'Купили в этом месяце',
  QUARTER: 'Купили в этом квартале',
  YEAR: 'Купили в этом году',
} as const;
