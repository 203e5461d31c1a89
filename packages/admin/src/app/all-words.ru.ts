import { mergeWords, type Words } from './words.ts';

const areas = import.meta.glob<Words>('../*/words.ru.ts', { eager: true, import: 'default' });

export const words = mergeWords(Object.values(areas));
