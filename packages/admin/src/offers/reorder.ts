/** The list with one item at another place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined || from === to || to < 0 || to >= items.length) return [...items];
  const rest = items.filter((_item, index) => index !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** What a pressed key means for a handle: one up, one down, nothing. */
export function stepOf(key: string): -1 | 0 | 1 {
  if (key === 'ArrowUp') return -1;
  return key === 'ArrowDown' ? 1 : 0;
}
