import type { AttributeTest, LeafOf } from '@clientele/shared/segments';
import { TAGS } from '../people/write-people.ts';
import {
  agrees,
  all,
  bought,
  category,
  any,
  before,
  last,
  men,
  none,
  tag,
  undisturbed,
  women,
  type ChainSegment,
} from './leaf-words.ts';

const attribute = (code: string, test: AttributeTest): LeafOf<'ATTRIBUTE'> => ({
  leaf: 'ATTRIBUTE',
  attribute: code,
  test,
});
const age = (least: number, most?: number): LeafOf<'AGE'> => ({
  leaf: 'AGE',
  years: most === undefined ? { least } : { least, most },
});
const anniversary = (
  of: LeafOf<'ANNIVERSARY'>['of'],
  daysBefore: number,
  daysAfter: number,
): LeafOf<'ANNIVERSARY'> => ({ leaf: 'ANNIVERSARY', of, daysBefore, daysAfter });
const identity = (kind: LeafOf<'IDENTITY'>['kind'], verified?: boolean): LeafOf<'IDENTITY'> => ({
  leaf: 'IDENTITY',
  kind,
  ...(verified === undefined ? {} : { verified }),
});

const AGES: readonly [number, number | undefined][] = [
  [14, 24],
  [25, 34],
  [35, 44],
  [45, 54],
  [55, undefined],
];
const CITIES = ['Москва', 'Санкт-Петербург', 'Екатеринбург', 'Новосибирск', 'Казань', 'Самара'];
const STYLES = ['CLASSIC', 'CASUAL', 'STREET'];
/** What is asked in the form, and the goods that follow from it. */
const INTERESTS: readonly [string, string][] = [
  ['SPORT', 'Спорт'],
  ['HOME', 'Дом'],
  ['CHILDREN', 'Детям'],
  ['BEAUTY', 'Косметика'],
];
const CHANNELS = [
  ['EMAIL', 'EMAIL', 'письмом'],
  ['SMS', 'PHONE', 'по SMS'],
  ['VIBER', 'PHONE', 'в Viber'],
  ['PUSH', 'PHONE', 'уведомлением'],
  ['CALL', 'PHONE', 'звонком'],
] as const;

/** Who they are. */
export function personSegments(): ChainSegment[] {
  return [
    ...AGES.flatMap(([least, most]) =>
      (
        [
          ['женщины', women],
          ['мужчины', men],
        ] as const
      ).map(([who, gender]) => ({
        key: `age-${least}-${who}`,
        name: `${who === 'женщины' ? 'Женщины' : 'Мужчины'} ${most === undefined ? `от ${least}` : `${least}–${most}`} лет`,
        condition: all(gender, age(least, most)),
      })),
    ),
    ...CITIES.map((city) => ({
      key: `city-${city}`,
      name: `Живут: ${city}`,
      condition: attribute('city', { among: [city] }),
    })),
    ...STYLES.map((style) => ({
      key: `style-${style}`,
      name: `Стиль ${style.toLowerCase()}`,
      condition: attribute('style', { among: [style] }),
    })),
    ...INTERESTS.map(([interest, group]) => ({
      key: `interest-${interest}`,
      name: `По анкете интересно, а за год не купили: ${group.toLowerCase()}`,
      condition: all(
        attribute('interests', { among: [interest] }),
        none(bought({ least: 1 }, last(365), category(group))),
      ),
    })),
    { key: 'parents', name: 'Есть дети', condition: attribute('has_children', { is: true }) },
    {
      key: 'small-feet',
      name: 'Обувь до 37 размера',
      condition: attribute('shoe_size', { range: { most: 37 } }),
    },
    {
      key: 'large-feet',
      name: 'Обувь от 44 размера',
      condition: attribute('shoe_size', { range: { least: 44 } }),
    },
    ...Object.keys(TAGS)
      .slice(0, 6)
      .map((name) => ({
        key: `tag-${name}`,
        name: `Метка «${name}»`,
        condition: tag(name),
      })),
    {
      key: 'known-month',
      name: 'Узнали за последние 30 дней',
      condition: { leaf: 'KNOWN_SINCE', moments: last(30) },
    },
    {
      key: 'known-long',
      name: 'С нами больше двух лет',
      condition: { leaf: 'MEMBER_SINCE', moments: before(730) },
    },
    {
      key: 'no-birthday',
      name: 'Нет дня рождения',
      condition: none({ leaf: 'FIELD_KNOWN', field: 'BIRTH_DATE' }),
    },
    {
      key: 'no-name',
      name: 'Не знаем пола или имени',
      condition: any({ leaf: 'GENDER', among: ['UNKNOWN'] }, none({ leaf: 'FIELD_KNOWN', field: 'NAME' })),
    },
  ];
}

/** How they may be reached, and on which days. */
export function reachSegments(): ChainSegment[] {
  return [
    ...CHANNELS.map(([channel, kind, how]) => ({
      key: `reach-${channel}`,
      name: `Можно написать ${how}`.replace('написать звонком', 'позвонить'),
      condition: all(agrees(channel), identity(kind), undisturbed),
    })),
    ...CHANNELS.slice(0, 3).map(([channel, , how]) => ({
      key: `refused-${channel}`,
      name: `Отказались получать ${how}`,
      condition: agrees(channel, 'REFUSED'),
    })),
    {
      key: 'unasked',
      name: 'О рассылках не спрашивали',
      condition: all(agrees('EMAIL', 'UNASKED'), agrees('SMS', 'UNASKED'), undisturbed),
    },
    {
      key: 'unverified',
      name: 'Телефон не подтверждён',
      condition: all(identity('PHONE'), none(identity('PHONE', true))),
    },
    { key: 'email-verified', name: 'Почта подтверждена', condition: identity('EMAIL', true) },
    {
      key: 'prefers-messenger',
      name: 'Предпочитают Viber',
      condition: { leaf: 'PREFERRED_CHANNEL', channels: ['VIBER'] },
    },
    ...[0, 7, 14, 30].map((days) => ({
      key: `birthday-${days}`,
      name: days === 0 ? 'День рождения сегодня' : `День рождения через ${days} дней и раньше`,
      condition: anniversary('BIRTHDAY', days, 0),
    })),
    {
      key: 'birthday-past',
      name: 'День рождения был на этой неделе',
      condition: anniversary('BIRTHDAY', 0, 7),
    },
    {
      key: 'birthday-women',
      name: 'Женщины, день рождения на неделе, можно написать',
      condition: all(women, anniversary('BIRTHDAY', 7, 0), agrees('EMAIL')),
    },
    { key: 'member-day', name: 'Годовщина участия', condition: anniversary('MEMBERSHIP', 0, 6) },
    { key: 'first-day', name: 'Годовщина первой покупки', condition: anniversary('FIRST_PURCHASE', 0, 6) },
  ];
}
