import type { Component } from 'vue';
import { addWords } from '../app/i18n.ts';

const WORDS = {
  ru: () => import('./words/words-of-builder.ru.ts'),
  en: () => import('./words/words-of-builder.en.ts'),
};

/** The pages that speak of conditions bring their words with them: the first page of a day needs none of them. */
async function withWords(page: () => Promise<Component>): Promise<Component> {
  const [component] = await Promise.all([page(), addWords(WORDS)]);
  return component;
}

export const newSegmentPage = () => withWords(() => import('./pages/NewSegmentPage.vue'));
export const segmentPage = () => withWords(() => import('./pages/SegmentPage.vue'));
export const comparePage = () => withWords(() => import('./pages/ComparePage.vue'));
export const templatesPage = () => withWords(() => import('./pages/TemplatesPage.vue'));
