import { said } from '../../sentences/language.ts';
import type { SegmentSpeech } from './speech.ts';

type Words = readonly [ru: string, en: string];

/** What options of choices are called in lists and forms, by the kind of choice. */
const OPTIONS = {
  gender: {
    FEMALE: ['женский', 'female'],
    MALE: ['мужской', 'male'],
    OTHER: ['другой', 'other'],
    UNKNOWN: ['не указан', 'not known'],
  },
  contactChannel: {
    EMAIL: ['e-mail', 'e-mail'],
    SMS: ['SMS', 'SMS'],
    VIBER: ['Viber', 'Viber'],
    PUSH: ['push', 'push'],
    CALL: ['звонок', 'call'],
  },
  lifecycle: {
    PROSPECT: ['без покупок', 'prospect'],
    NEWCOMER: ['новичок', 'newcomer'],
    ONE_TIME: ['разовый', 'one-time'],
    ACTIVE: ['активный', 'active'],
    LOYAL: ['постоянный', 'loyal'],
    COOLING: ['остывает', 'cooling'],
    SLEEPING: ['спит', 'sleeping'],
    LOST: ['потерян', 'lost'],
  },
  field: {
    NAME: ['имя', 'name'],
    BIRTH_DATE: ['дата рождения', 'birth date'],
    GENDER: ['пол', 'gender'],
    PREFERRED_STORE: ['любимый магазин', 'preferred store'],
    PREFERRED_CHANNEL: ['предпочитаемый канал', 'preferred channel'],
  },
  purpose: {
    ADVERTISING: ['реклама', 'advertising'],
    PROCESSING: ['обработка данных', 'data processing'],
  },
  consent: {
    GRANTED: ['согласие есть', 'granted'],
    REFUSED: ['отказ', 'refused'],
    UNASKED: ['не спрашивали', 'not asked'],
  },
  identity: {
    PHONE: ['телефон', 'phone'],
    EMAIL: ['e-mail', 'e-mail'],
    CARD: ['карта', 'card'],
    EXTERNAL: ['внешний номер', 'external id'],
    DEVICE: ['устройство', 'device'],
  },
  anniversary: {
    BIRTHDAY: ['день рождения', 'birthday'],
    MEMBERSHIP: ['годовщина вступления', 'anniversary of joining'],
    FIRST_PURCHASE: ['годовщина первой покупки', 'anniversary of the first purchase'],
  },
  purchaseMeasure: {
    COUNT: ['число покупок', 'number of purchases'],
    SUM: ['сумма покупок', 'sum of purchases'],
    AVERAGE: ['средняя покупка', 'average purchase'],
    LEAST: ['самая дешёвая покупка', 'cheapest purchase'],
    GREATEST: ['самая дорогая покупка', 'dearest purchase'],
    PIECES: ['число штук', 'number of pieces'],
    DISTINCT_PRODUCTS: ['число разных товаров', 'number of different goods'],
    DISTINCT_CATEGORIES: ['число разных категорий', 'number of different categories'],
    DISTINCT_STORES: ['число разных магазинов', 'number of different stores'],
    DISTINCT_DAYS: ['число разных дней', 'number of different days'],
  },
  eventMeasure: {
    COUNT: ['число событий', 'number of events'],
    SUM: ['сумма свойства', 'sum of a property'],
    GREATEST: ['наибольшее значение свойства', 'greatest value of a property'],
    DISTINCT_VALUES: ['число разных значений свойства', 'number of different values of a property'],
    DISTINCT_DAYS: ['число разных дней', 'number of different days'],
  },
  which: { FIRST: ['первая', 'first'], LAST: ['последняя', 'last'] },
  points: {
    ACTIVE: ['активные', 'active'],
    PENDING: ['ещё не активные', 'pending'],
    EXPIRING: ['скоро сгорят', 'expiring'],
    DEBT: ['долг', 'debt'],
  },
  codeState: {
    OPEN: ['действует', 'open'],
    USED: ['использован', 'used'],
    EXPIRED: ['истёк', 'expired'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Words>>>>;

export type OptionKind = keyof typeof OPTIONS;

/** The name of an option, the option itself where it has none. */
export function optionWords(
  speech: Pick<SegmentSpeech, 'language'>,
  kind: OptionKind,
  option: string,
): string {
  const words: Readonly<Record<string, Words>> = OPTIONS[kind];
  const known = Object.hasOwn(words, option) ? words[option] : undefined;
  return known === undefined ? option : said(speech, known[0], known[1]);
}
