import type { Component } from 'vue';
import { addWords } from '../app/i18n.ts';

const WORDS = {
  ru: () => import('./words-of-models.ru.ts'),
  en: () => import('./words-of-models.en.ts'),
};

/** These pages bring their words with them: the first page of a day needs none of them. */
async function withWords(page: () => Promise<Component>): Promise<Component> {
  const [component] = await Promise.all([page(), addWords(WORDS)]);
  return component;
}

export const rfmPage = () => withWords(() => import('./pages/RfmPage.vue'));
export const rfmModelPage = () => withWords(() => import('./pages/RfmModelPage.vue'));
export const lifecyclePage = () => withWords(() => import('./pages/LifecyclePage.vue'));
