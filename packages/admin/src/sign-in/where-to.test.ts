import { expect, test } from 'vitest';
import { whereTo } from './where-to.ts';

test.each([
  ['/customers?status=new', '/customers?status=new'],
  ['/', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in/out', '/'],
])('%j leads to %s', (asked, path) => {
  expect(whereTo(asked)).toBe(path);
});
