import { fieldsOf, isAsked, type Field, type Leaf } from '@clientele/shared/segments';
import { valuesOf } from './leaf-values.ts';

export type NamedField = readonly [name: string, field: Field];

const FIRST: readonly Field['type'][] = ['purchases', 'goods'];
const LAST: readonly Field['type'][] = ['propertyTests', 'moments'];

/** What is asked of a leaf as it stands, in the order of its sentence: of what, how many, when. */
export function askedOf(leaf: Leaf): NamedField[] {
  const asked = fieldsOf(leaf.leaf).filter(([, field]) => isAsked(field, valuesOf(leaf)));
  return asked.toSorted(([, one], [, other]) => placeOf(one.type) - placeOf(other.type));
}

function placeOf(type: Field['type']): number {
  if (FIRST.includes(type)) return 0;
  return LAST.includes(type) ? 2 : 1;
}

const WIDE: readonly Field['type'][] = ['purchases', 'moments', 'goods', 'attributeTest', 'propertyTests'];

/** Takes a line of its own. */
export function isWide({ type }: Field): boolean {
  return WIDE.includes(type);
}
