import { pageWithWords } from '../app/page-with-words.ts';

const WORDS = {
  ru: () => import('./words-of-offers.ru.ts'),
  en: () => import('./words-of-offers.en.ts'),
};

export const promotionsPage = () => pageWithWords(() => import('./pages/PromotionsPage.vue'), WORDS);
export const newPromotionPage = () => pageWithWords(() => import('./pages/NewPromotionPage.vue'), WORDS);
export const groupsPage = () => pageWithWords(() => import('./pages/GroupsPage.vue'), WORDS);
export const testReceiptPage = () => pageWithWords(() => import('./pages/TestReceiptPage.vue'), WORDS);
export const promotionPage = () => pageWithWords(() => import('./pages/PromotionPage.vue'), WORDS);
