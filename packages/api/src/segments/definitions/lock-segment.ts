import type { Condition } from '@clientele/shared/segments';
import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import type { SegmentState } from '../membership/segment.entity.ts';

export interface LockedSegment {
  id: string;
  name: string;
  description: string;
  condition: Condition;
  state: SegmentState;
  version: number;
  archivedAt: Date | null;
}

/** As it stands, until the transaction ends. @throws InvalidInput UNKNOWN @throws RequestError FORBIDDEN */
export async function lockSegment(tx: Context, id: string): Promise<LockedSegment> {
  demandScope(tx, 'segments.write');
  const row = await tx.sql
    .selectFrom('segment')
    .select(['id', 'name', 'description', 'condition', 'state', 'version', 'archived_at as archivedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw invalid('id', 'UNKNOWN', 'there is no such segment');
  return row;
}
