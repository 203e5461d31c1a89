import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { readSegmentsById } from '../definitions/read-segments.ts';

export interface Overlap {
  first: number;
  second: number;
  both: number;
  onlyFirst: number;
  onlySecond: number;
}

/** How many people two segments share, as of now. @throws RequestError BAD_REQUEST where one is none */
export async function segmentOverlap(
  ctx: Context,
  { first, second }: { first: string; second: string },
): Promise<Overlap> {
  const numbers = new Map((await readSegmentsById(ctx, [first, second])).map((one) => [one.id, one.number]));
  const [a, b] = [numbers.get(first), numbers.get(second)];
  if (a === undefined || b === undefined) throw new RequestError('BAD_REQUEST', 'There is no such segment.');
  const { rows } = await sql<{ first: number; second: number; both: number }>`
    select count(*) filter (where segments @> array[${a}::smallint])::int as first,
      count(*) filter (where segments @> array[${b}::smallint])::int as second,
      count(*) filter (where segments @> array[${a}::smallint, ${b}::smallint])::int as both
    from public.profile_segment where segments && array[${a}::smallint, ${b}::smallint]`.execute(ctx.sql);
  const { first: own = 0, second: other = 0, both = 0 } = rows[0] ?? {};
  return { first: own, second: other, both, onlyFirst: own - both, onlySecond: other - both };
}
