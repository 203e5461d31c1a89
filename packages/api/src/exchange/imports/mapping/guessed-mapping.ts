import { UnusableMapping } from '../../exchange.errors.ts';
import { openTable } from '../../reading/table.ts';
import { guessMapping } from './guess-mapping.ts';
import { parseTableMapping, type TableKind, type TableMapping } from './table-mapping.ts';

/** A mapping by what the columns are called and hold. @throws UnreadableFile @throws UnusableMapping */
export async function guessedMapping(kind: TableKind, path: string): Promise<TableMapping> {
  const table = await openTable(path, { encoding: 'auto', delimiter: 'auto', sheet: null });
  const sample: (readonly string[])[] = [];
  for await (const rows of table.batches(50)) {
    sample.push(...rows.map(({ fields }) => fields));
    break;
  }
  const columns = guessMapping(kind, table.header, sample).flatMap(({ column, field }) =>
    field === null ? [] : [{ column, field }],
  );
  if (columns.length === 0)
    throw new UnusableMapping(`no column is known by its name: ${table.header.join(', ')}; name a mapping`);
  return parseTableMapping({ name: 'guessed', kind, columns });
}
