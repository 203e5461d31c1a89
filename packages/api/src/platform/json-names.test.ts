import { expect, test } from 'vitest';
import { forbiddenPath, isStorable } from './json-names.ts';

test.each([
  ['{"__proto__": 1}', ['__proto__']],
  ['{"a": [{"constructor": {}}]}', ['a', '0', 'constructor']],
  ['{"a": {"b": {"prototype": null}}}', ['a', 'b', 'prototype']],
  ['{"a": "x\\u0000"}', ['a']],
  ['{"x\\u0000": 1}', ['x\u0000']],
  ['["\\ud800"]', ['0']],
])('%s is refused where it is wrong', (json, path) => {
  expect(forbiddenPath(JSON.parse(json))).toEqual(path);
});

test('everything else is a name like any other', () => {
  expect(forbiddenPath({ length: 1, toString: 'x', a: [1, { proto: [] }], 'мой размер': '👟' })).toBeNull();
  expect(forbiddenPath('text')).toBeNull();
  expect(forbiddenPath(null)).toBeNull();
});

test('ten thousand levels end no stack', () => {
  let deep: unknown = {};
  for (let level = 0; level < 10_000; level += 1) deep = [deep];
  expect(forbiddenPath(deep)).toBeNull();
});

test('a whole sign can be kept, half a one cannot', () => {
  expect(isStorable('👟')).toBe(true);
  expect(isStorable('\ud83d')).toBe(false);
});
