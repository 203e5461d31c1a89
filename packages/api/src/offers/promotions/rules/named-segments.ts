import type { Audience } from '@clientele/shared/promotions';
import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { isId } from '../../../platform/ids.ts';
import type { InputPath, InputProblems } from '../../../platform/input-problems.ts';

interface NamedSegment {
  id: string;
  state: 'COMPUTING' | 'LIVE' | 'NEEDS_ATTENTION' | 'ARCHIVED';
  computed: boolean;
}

/**
 * Whether it is known who is in the segments named; what is not goes to the problems, each by its place in the list. They
 * are kept from being archived until the transaction ends.
 */
export async function checkSegments(
  tx: Context,
  lists: readonly { readonly path: InputPath; readonly ids: readonly string[] }[],
  problems: InputProblems,
): Promise<void> {
  const ids = [...new Set(lists.flatMap((list) => list.ids.filter(isId)))];
  if (lists.every((list) => list.ids.length === 0)) return;
  const { rows } = await sql<NamedSegment>`
    select id, state, live_condition is not null as computed from public.segment
    where id = any(${ids}::uuid[]) order by id for share`.execute(tx.sql);
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const { path, ids: named } of lists)
    for (const [index, id] of named.entries()) {
      const problem = problemOf(known.get(id));
      if (problem !== null) problems.add([...path, index], ...problem);
    }
}

/** The segments an audience names. @param path of the audience */
export async function checkAudience(
  tx: Context,
  { segmentIds, except }: Audience,
  path: InputPath,
  problems: InputProblems,
): Promise<void> {
  await checkSegments(
    tx,
    [
      { path: [...path, 'segmentIds'], ids: segmentIds },
      { path: [...path, 'except', 'segmentIds'], ids: except.segmentIds },
    ],
    problems,
  );
}

function problemOf(segment: NamedSegment | undefined): readonly ['UNKNOWN' | 'MISMATCH', string] | null {
  if (segment === undefined) return ['UNKNOWN', 'there is no such segment'];
  if (segment.state === 'ARCHIVED') return ['UNKNOWN', 'is archived'];
  if (segment.state === 'NEEDS_ATTENTION')
    return ['MISMATCH', 'needs attention: its condition names what is gone'];
  return segment.computed ? null : ['MISMATCH', 'is not computed yet'];
}
