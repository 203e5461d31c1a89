import { sql } from 'kysely';
import { audit, demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { isId } from '../../../platform/ids.ts';
import { readIncidents, visible, type IncidentRecord } from './list-incidents.ts';

export interface IncidentsSettled {
  __typename: 'IncidentsSettled';
  incidents: IncidentRecord[];
  /** How many changed: others stood so already. */
  changed: number;
}

const MOST_AT_ONCE = 100;
const LONGEST_NOTE = 500;

/**
 * Somebody looked into them: they leave the list of what is open, with what was done about it. Closed ones keep their
 * first note.
 * @throws InvalidInput @throws RequestError FORBIDDEN
 */
export async function closeIncidents(
  ctx: Context,
  input: { incidentIds: readonly string[]; note: string },
): Promise<IncidentsSettled> {
  demandScope(ctx, 'incidents.settle');
  const problems = new InputProblems();
  const note = problems.text(input.note, ['note'], LONGEST_NOTE);
  checkIds(problems, input.incidentIds);
  problems.refuseAny();
  const staffId = ctx.actor.kind === 'STAFF' ? ctx.actor.id : null;
  return settle(ctx, input.incidentIds, 'incident.closed', { note: note ?? '' }, (tx) =>
    sql<{ id: string }>`
      update public.incident set closed_at = ${tx.clock.now()}, closed_by = ${staffId}, closed_note = ${note ?? ''}
      where id = any(${[...input.incidentIds]}::uuid[]) and closed_at is null and ${visible(tx)} returning id`.execute(
      tx.sql,
    ),
  );
}

/** Takes closing back. @throws InvalidInput @throws RequestError FORBIDDEN */
export async function reopenIncidents(
  ctx: Context,
  input: { incidentIds: readonly string[] },
): Promise<IncidentsSettled> {
  demandScope(ctx, 'incidents.settle');
  const problems = new InputProblems();
  checkIds(problems, input.incidentIds);
  problems.refuseAny();
  return settle(ctx, input.incidentIds, 'incident.reopened', {}, (tx) =>
    sql<{ id: string }>`
      update public.incident set closed_at = null, closed_by = null, closed_note = null
      where id = any(${[...input.incidentIds]}::uuid[]) and closed_at is not null and ${visible(tx)} returning id`.execute(
      tx.sql,
    ),
  );
}

function checkIds(problems: InputProblems, ids: readonly string[]): void {
  if (ids.length === 0) problems.add(['incidentIds'], 'REQUIRED', 'names at least one');
  if (ids.length > MOST_AT_ONCE) problems.add(['incidentIds'], 'TOO_MANY', `at most ${MOST_AT_ONCE}`);
  ids.forEach((id, index) => {
    if (!isId(id)) problems.add(['incidentIds', String(index)], 'UNKNOWN', 'no such incident');
  });
}

async function settle(
  ctx: Context,
  ids: readonly string[],
  action: string,
  facts: Record<string, unknown>,
  change: (tx: Context) => Promise<{ rows: { id: string }[] }>,
): Promise<IncidentsSettled> {
  return inTransaction(ctx, async (tx) => {
    const seen = await readIncidents(tx, ids);
    const problems = new InputProblems();
    ids.forEach((id, index) => {
      if (!seen.some((incident) => incident.id === id))
        problems.add(['incidentIds', String(index)], 'UNKNOWN', 'no such incident');
    });
    problems.refuseAny();
    const { rows } = await change(tx);
    for (const { id } of rows) await audit(tx, { action, subject: `incident:${id}`, facts });
    const incidents = await readIncidents(tx, ids);
    return { __typename: 'IncidentsSettled' as const, incidents, changed: rows.length };
  });
}
