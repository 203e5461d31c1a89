import type { ImportProblem, ImportProblemCode } from './import-problem.ts';

type Language = 'ru' | 'en';

const WORDS: Record<ImportProblemCode, Record<Language, string>> = {
  COLUMNS: {
    ru: 'в строке не столько столбцов, сколько в заголовке',
    en: 'has not as many columns as the header',
  },
  REQUIRED: { ru: 'пусто, а должно быть заполнено', en: 'is empty but needed' },
  NO_IDENTITY: {
    ru: 'не указано, чья это строка: нужен телефон, почта, карта или код клиента',
    en: 'says nobody: a phone, e-mail, card or customer id is needed',
  },
  PHONE: { ru: 'не похоже на телефон', en: 'is no phone number' },
  EMAIL: { ru: 'не похоже на адрес почты', en: 'is no e-mail address' },
  CARD: { ru: 'не похоже на номер карты', en: 'is no card number' },
  EXTERNAL_ID: { ru: 'не похоже на код', en: 'is no id' },
  TEXT: { ru: 'слишком длинный текст или непечатные знаки', en: 'is too long or holds unprintable signs' },
  DATE: { ru: 'не похоже на дату', en: 'is no date' },
  DATE_RANGE: { ru: 'такой даты быть не может', en: 'is a date that cannot be' },
  DATE_TIME: { ru: 'не похоже на дату со временем', en: 'is no date with time' },
  NUMBER: { ru: 'не похоже на число', en: 'is no number' },
  GENDER: { ru: 'не похоже на пол', en: 'is no gender' },
  YES_NO: { ru: 'не похоже на «да» или «нет»', en: 'is neither yes nor no' },
  MONEY: { ru: 'не похоже на сумму', en: 'is no sum of money' },
  POINTS: { ru: 'баллы — целое число больше нуля', en: 'points are a whole number above zero' },
  TOO_MANY: { ru: 'слишком много значений', en: 'has too many values' },
  RANGE: { ru: 'вне допустимых пределов', en: 'is out of range' },
  UNKNOWN: { ru: 'такого нет', en: 'is unknown' },
  UNKNOWN_PROFILE: { ru: 'такого покупателя нет', en: 'names no known shopper' },
  NO_CONSENT_TEXT: { ru: 'нет действующего текста такого согласия', en: 'there is no such consent text now' },
  OTHER_PERSON: { ru: 'принадлежит другому покупателю', en: 'belongs to another person' },
  OTHER_PRODUCT: { ru: 'принадлежит другому товару', en: 'belongs to another product' },
  ERASED: {
    ru: 'данные этого человека удалены по его просьбе и не загружаются снова',
    en: 'this person was erased at their request and is not imported again',
  },
  CONFLICT: { ru: 'уже загружено с другим содержанием', en: 'is stored already with another content' },
  BLOCKED: { ru: 'счёт заблокирован', en: 'the account is blocked' },
  JSON: { ru: 'не похоже на JSON', en: 'is no JSON object' },
  STORES_DIFFER: {
    ru: 'в строках одного заказа разные магазины',
    en: 'lines of one order name different stores',
  },
  SHOPPERS_DIFFER: {
    ru: 'в строках одного заказа разные покупатели',
    en: 'lines of one order name different shoppers',
  },
  OTHER: { ru: 'не принято', en: 'was not taken' },
};

/** `«Телефон»: не похоже на телефон (89)`; one sentence a person can act on. */
export function problemInWords(problem: ImportProblem, language: Language): string {
  const { column, code, value, detail } = problem;
  const words = WORDS[code][language];
  const more = code === 'OTHER' || code === 'COLUMNS' || code === 'CONFLICT' ? detail : null;
  const shown = value === '' ? '' : ` (${value})`;
  const where = column === null ? '' : language === 'ru' ? `«${column}»: ` : `"${column}": `;
  return `${where}${words}${more === null ? '' : `: ${more}`}${shown}`;
}
