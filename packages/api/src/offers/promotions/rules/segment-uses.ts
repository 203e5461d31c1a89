import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';

/** A promotion whose audience names a segment, to let people in or to leave them out. */
export interface PromotionOfSegment {
  segmentId: string;
  id: string;
  /** For staff. */
  name: string;
}

/** Those shoppers may meet, paused ones too, by their rules of today: a draft is checked when it is published. */
export async function promotionsUsingSegments(
  ctx: Pick<Context, 'sql'>,
  segmentIds: readonly string[],
): Promise<PromotionOfSegment[]> {
  if (segmentIds.length === 0) return [];
  const { rows } = await sql<PromotionOfSegment>`
    select named.id as "segmentId", promotion.id, promotion.name
    from public.promotion
    join public.promotion_revision revision
      on revision.promotion_id = promotion.id and revision.number = promotion.revision
    cross join unnest(${[...segmentIds]}::text[]) as named (id)
    where promotion.state in ('LIVE', 'PAUSED') and (revision.rules #> '{audience,segmentIds}' ? named.id
      or revision.rules #> '{audience,except,segmentIds}' ? named.id)
    order by named.id, promotion.name, promotion.id`.execute(ctx.sql);
  return rows;
}
