import { readKept, keep } from './kept.ts';

export const LANGUAGES = ['ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of a browser: Russian where it asks for it, else English. */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

/** The one chosen here before, else the browser's. */
export function startingLanguage(): Language {
  const chosen = readKept('language');
  return (
    LANGUAGES.find((language) => language === chosen) ?? languageOf(globalThis.navigator?.language ?? 'ru')
  );
}

export function keepLanguage(language: Language): void {
  keep('language', language);
}
