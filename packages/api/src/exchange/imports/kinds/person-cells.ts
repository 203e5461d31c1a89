import type { ProfileRefInput } from '../../../profiles/index.ts';
import type { MappedColumn } from '../mapping/fields.ts';

const REFS = new Set(['profileExternalId', 'phone', 'email', 'card']);

/**
 * Who a row names: by the first of its columns that is not empty, in the order of the mapping.
 * @param source whose ids external ones are
 */
export function personCells(
  columns: readonly MappedColumn[],
  source: string,
): (fields: readonly string[]) => { ref: ProfileRefInput; at: number } | null {
  const named = columns.filter(({ field }) => REFS.has(field));
  return (fields) => {
    for (const { at, field } of named) {
      const cell = fields[at]?.trim() ?? '';
      if (cell === '') continue;
      if (field === 'profileExternalId') return { ref: { external: { source, id: cell } }, at };
      return { ref: { [field]: cell }, at };
    }
    return null;
  };
}
