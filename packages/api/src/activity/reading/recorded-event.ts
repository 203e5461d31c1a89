import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

export interface RecordedEvent {
  kind: string;
  properties: Readonly<Record<string, unknown>>;
}

/** One event as it is stored, whoever it belongs to after a merge; null: it is there no more. */
export async function recordedEvent(
  ctx: Pick<Context, 'sql'>,
  { id, profileId, occurredAt }: { id: string; profileId: string; occurredAt: Date },
): Promise<RecordedEvent | null> {
  const { rows } = await sql<RecordedEvent>`
    select kind, properties from public.event
    where occurred_at = ${occurredAt} and id = ${id} and profile_id in (
      select ${profileId}::uuid
      union all select merged_into from public.profile where id = ${profileId} and merged_into is not null)`.execute(
    ctx.sql,
  );
  return rows[0] ?? null;
}
