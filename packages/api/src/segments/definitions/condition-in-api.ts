import { ROWS_OF_ARGUMENTS, type RowKind } from '@clientele/shared/segments';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { isId } from '../../platform/ids.ts';

const TYPENAMES: Readonly<Record<RowKind, string>> = {
  SEGMENT: 'Segment',
  SNAPSHOT: 'SegmentSnapshot',
  MODEL: 'RfmModel',
  PROGRAM: 'Program',
  POOL: 'PromoCodePool',
};

/** A condition travels as it is stored, but for ids: clients know rows by the API's own. */
export function conditionForApi(condition: unknown): unknown {
  return withIds(condition, (id, typename) => (isId(id) ? globalId(typename, id) : id));
}

/** The way back; what is no id of the API stays as it is, for the check to find. */
export function conditionFromApi(condition: unknown): unknown {
  return withIds(condition, (id, typename) => localId(id, typename) ?? id);
}

/** How deep a condition travels is bounded by the scalar it travels in. */
function withIds(value: unknown, change: (id: string, typename: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withIds(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => {
      const kind = ROWS_OF_ARGUMENTS.get(name);
      if (kind === undefined) return [name, withIds(item, change)];
      const typename = TYPENAMES[kind];
      if (typeof item === 'string') return [name, change(item, typename)];
      if (!Array.isArray(item)) return [name, withIds(item, change)];
      return [name, item.map((id: unknown) => (typeof id === 'string' ? change(id, typename) : id))];
    }),
  );
}
