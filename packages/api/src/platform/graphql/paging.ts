import { RequestError } from '../errors.ts';

export const LONGEST_PAGE = 100;
const USUAL_PAGE = 20;

/** How many a caller gets. @throws RequestError BAD_REQUEST outside 1–100 */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? USUAL_PAGE;
  if (size < 1 || size > LONGEST_PAGE) {
    throw new RequestError('BAD_REQUEST', `first is a number from 1 to ${LONGEST_PAGE}.`);
  }
  return size;
}

/**
 * What a page costs for each of its rows. A size that is refused later counts as one: below nothing it would pay for
 * other fields.
 */
export function pageCost({ first }: { first?: number | null | undefined }): {
  field: number;
  multiplier: number;
} {
  return { field: 1, multiplier: Math.max(1, first ?? USUAL_PAGE) };
}

/** An opaque cursor of the values a list is ordered by. */
export function cursorOf(...keys: readonly (string | number | Date)[]): string {
  const plain = keys.map((key) => (key instanceof Date ? key.toISOString() : key));
  return Buffer.from(JSON.stringify(plain)).toString('base64url');
}

/**
 * The values of a cursor this list gave out; null where there is none.
 * @throws RequestError BAD_REQUEST for anything else
 */
export function keysOf(cursor: string | null | undefined, count: number): string[] | null {
  if (cursor === null || cursor === undefined) return null;
  const keys = parsed(cursor);
  if (!Array.isArray(keys) || keys.length !== count || keys.some((key) => typeof key !== 'string')) {
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this list.');
  }
  return keys as string[];
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

export interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/**
 * A Relay page of rows read with one more than asked for: the last tells whether there is a next page.
 * @param after whether the page was asked for from a cursor on
 */
export function pageOf<Node>(
  rows: readonly Node[],
  size: number,
  after: boolean,
  cursor: (node: Node) => string,
): Page<Node> {
  const edges = rows.slice(0, size).map((node) => ({ cursor: cursor(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
