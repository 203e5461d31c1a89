export interface Range {
  from: number;
  /** Exclusive. */
  to: number;
}

const OVERSCAN = 12;

/**
 * The rows of equal height a person sees, and some around them.
 * @param above pixels of the table's body above the top of the window; negative where it starts lower
 */
export function visibleRows(above: number, windowHeight: number, rowHeight: number, count: number): Range {
  const first = Math.floor(above / rowHeight) - OVERSCAN;
  const last = Math.ceil((above + windowHeight) / rowHeight) + OVERSCAN;
  const from = Math.min(Math.max(0, first), count);
  return { from, to: Math.max(from, Math.min(count, last)) };
}
