import { expect, test } from 'vitest';
import { matching, otherLayout } from './palette.ts';

const entry = (title: string, note = ''): { key: string; title: string; note: string; to: string } => ({
  key: title,
  title,
  note,
  to: '/',
});
const pages = [
  entry('Приём данных', 'Данные'),
  entry('Покупатели'),
  entry('Новый покупатель'),
  entry('Учёт'),
];
const found = (typed: string): string[] => matching(pages, typed).map(({ title }) => title);

test('starts of titles before starts of words, any letter case, ё is е', () => {
  expect(found('пок')).toEqual(['Покупатели', 'Новый покупатель']);
  expect(found('УЧЕТ')).toEqual(['Учёт']);
  expect(found('данные')).toEqual(['Приём данных']);
  expect(found('')).toHaveLength(4);
  expect(found('zzz')).toEqual([]);
});

test('the wrong keyboard layout finds too', () => {
  expect(otherLayout('gjr')).toBe('пок');
  expect(otherLayout('ыуеештпы')).toBe('settings');
  expect(found('gjregfntkb')).toEqual(['Покупатели']);
});
