import { createI18n } from 'vue-i18n';
import { keepLanguage, startingLanguage, type Language } from './language.ts';
import { vuetify } from './vuetify.ts';

/** Words of one language, one chunk, brought when it is shown. */
const LOADERS = {
  ru: () => import('./all-words.ru.ts'),
  en: () => import('./all-words.en.ts'),
};

export const i18n = createI18n({
  legacy: false,
  locale: startingLanguage(),
  fallbackLocale: [],
  messages: {},
  pluralRules: { ru: russianForm },
  missingWarn: false,
  fallbackWarn: false,
  warnHtmlMessage: false,
});

/** `один | два | пять` forms; with four, the first is for none. */
export function russianForm(n: number, forms: number): number {
  const first = forms > 3 ? 1 : 0;
  if (forms > 3 && n === 0) return 0;
  const [tens, ones] = [Math.abs(n) % 100, Math.abs(n) % 10];
  if (ones === 1 && tens !== 11) return first;
  return first + (ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2);
}

/** Shows the language at once where its words are here already. */
export async function showLanguage(language: Language): Promise<void> {
  const { words } = await LOADERS[language]();
  i18n.global.setLocaleMessage(language, words);
  i18n.global.locale.value = language;
  vuetify.locale.current.value = language;
  document.documentElement.lang = language;
  keepLanguage(language);
}
