import { LIFECYCLE_STAGES } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { USUAL_THRESHOLDS } from '../../segments/index.ts';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aBuyer } from '../../testing/models.builders.ts';
import { aShop } from '../../testing/orders.builders.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { saveThresholds } from './save-thresholds.ts';

const it = useTestApp();

const STAGES = `{ lifecycleStages { version countedAt thresholds { loyalOrders coolingDays } counts { stage people } } }`;

async function countsOf(session: string): Promise<Record<string, number>> {
  const { data } = await it.app.graphql<{
    lifecycleStages: { counts: { stage: string; people: number }[] };
  }>({ session, query: STAGES });
  return Object.fromEntries((data?.lifecycleStages.counts ?? []).map(({ stage, people }) => [stage, people]));
}

test('counts of all stages add up to everybody, and follow the thresholds', async () => {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  const marketer = asActor(ctx, await staffActor(ctx, ['MARKETER']));
  const { session } = await aSession(ctx, ['ANALYST']);
  const first = await it.app.graphql<{ lifecycleStages: { counts: { people: null }[] } }>({
    session,
    query: STAGES,
  });
  expect(first.data?.lifecycleStages).toMatchObject({
    version: 1,
    countedAt: null,
    thresholds: { loyalOrders: 5, coolingDays: 90 },
  });
  for (const days of [[], [5, 6], [95], [200], [400], [1, 2, 3, 4, 5]])
    await aBuyer(
      ctx,
      shop,
      days.map((daysAgo) => ({ daysAgo })),
    );
  await aBuyer(ctx, shop, [], { knownDays: 3 });
  await it.app.graphql({ session, query: 'mutation { countLifecycleStages { taskId } }' });
  await runTasks(ctx);
  const counts = await countsOf(session);
  const { rows } = await it.app.database.pool.query<{ people: number }>(
    `select count(*)::int as people from profile where kind = 'PERSON'`,
  );
  expect(Object.keys(counts)).toEqual([...LIFECYCLE_STAGES]);
  expect(Object.values(counts).reduce((all, people) => all + people, 0)).toBe(rows[0]?.people);
  expect(counts).toEqual({
    PROSPECT: 1,
    NEWCOMER: 0,
    ONE_TIME: 0,
    ACTIVE: 1,
    LOYAL: 1,
    COOLING: 1,
    SLEEPING: 1,
    LOST: 2,
  });
  const thresholds = { ...USUAL_THRESHOLDS, coolingDays: 100, loyalOrders: 2 };
  await saveThresholds(marketer, { version: 1, thresholds });
  await runTasks(ctx);
  expect(await countsOf(session)).toMatchObject({ ONE_TIME: 1, ACTIVE: 0, LOYAL: 2, COOLING: 0 });
  await expect(saveThresholds(marketer, { version: 1, thresholds })).rejects.toMatchObject({ version: 2 });
});

test.each<[string, object, string]>([
  ['no days', { newcomerDays: 0 }, 'newcomerDays'],
  ['loyal after one order', { loyalOrders: 1 }, 'loyalOrders'],
  ['asleep before cooling', { sleepingDays: 90 }, 'sleepingDays'],
  ['lost before asleep', { lostDays: 180 }, 'lostDays'],
  ['a thousand years', { prospectDays: 365_000 }, 'prospectDays'],
])('thresholds with %s are refused', async (_, facts, field) => {
  const ctx = asSystem(it.app.context());
  const marketer = asActor(ctx, await staffActor(ctx, ['MARKETER']));
  await expect(
    saveThresholds(marketer, { version: 1, thresholds: { ...USUAL_THRESHOLDS, ...facts } }),
  ).rejects.toMatchObject({ problems: [{ path: ['thresholds', field], code: 'RANGE' }] });
});
