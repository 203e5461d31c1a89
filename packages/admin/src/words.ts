export const words = {
  ru: {
    title: 'Управление',
    heading: 'Управление придёт со следующей версией',
    text: 'Здесь будут покупатели, сегменты, сценарии, рассылки, программа лояльности и отчёты. В этой версии работают касса и программный интерфейс.',
    till: 'Открыть кассу',
    api: 'Открыть API',
    start: 'На первую страницу',
    otherLanguage: 'English',
  },
  en: {
    title: 'Administration',
    heading: 'The administration arrives with the next release',
    text: 'Customers, segments, journeys, campaigns, the loyalty program and reports will live here. In this release the till and the API work.',
    till: 'Open the till',
    api: 'Open the API',
    start: 'Start page',
    otherLanguage: 'Русский',
  },
} as const;

export type Language = keyof typeof words;

/** The language of a browser: Russian where it asks for it, else English. */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}
