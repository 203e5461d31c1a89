import { expect, it } from 'vitest';
import type { Leaf } from '../../segments/index.ts';
import { conditionSentence } from '../index.ts';
import { en, ru, names } from '../testing-names.ts';

const ALWAYS = { kind: 'ALWAYS' } as const;
const LAST_90 = { kind: 'ROLLING', days: 90 } as const;

const SENTENCES: readonly (readonly [Leaf, ru: string, en: string])[] = [
  [
    { leaf: 'GENDER', among: ['FEMALE', 'UNKNOWN'] },
    'Пол: женский или не указан',
    'Gender: female or not known',
  ],
  [{ leaf: 'AGE', years: { least: 18 } }, 'Возраст: 18 лет и старше', 'Age: 18 or older'],
  [{ leaf: 'AGE', years: { most: 21 } }, 'Возраст: не старше 21 года', 'Age: 21 or younger'],
  [{ leaf: 'AGE', years: { least: 21, most: 31 } }, 'Возраст: от 21 до 31 года', 'Age: 21 to 31'],
  [{ leaf: 'AGE', years: { least: 33, most: 33 } }, 'Возраст: ровно 33 года', 'Age: exactly 33'],
  [{ leaf: 'FIELD_KNOWN', field: 'NAME' }, 'Указано имя', 'The name is known'],
  [{ leaf: 'FIELD_KNOWN', field: 'BIRTH_DATE' }, 'Указана дата рождения', 'The birth date is known'],
  [
    { leaf: 'FIELD_KNOWN', field: 'PREFERRED_STORE' },
    'Указан любимый магазин',
    'The preferred store is known',
  ],
  [
    { leaf: 'PREFERRED_STORE', stores: ['msk', 'spb'] },
    'Любимый магазин: «Арбат» или «spb»',
    'Preferred store: “Арбат” or “spb”',
  ],
  [
    { leaf: 'PREFERRED_CHANNEL', channels: ['SMS', 'CALL'] },
    'Предпочитаемый канал: SMS или звонок',
    'Preferred channel: SMS or call',
  ],
  [
    { leaf: 'KNOWN_SINCE', moments: { kind: 'CALENDAR', unit: 'MONTH' } },
    'Появились в базе в этом месяце',
    'Became known this month',
  ],
  [
    { leaf: 'KNOWN_SINCE', moments: { kind: 'ROLLING', endedDays: 365 } },
    'Появились в базе больше 365 дней назад',
    'Became known more than 365 days ago',
  ],
  [{ leaf: 'MEMBER_SINCE', moments: ALWAYS }, 'Участники программы', 'Members of the program'],
  [
    { leaf: 'MEMBER_SINCE', moments: { kind: 'ROLLING', days: 30 } },
    'Вступили в программу за последние 30 дней',
    'Joined the program in the last 30 days',
  ],
  [{ leaf: 'DO_NOT_DISTURB' }, 'Просили не беспокоить', 'Asked not to be disturbed'],
  [
    { leaf: 'ATTRIBUTE', attribute: 'city', test: { among: ['msk', 'Тверь'] } },
    '«Город» — «Москва» или «Тверь»',
    '“Город”: “Москва” or “Тверь”',
  ],
  [
    { leaf: 'ATTRIBUTE', attribute: 'city', test: { contains: 'мос' } },
    '«Город» содержит «мос»',
    '“Город” contains “мос”',
  ],
  [
    { leaf: 'ATTRIBUTE', attribute: 'city', test: { known: false } },
    'Неизвестно: «Город»',
    'Not known: “Город”',
  ],
  [
    { leaf: 'ATTRIBUTE', attribute: 'children', test: { range: { least: 1.5 } } },
    '«children» — 1,5 и больше',
    '“children”: 1.5 or more',
  ],
  [{ leaf: 'ATTRIBUTE', attribute: 'car', test: { is: true } }, '«car» — да', '“car”: yes'],
  [
    { leaf: 'ATTRIBUTE', attribute: 'wedding', test: { moments: LAST_90 } },
    '«wedding» — за последние 90 дней',
    '“wedding”: in the last 90 days',
  ],
  [{ leaf: 'TAG', tags: ['vip', 'gold'] }, 'Метка «vip» или «gold»', 'Tagged “vip” or “gold”'],
  [
    { leaf: 'CONSENT', purpose: 'ADVERTISING', channel: 'SMS', state: 'GRANTED' },
    'Есть согласие на рекламу по SMS',
    'Consent to advertising by SMS',
  ],
  [
    { leaf: 'CONSENT', purpose: 'ADVERTISING', channel: 'VIBER', topic: 'sale', state: 'REFUSED' },
    'Отказались от рекламы в Viber, тема «Скидки»',
    'Refused advertising in Viber, topic “Скидки”',
  ],
  [
    { leaf: 'CONSENT', purpose: 'PROCESSING', state: 'UNASKED' },
    'Не спрашивали о согласии на обработку данных',
    'Not asked about data processing',
  ],
  [{ leaf: 'IDENTITY', kind: 'PHONE' }, 'Есть телефон', 'Has a phone'],
  [
    { leaf: 'IDENTITY', kind: 'EMAIL', verified: true },
    'Есть подтверждённый e-mail',
    'Has a verified e-mail',
  ],
  [
    { leaf: 'IDENTITY', kind: 'CARD', verified: false },
    'Есть неподтверждённая карта',
    'Has an unverified card',
  ],
  [
    { leaf: 'ANNIVERSARY', of: 'BIRTHDAY', daysBefore: 7, daysAfter: 0 },
    'День рождения через 7 дней и раньше',
    'Birthday in 7 days or sooner',
  ],
  [
    { leaf: 'ANNIVERSARY', of: 'BIRTHDAY', daysBefore: 0, daysAfter: 0 },
    'День рождения сегодня',
    'Birthday today',
  ],
  [
    { leaf: 'ANNIVERSARY', of: 'MEMBERSHIP', daysBefore: 0, daysAfter: 1 },
    'Годовщина вступления в программу сегодня или не больше 1 дня назад',
    'Anniversary of joining the program today or at most 1 day ago',
  ],
  [
    { leaf: 'ANNIVERSARY', of: 'FIRST_PURCHASE', daysBefore: 21, daysAfter: 3 },
    'Годовщина первой покупки от 3 дней назад до 21 дня вперёд',
    'Anniversary of the first purchase from 3 days ago to 21 days ahead',
  ],
];

it.each(SENTENCES)('%j', (leaf, russian, english) => {
  expect(conditionSentence(leaf, names, ru)).toBe(russian);
  expect(conditionSentence(leaf, names, en)).toBe(english);
});
