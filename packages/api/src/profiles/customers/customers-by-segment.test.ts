import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { drainTasks } from '../../platform/tasks/index.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aSegmentOf } from '../../testing/segments-of-people.builders.ts';
import { aSession } from '../../testing/staff.builders.ts';

const it = useTestApp();

const FIND = `query ($filter: CustomerFilter) {
  customers(filter: $filter, sort: NAME, first: 100) { edges { node { profile { givenName segments { name } } } } }
  customersCount(filter: $filter) { count exact } }`;

/** Anna in both, Boris in one, Vera in the other, Gleb in none. */
async function fourPeople() {
  const ctx = it.app.context();
  const [anna, boris, vera] = [
    await aShopper(ctx, { givenName: 'Анна' }),
    await aShopper(ctx, { givenName: 'Борис' }),
    await aShopper(ctx, { givenName: 'Вера' }),
  ];
  await aShopper(ctx, { givenName: 'Глеб' });
  const one = await aSegmentOf(ctx, [anna.id, boris.id], { name: `Один ${newId()}` });
  const other = await aSegmentOf(ctx, [anna.id, vera.id], { name: `Другой ${newId()}` });
  return { ctx, one: globalId('Segment', one), other: globalId('Segment', other) };
}

async function find(
  filter: Record<string, string | string[]>,
  roles: ('OWNER' | 'SALES_ASSISTANT')[] = ['OWNER'],
) {
  const { session } = await aSession(it.app.context(), roles);
  const { data, errors } = await it.app.graphql<{
    customers: { edges: { node: { profile: { givenName: string; segments: { name: string }[] } } }[] };
    customersCount: { count: number; exact: boolean };
  }>({ query: FIND, variables: { filter }, session });
  if (!data) return errors?.map(({ message, extensions }) => `${String(extensions.code)}: ${message}`)[0];
  return {
    names: data.customers.edges.map(({ node }) => node.profile.givenName),
    ...data.customersCount,
    segments: data.customers.edges.map(({ node }) => node.profile.segments.length),
  };
}

test('a list is of those in a segment, not in one, and in one but not in the other', async () => {
  const { one, other } = await fourPeople();
  expect(await find({ segmentId: one })).toEqual({
    names: ['Анна', 'Борис'],
    count: 2,
    exact: true,
    segments: [2, 1],
  });
  expect(await find({ segmentId: one, notSegmentId: other })).toMatchObject({ names: ['Борис'], count: 1 });
  expect(await find({ segmentId: other, notSegmentId: one })).toMatchObject({ names: ['Вера'], count: 1 });
  expect(await find({ segmentId: other, search: 'анн' })).toMatchObject({ names: ['Анна'], count: 1 });
  const others = await find({ notSegmentId: one });
  expect(others).toMatchObject({ names: expect.arrayContaining(['Вера', 'Глеб']) });
  expect(others).not.toMatchObject({ names: expect.arrayContaining(['Анна']) });
});

test('a list is of those in every one of several segments, and in none of several', async () => {
  const { one, other } = await fourPeople();
  expect(await find({ segmentIds: [one, other] })).toMatchObject({ names: ['Анна'], count: 1 });
  expect(await find({ segmentId: one, segmentIds: [other] })).toMatchObject({ names: ['Анна'], count: 1 });
  expect(await find({ segmentIds: [one], notSegmentIds: [other] })).toMatchObject({ names: ['Борис'] });
  const none = (await find({ notSegmentIds: [one, other], search: 'Глеб' })) as { count: number };
  expect(none.count).toBeGreaterThan(0);
  for (const search of ['Анна', 'Борис', 'Вера']) {
    const [found, all] = [await find({ notSegmentIds: [one, other], search }), await find({ search })];
    const few = await find({ segmentIds: [], notSegmentIds: [], search });
    expect(few).toEqual(all);
    // Of each name one is in one of them at least.
    expect((found as { count: number }).count).toBe((all as { count: number }).count - 1);
  }
});

test('of several segments one that is gone is named by its place, and no more than twenty are taken', async () => {
  const { one } = await fourPeople();
  expect(await find({ segmentIds: [one, globalId('Segment', newId())] })).toMatch(
    /^BAD_REQUEST: .*filter\.segmentIds\.1/,
  );
  const many = Array.from({ length: 21 }, () => one);
  expect(await find({ notSegmentIds: many })).toMatch(/^BAD_REQUEST: .*filter\.notSegmentIds/);
  expect(await find({ notSegmentIds: [one] }, ['SALES_ASSISTANT'])).toMatch(/^FORBIDDEN/);
});

test('a segment that is gone is an error, not a list of nobody', async () => {
  const archived = await aSegmentOf(it.app.context(), [], { state: 'ARCHIVED' });
  for (const id of [
    globalId('Segment', newId()),
    globalId('Segment', archived),
    'no id',
    globalId('Store', newId()),
  ])
    expect(await find({ notSegmentId: id })).toMatch(/^BAD_REQUEST: .*filter\.notSegmentId/);
});

test('who does not see segments does not narrow by them', async () => {
  const { one } = await fourPeople();
  expect(await find({ segmentId: one }, ['SALES_ASSISTANT'])).toMatch(/^FORBIDDEN/);
});

test('the export is of the same people', async () => {
  const { ctx, one, other } = await fourPeople();
  const { session } = await aSession(ctx, ['OWNER']);
  await it.app.graphql({
    query: `mutation ($filter: CustomerFilter) { startCustomersExport(filter: $filter) { taskId } }`,
    variables: { filter: { segmentId: one, notSegmentId: other } },
    session,
  });
  await drainTasks(ctx);
  const [task] = await ctx.sql
    .selectFrom('task')
    .select(['state', 'result'])
    .where('kind', '=', 'customers.export')
    .orderBy('id', 'desc')
    .limit(1)
    .execute();
  expect(task).toEqual({ state: 'DONE', result: { rows: 1 } });
});
