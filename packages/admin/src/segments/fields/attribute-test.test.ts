import { expect, test } from 'vitest';
import { newTest, testKindOf, testKindsOf, type AttributeTestKind } from './attribute-test.ts';

test('an attribute is asked about as its type allows, and whether it is known', () => {
  expect(testKindsOf('NUMBER', { known: true })).toEqual(['RANGE', 'KNOWN', 'UNKNOWN']);
  expect(testKindsOf('BOOLEAN', { known: true })).toEqual(['YES', 'NO', 'KNOWN', 'UNKNOWN']);
  expect(testKindsOf(undefined, { contains: 'x' })).toEqual(['CONTAINS', 'KNOWN', 'UNKNOWN']);
});

test.each<AttributeTestKind>(['KNOWN', 'UNKNOWN', 'YES', 'NO', 'AMONG', 'CONTAINS', 'RANGE', 'MOMENTS'])(
  'a question that begins as %s is read as it',
  (kind) => {
    expect(testKindOf(newTest(kind))).toBe(kind);
  },
);
