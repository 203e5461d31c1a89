import type { Component } from 'vue';
import { addWords, type LateWords } from './i18n.ts';

/** A page that brings the words of its room with it. */
export async function pageWithWords(page: () => Promise<Component>, words: LateWords): Promise<Component> {
  const [component] = await Promise.all([page(), addWords(words)]);
  return component;
}
