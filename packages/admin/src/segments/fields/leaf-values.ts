import { fieldsOf, isAsked, type Field, type FieldValues, type Leaf } from '@clientele/shared/segments';

export type LeafValues = Readonly<Record<string, unknown>>;

export function valuesOf({ leaf: _leaf, ...values }: Leaf): LeafValues {
  return values;
}

/** An argument as the table of leaves types it. */
export function argumentOf<Type extends Field['type']>(
  leaf: Leaf,
  name: string,
  _type: Type,
): FieldValues[Type] | undefined {
  return valuesOf(leaf)[name] as FieldValues[Type] | undefined;
}

/**
 * A leaf after one of its arguments was written: what is out of place now goes, what is asked for now begins with the
 * usual value. Undefined takes an argument away.
 */
export function leafWith(leaf: Leaf, name: string, value: unknown, usual: LeafValues): Leaf {
  const { [name]: _before, ...others } = valuesOf(leaf);
  const values: Record<string, unknown> = value === undefined ? others : { ...others, [name]: value };
  for (const [argument, field] of fieldsOf(leaf.leaf)) {
    if (!isAsked(field, values)) delete values[argument];
    else if (field.when !== undefined && values[argument] === undefined && argument !== name)
      values[argument] = usual[argument];
  }
  if (isOtherThing(leaf, name, value)) delete values['where'];
  if (leaf.leaf === 'ATTRIBUTE' && name === 'attribute' && value !== leaf.attribute)
    values['test'] = { known: true };
  // The table of leaves is the type: what was put together by it is one.
  return { leaf: leaf.leaf, ...values } as unknown as Leaf;
}

/** Properties belong to their event. */
function isOtherThing(leaf: Leaf, name: string, value: unknown): boolean {
  return (leaf.leaf === 'EVENTS' || leaf.leaf === 'EVENT_DATE') && name === 'event' && value !== leaf.event;
}
