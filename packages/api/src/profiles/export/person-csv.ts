import { formatMoney } from '@clientele/shared/money';
import { safeCell } from './safe-cell.ts';
import type { PersonData } from './person-data.ts';
import { fieldWord, sectionWord, WORDS, type FileLanguage } from './section-words.ts';

/** One line a value: section, number of the row, what, value; as a person reads it. UTF-8 with a mark for Excel. */
export function* personCsv(data: PersonData, language: FileLanguage): Generator<string> {
  yield `\uFEFF${WORDS[language].header.map(safeCell).join(';')}\r\n`;
  for (const [section, rows] of Object.entries(data))
    for (const [index, row] of rows.entries())
      for (const [field, value] of flat(row)) {
        const cells = [sectionWord(section, language), String(index + 1), fieldWord(field, language)];
        yield `${[...cells, value].map(safeCell).join(';')}\r\n`;
      }
}

/** Ids and where values came from say nothing to a person. */
const TECHNICAL = new Set(['id', 'origins', 'programId', 'storeId']);

function flat(row: Record<string, unknown>): [string, string][] {
  return Object.entries(row).flatMap(([field, value]): [string, string][] => {
    if (value === null || value === undefined || TECHNICAL.has(field)) return [];
    if (field === 'attributes') return flat(value as Record<string, unknown>);
    if (field === 'quantityMilli') return [['quantity', String(Number(value) / 1_000)]];
    if (field.endsWith('Minor')) return [[field.slice(0, -5), money(value, row)]];
    return [[field, plain(value)]];
  });
}

function money(value: unknown, { currency }: Record<string, unknown>): string {
  return typeof currency === 'string' ? formatMoney(Number(value), currency) : String(Number(value) / 100);
}

function plain(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
