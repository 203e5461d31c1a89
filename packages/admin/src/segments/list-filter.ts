import type { SegmentFilter } from './operations/segments.ts';

const STATES = ['LIVE', 'COMPUTING', 'NEEDS_ATTENTION'] as const;
const SORTS = ['name', '-name', 'size', '-size', '-updatedAt'];

/** The filter the server takes; what makes no sense in the URL is left out. */
export function filterOf({
  search,
  state,
  archived,
}: Record<'search' | 'state' | 'archived', string>): SegmentFilter {
  const known = STATES.find((each) => each === state);
  return {
    ...(search === '' ? {} : { search }),
    ...(known === undefined ? {} : { state: known }),
    ...(archived === 'yes' ? { archived: true } : {}),
  };
}

/** Changes are listed the newest first only. */
export function sortOf(sort: string): string {
  return SORTS.includes(sort) ? sort : '-updatedAt';
}
