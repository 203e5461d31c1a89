import { decodeGlobalID, encodeGlobalID } from '@pothos/plugin-relay';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { isId } from '../ids.ts';

/** The row's id in an opaque id of that type; null for anything else, a foreign type included. */
export function localId(opaque: string, typename: string): string | null {
  try {
    const decoded = decodeGlobalID(opaque);
    return decoded.typename === typename && isId(decoded.id) ? decoded.id : null;
  } catch {
    return null;
  }
}

/** Both ids of a row that is keyed by two, `profileId:id`; null for anything else. */
export function localPair(opaque: string, typename: string): readonly [string, string] | null {
  const decoded = openGlobalId(opaque);
  const [first = '', second = '', ...more] = decoded.id.split(':');
  if (decoded.typename !== typename || more.length > 0 || !isId(first) || !isId(second)) return null;
  return [first, second];
}

interface NamedRow {
  typename: string;
  id: string;
}

/** What an opaque id says; of what is none, a type that does not exist. */
export function openGlobalId(opaque: string): NamedRow {
  try {
    return decodeGlobalID(opaque);
  } catch {
    return { typename: '', id: '' };
  }
}

/** Whether rows of that type are nodes and may have such an id: a UUID, or two for what a profile owns. */
export function namesNode(schema: GraphQLSchema, { typename, id }: NamedRow): boolean {
  const type = schema.getType(typename);
  if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Node')) return false;
  const parts = id.split(':');
  return parts.length <= 2 && parts.every(isId);
}

export function globalId(typename: string, id: string): string {
  return encodeGlobalID(typename, id);
}
