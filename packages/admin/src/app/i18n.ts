import { createI18n } from 'vue-i18n';
import { keepLanguage, startingLanguage, type Language } from './language.ts';
import { vuetify } from './vuetify.ts';
import { mergeWords, type Words } from './words.ts';

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

export type LateWords = Readonly<Record<Language, () => Promise<{ words: Words }>>>;
const late = new Set<LateWords>();

/** Words of a large room, brought with its pages instead of the first one; from then on in every language shown. */
export async function addWords(loaders: LateWords): Promise<void> {
  if (late.has(loaders)) return;
  late.add(loaders);
  await bring(i18n.global.locale.value === 'en' ? 'en' : 'ru');
}

async function bring(language: Language): Promise<void> {
  const parts = await Promise.all([LOADERS[language](), ...[...late].map((loaders) => loaders[language]())]);
  i18n.global.setLocaleMessage(language, mergeWords(parts.map(({ words }) => words)));
}

/** Shows the language at once where its words are here already. */
export async function showLanguage(language: Language): Promise<void> {
  await bring(language);
  i18n.global.locale.value = language;
  vuetify.locale.current.value = language;
  document.documentElement.lang = language;
  keepLanguage(language);
}
