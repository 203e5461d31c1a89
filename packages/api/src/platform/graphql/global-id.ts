import { decodeGlobalID, encodeGlobalID } from '@pothos/plugin-relay';
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

export function globalId(typename: string, id: string): string {
  return encodeGlobalID(typename, id);
}
