import { LIFECYCLE_STAGES, type LifecycleStage } from '@clientele/shared/segments';
import { sql } from 'kysely';
import * as z from 'zod';
import { demandScope, writeSetting, type SettingKind } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import { startTask, type TaskKind } from '../../platform/tasks/index.ts';
import { EVERYBODY, overEverybody, persons, readSurroundings } from '../../segments/index.ts';
import { PURCHASES } from '../segment-leaves/purchases-source.ts';
import { lifecycleFeatures, stageSql } from './lifecycle-leaf.ts';

export interface StageCounts {
  /** ISO 8601. */
  countedAt: string;
  people: Partial<Record<LifecycleStage, number>>;
}

/** What was counted last; null: nothing yet. */
const stageCounts: SettingKind<StageCounts | null> = {
  name: 'lifecycle-counts',
  schema: z
    .object({ countedAt: z.string(), people: z.partialRecord(z.enum(LIFECYCLE_STAGES), z.int()) })
    .nullable(),
  initial: null,
};

/** As it was just written, by whichever process counted. */
export async function readStageCounts({ sql: database }: Pick<Context, 'sql'>): Promise<StageCounts | null> {
  const row = await database
    .selectFrom('setting')
    .select('value')
    .where('name', '=', stageCounts.name)
    .executeTakeFirst();
  return row === undefined ? null : stageCounts.schema.parse(row.value);
}

/** Everybody, by the same features that segments ask. */
export async function countStages(ctx: Context): Promise<StageCounts> {
  const counts = await overEverybody(ctx, countNow);
  await writeSetting(ctx, stageCounts, counts);
  return counts;
}

async function countNow(ctx: Context): Promise<StageCounts> {
  const surroundings = await readSurroundings(ctx, new Map());
  const [last, first, orders] = lifecycleFeatures(surroundings);
  if (last === undefined || first === undefined || orders === undefined) throw new Error('no features');
  const bought = [
    sql`bought.last`,
    sql`bought.first`,
    sql`coalesce(bought.orders, 0)`,
    sql`profile.created_at`,
  ];
  const stage = stageSql(bought, surroundings.models.lifecycle, surroundings.now);
  const { rows } = await sql<{ stage: LifecycleStage; people: number }>`
    select stage, count(*)::int as people
    from (select ${stage} as stage
      from (${persons(EVERYBODY)}) person join profile on profile.id = person.id
      left join (select r.profile_id, ${last.sql.value} as last, ${first.sql.value} as first,
          ${orders.sql.value} as orders
        from (${PURCHASES.rows(EVERYBODY, [], surroundings)}) r group by r.profile_id) bought
        on bought.profile_id = profile.id) staged
    group by stage`.execute(ctx.sql);
  return {
    countedAt: surroundings.now.toISOString(),
    people: Object.fromEntries(rows.map(({ stage: name, people }) => [name, people])),
  };
}

const COUNT_STAGES = 'segments.lifecycle';

export const stagesTask: TaskKind = {
  kind: COUNT_STAGES,
  scope: 'segments.read',
  run: async (ctx) => ({ result: { people: (await countStages(ctx)).people } }),
};

export function startCounting(tx: Context): Promise<string> {
  return startTask(tx, { kind: COUNT_STAGES });
}

/** Now, on somebody's wish. @returns the task @throws RequestError FORBIDDEN */
export function recountStages(ctx: Context): Promise<string> {
  demandScope(ctx, 'segments.read');
  return inTransaction(ctx, startCounting);
}

export const stagesJob: Job = {
  name: 'orders-lifecycle',
  cron: '47 0 * * *',
  run: async (ctx) => void (await countStages(ctx)),
};
