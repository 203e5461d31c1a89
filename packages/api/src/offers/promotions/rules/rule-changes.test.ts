import { expect, test } from 'vitest';
import { ruleChanges } from './rule-changes.ts';

test.each([
  ['the same in another order of names', { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, []],
  ['a value', { a: 1 }, { a: 2 }, [{ path: ['a'], before: 1, after: 2 }]],
  ['a name that came', {}, { a: 1 }, [{ path: ['a'], before: null, after: 1 }]],
  [
    'a list of words, whole',
    { a: ['x'] },
    { a: ['x', 'y'] },
    [{ path: ['a'], before: ['x'], after: ['x', 'y'] }],
  ],
  ['objects by position', [{ k: 1 }, { k: 2 }], [{ k: 1 }], [{ path: ['1'], before: { k: 2 }, after: null }]],
  [
    'inside one of them',
    [{ k: { v: 1 } }],
    [{ k: { v: 2 } }],
    [{ path: ['0', 'k', 'v'], before: 1, after: 2 }],
  ],
  ['nothing and null', { a: null }, {}, []],
])('%s', (_name, before, after, changes) => {
  expect(ruleChanges(before, after)).toEqual(changes);
});
