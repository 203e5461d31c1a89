export interface Column<Row> {
  key: string;
  /** Words already in the language that is shown. */
  title: string;
  /** The text of a cell; a slot `cell-<key>` may draw it instead. */
  text?: (row: Row) => string | number | null;
  align?: 'left' | 'right';
  /** A person may sort by it; the URL says `sort=key` or `sort=-key`. */
  sortable?: boolean;
  /** Not shown until a person chooses it. */
  optional?: boolean;
  /** CSS width. */
  width?: string;
}

/** Which columns are shown: the chosen ones that still exist, in the order of the page. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): Column<Row>[] {
  const shown = columns.filter(({ key, optional }) =>
    chosen === null ? optional !== true : chosen.includes(key),
  );
  return shown.length > 0 ? shown : [...columns];
}

/** Up, down, and for a third press back to the page's own order. */
export function nextSort(sort: string, key: string): string {
  if (sort === key) return `-${key}`;
  return sort === `-${key}` ? '' : key;
}

export function ariaSort(sort: string, key: string): 'ascending' | 'descending' | 'none' {
  if (sort === key) return 'ascending';
  return sort === `-${key}` ? 'descending' : 'none';
}
