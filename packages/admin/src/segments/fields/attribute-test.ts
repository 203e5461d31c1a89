import type { AttributeTest } from '@clientele/shared/segments';
import type { AttributeChoice } from '../choices.ts';

/** How a person asks about an attribute. */
export type AttributeTestKind =
  | 'KNOWN'
  | 'UNKNOWN'
  | 'AMONG'
  | 'CONTAINS'
  | 'RANGE'
  | 'YES'
  | 'NO'
  | 'MOMENTS';

const KINDS: Readonly<Record<AttributeChoice['type'], readonly AttributeTestKind[]>> = {
  TEXT: ['AMONG', 'CONTAINS'],
  CHOICE: ['AMONG'],
  MULTI_CHOICE: ['AMONG'],
  NUMBER: ['RANGE'],
  BOOLEAN: ['YES', 'NO'],
  DATE: ['MOMENTS'],
};

/** Those that fit the type; of an attribute that is gone what is asked already. */
export function testKindsOf(
  type: AttributeChoice['type'] | undefined,
  now: AttributeTest,
): AttributeTestKind[] {
  const fitting = type === undefined ? [testKindOf(now)] : KINDS[type];
  return [...new Set<AttributeTestKind>([...fitting, 'KNOWN', 'UNKNOWN'])];
}

export function testKindOf(test: AttributeTest): AttributeTestKind {
  if ('known' in test) return test.known ? 'KNOWN' : 'UNKNOWN';
  if ('is' in test) return test.is ? 'YES' : 'NO';
  if ('among' in test) return 'AMONG';
  if ('contains' in test) return 'CONTAINS';
  return 'range' in test ? 'RANGE' : 'MOMENTS';
}

export function newTest(kind: AttributeTestKind): AttributeTest {
  switch (kind) {
    case 'KNOWN':
    case 'UNKNOWN':
      return { known: kind === 'KNOWN' };
    case 'YES':
    case 'NO':
      return { is: kind === 'YES' };
    case 'AMONG':
      return { among: [] };
    case 'CONTAINS':
      return { contains: '' };
    case 'RANGE':
      return { range: {} };
    case 'MOMENTS':
      return { moments: { kind: 'ROLLING', days: 30 } };
  }
}
