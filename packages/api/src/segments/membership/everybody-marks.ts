/**
 * Rows of the queue that stand for everybody, by what has changed: goods, when series of codes hold, where days begin.
 * `mark-dirty.sql` writes them; nobody has such an id.
 */
export const EVERYBODY_MARKS = {
  GOODS: '00000000-0000-0000-0000-000000000000',
  CODES: '00000000-0000-0000-0000-000000000001',
  STORES: '00000000-0000-0000-0000-000000000002',
} as const;

export type EverybodyMark = keyof typeof EVERYBODY_MARKS;

/** People's ids come after it. */
export const LAST_MARK = '00000000-0000-0000-0000-0000000000ff';
