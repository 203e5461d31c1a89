import { sql } from 'kysely';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Context } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { compareProfiles, indexProfiles } from './check-profiles.ts';
import { tellsWho } from './read-records.ts';

/**
 * Somebody is new or looks different: they are noted here and compared with others a little later, many at once. An
 * import of a whole base would hold up every other event else.
 */
export const lookForDuplicates: EventHandler = {
  name: 'look-for-duplicates',
  async handle(tx, { kind, profileId, payload }) {
    const fields = Array.isArray(payload['fields']) ? payload['fields'].map(String) : [];
    if (kind === 'profile.updated' && !fields.some(tellsWho)) return;
    const ids = typeof payload['otherId'] === 'string' ? [profileId, payload['otherId']] : [profileId];
    await sql`insert into public.duplicate_due (profile_id)
      select unnest(${ids}::uuid[]) on conflict do nothing`.execute(tx.sql);
  },
};

const BATCH = 200;

/** Compares whoever is noted, a batch a transaction. @returns how many people were looked at */
export async function checkDue(ctx: Context, most = Number.POSITIVE_INFINITY): Promise<number> {
  for (let checked = 0; ;) {
    const taken = await inTransaction(ctx, checkBatch);
    checked += taken;
    if (taken < BATCH || checked >= most) return checked;
  }
}

async function checkBatch(tx: Context): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from public.duplicate_due where profile_id in (
      select profile_id from public.duplicate_due order by profile_id limit ${BATCH} for update skip locked)
    returning profile_id as id`.execute(tx.sql);
  if (rows.length === 0) return 0;
  const records = await indexProfiles(
    tx,
    rows.map(({ id }) => id),
  );
  await compareProfiles(tx, records, false);
  return rows.length;
}

const MOST_A_RUN = 20_000;

export const duplicatesJobs: readonly Job[] = [
  {
    name: 'look-for-duplicates',
    cron: '* * * * *',
    run: async (ctx) => {
      await checkDue(ctx, MOST_A_RUN);
    },
  },
];
