import { invalid } from '../errors.ts';
import { localId } from './global-id.ts';

/** The row's id in an opaque id of that type. @throws InvalidInput UNKNOWN at `path` for anything else */
export function needId(opaque: string, typename: string, path: string): string {
  const id = localId(opaque, typename);
  if (id === null) throw invalid(path, 'UNKNOWN', 'is no id of what is meant here');
  return id;
}

/** The same of a list: `path.0`, `path.1` … */
export function needIds(opaque: readonly string[], typename: string, path: string): string[] {
  return opaque.map((one, index) => needId(one, typename, `${path}.${index}`));
}
