import type { ShopperRows } from '../../../profiles/index.ts';

/** What is kept of what a profile was before an import: gone with the person. */
export const IMPORT_ROWS: readonly ShopperRows[] = [
  { table: 'import_change', atMerge: 'KEEP', export: 'NOTHING', erase: 'DELETE' },
];
