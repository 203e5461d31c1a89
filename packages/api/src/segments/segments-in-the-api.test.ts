import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Context } from '../platform/context.ts';
import { globalId, localId } from '../platform/graphql/global-id.ts';
import { newId } from '../platform/ids.ts';
import { aKey } from '../testing/company.builders.ts';
import { ownPage, useTestApp } from '../testing/create-test-app.ts';
import { aSegment, membersOf } from '../testing/membership.builders.ts';
import { aPhone, aShopper } from '../testing/profiles.builders.ts';
import { aSession } from '../testing/staff.builders.ts';
import { runTasks } from '../testing/tasks.builders.ts';

const it = useTestApp();

const tagged = (...tags: string[]): Condition => ({ leaf: 'TAG', tags });

async function people(ctx: Context, count: number, tags: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push((await aShopper(ctx)).id);
  await ctx.sql.updateTable('profile').set({ tags }).where('id', 'in', ids).execute();
  return ids.toSorted();
}

async function marketer(own?: string) {
  const session = own ?? (await aSession(it.app.context(), ['MARKETER'])).session;
  return async <Data = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}) => {
    const answer = await it.app.graphql<Data>({ query, variables, session });
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data as Data;
  };
}

const SAVED = `... on SegmentSaved { segment { id number name state size version condition updatedBy
  problems { code } task { state } } }
  ... on InvalidInput { problems { path code message } }`;

interface Saved {
  __typename: string;
  segment: { id: string; version: number };
}

test('a marketer makes a segment, changes it, sees who made it smaller, and puts it away and back', async () => {
  const ctx = it.app.context();
  const ask = await marketer();
  const [a, b] = [newId(), newId()];
  await people(ctx, 2, [a]);
  await people(ctx, 1, [b]);
  const { createSegment } = await ask<{ createSegment: Saved }>(
    `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { __typename ${SAVED} } }`,
    { input: { name: `С ${a}`, condition: tagged(a) } },
  );
  expect(createSegment).toMatchObject({
    __typename: 'SegmentSaved',
    segment: { name: `С ${a}`, state: 'COMPUTING', size: null, version: 1, task: { state: 'QUEUED' } },
  });
  await runTasks(ctx);
  const { id } = createSegment.segment;
  const change = `mutation ($input: ChangeSegmentInput!) { changeSegment(input: $input) { __typename ${SAVED}
    ... on VersionConflict { version } } }`;
  const input = { id, version: 1, name: `С ${b}`, condition: tagged(b) };
  expect(await ask(change, { input })).toMatchObject({
    changeSegment: { __typename: 'SegmentSaved', segment: { state: 'COMPUTING', size: 2, version: 2 } },
  });
  expect(await ask(change, { input: { ...input, name: 'x' } })).toMatchObject({
    changeSegment: { __typename: 'VersionConflict', version: 2 },
  });
  await runTasks(ctx);
  const { segment } = await ask(
    `query ($id: ID!) { segment(id: $id) { state size sizeDayAgo sizes(days: 3) { day size entered left } usedIn { id } } }`,
    { id },
  );
  expect(segment).toEqual({
    state: 'LIVE',
    size: 1,
    sizeDayAgo: null,
    sizes: [{ day: '2026-11-22', size: 1, entered: 1, left: 2 }],
    usedIn: [],
  });
  const both = `mutation ($id: ID!) {
    archiveSegment(id: $id, version: 2) { __typename ${SAVED} }
    restoreSegment(id: $id, version: 3) { __typename ${SAVED} } }`;
  expect(await ask(both, { id })).toMatchObject({
    archiveSegment: { segment: { state: 'ARCHIVED', version: 3 } },
    restoreSegment: { segment: { state: 'COMPUTING', version: 4 } },
  });
});

test('a list is searched, sorted and paged by what is written in it, whatever that is', async () => {
  const ctx = it.app.context();
  const ask = await marketer();
  const mark = newId();
  const names = [`${mark} б'; drop table segment; --`, `${mark} а%_\\`, `${mark} в`];
  for (const [index, name] of names.entries()) {
    const tag = newId();
    await people(ctx, index + 1, [tag]);
    await aSegment(ctx, tagged(tag), name);
  }
  const list = `query ($search: String, $sort: String, $first: Int!, $after: String) {
    segments(filter: { search: $search }, sort: $sort, first: $first, after: $after) {
      edges { node { name size } } pageInfo { hasNextPage endCursor } } }`;
  interface List {
    segments: { edges: { node: { name: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }
  const namesOf = ({ segments }: List) => segments.edges.map(({ node }) => node.name);
  expect(namesOf(await ask<List>(list, { search: mark, sort: '-size', first: 9 }))).toEqual(
    names.toReversed(),
  );
  expect(namesOf(await ask<List>(list, { search: `${mark} а%_\\`, first: 9 }))).toEqual([names[1]]);
  expect(namesOf(await ask<List>(list, { search: "б'; DROP", first: 9 }))).toEqual([names[0]]);
  const first = await ask<List>(list, { search: mark, sort: 'name', first: 2 });
  expect([namesOf(first), first.segments.pageInfo.hasNextPage]).toEqual([[names[1], names[0]], true]);
  const rest = await ask<List>(list, {
    search: mark,
    sort: 'name',
    first: 2,
    after: first.segments.pageInfo.endCursor,
  });
  expect(namesOf(rest)).toEqual([names[2]]);
  const { token } = await aKey(ctx);
  const refused = await it.app.graphql({
    query: list,
    token,
    variables: { sort: 'name; drop table segment', first: 1 },
  });
  expect(refused.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
});

const PREVIEW = `query ($condition: JSON!) { segmentPreview(condition: $condition, sample: 2) { __typename
  ... on SegmentPreview { count exact asOf sample { id } reach { channel people } }
  ... on InvalidInput { problems { path code } } } }`;

test('a condition is tried: how many, who for instance, and who can be written to', async () => {
  const ctx = it.app.context();
  const ask = await marketer();
  const tag = newId();
  const ids = await people(ctx, 3, [tag]);
  const [agreed = '', silent = ''] = ids;
  const text = newId();
  for (const [profile, granted, channel] of [
    [agreed, true, null],
    [silent, true, 'SMS'],
  ] as const)
    await sql`insert into consent (profile_id, id, text_id, purpose, version, channel, topic, granted, source, given_at)
      values (${profile}, ${newId()}, ${text}, 'ADVERTISING', '1', ${channel}, null, ${granted}, 'test', ${ctx.clock.now()})`.execute(
      ctx.sql,
    );
  await ctx.sql.updateTable('profile').set({ do_not_disturb: true }).where('id', '=', silent).execute();
  const { segmentPreview } = await ask<{ segmentPreview: { sample: { id: string }[] } }>(PREVIEW, {
    condition: tagged(tag),
  });
  expect(segmentPreview).toMatchObject({
    __typename: 'SegmentPreview',
    count: 3,
    exact: true,
    asOf: ctx.clock.now().toISOString(),
    reach: [
      { channel: 'EMAIL', people: 0 },
      { channel: 'SMS', people: 1 },
      { channel: 'VIBER', people: 1 },
      { channel: 'PUSH', people: 0 },
      { channel: 'CALL', people: 1 },
    ],
  });
  const shown = segmentPreview.sample.map(({ id }) => localId(id, 'Profile') ?? '');
  expect([shown.length, shown.every((id) => ids.includes(id))]).toEqual([2, true]);
});

function deep(levels: number): unknown {
  let condition: unknown = tagged('x');
  for (let level = 0; level < levels; level += 1) condition = { group: 'ALL', of: [condition] };
  return condition;
}

test('31: what no database should be asked is refused before it is', async () => {
  const ask = await marketer();
  const problems = async (condition: unknown) =>
    (await ask<{ segmentPreview: { problems?: { code: string }[] } }>(PREVIEW, { condition })).segmentPreview
      .problems?.[0]?.code;
  expect(await problems(deep(20))).toBeUndefined();
  expect(await problems(deep(21))).toBe('RANGE');
  expect(await problems({ group: 'ANY', of: Array.from({ length: 5_000 }, () => tagged('x')) })).toBe(
    'RANGE',
  );
  const { session } = await aSession(it.app.context(), ['MARKETER']);
  const deepest = await it.app.graphql({ query: PREVIEW, variables: { condition: deep(200) }, session });
  expect(deepest.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
});

test('30: text of a condition is a value, never SQL and never a pattern', async () => {
  const ctx = it.app.context();
  const ask = await marketer();
  const nasty = [`${newId()}' or true --`, `${newId()}%`, `${newId()}(a+)+$`, `${newId()}{"a":"b"}`];
  for (const tag of nasty) await people(ctx, 1, [tag]);
  const count = async (condition: unknown) =>
    (await ask<{ segmentPreview: { count?: number; problems?: unknown } }>(PREVIEW, { condition }))
      .segmentPreview;
  for (const tag of nasty) expect(await count(tagged(tag))).toMatchObject({ count: 1, exact: true });
  expect(
    await count({ leaf: 'ATTRIBUTE', attribute: "a'; drop table profile; --", test: { known: true } }),
  ).toMatchObject({ problems: [{ path: ['condition', 'attribute'], code: 'FORMAT' }] });
  expect(
    await count({
      leaf: 'EVENTS',
      event: 'product.viewed',
      measure: 'COUNT',
      where: [{ property: `$.a[*] ? (@ == "') or true --")`, among: ["'"] }],
      moments: { kind: 'ALWAYS' },
      range: { least: 1 },
    }),
  ).not.toMatchObject({ count: 4 });
});

test('why somebody is in a segment, and what two segments share', async () => {
  const ctx = it.app.context();
  const ask = await marketer();
  const [a, b] = [newId(), newId()];
  const [one = ''] = await people(ctx, 1, [a, b]);
  await people(ctx, 2, [a]);
  await people(ctx, 3, [b]);
  const first = await aSegment(ctx, { group: 'ANY', of: [tagged(a), tagged('nobody')] });
  const second = await aSegment(ctx, tagged(b));
  const opaque = { first: globalId('Segment', first), second: globalId('Segment', second) };
  expect(
    await ask(
      `query ($first: ID!, $second: ID!, $profile: ID!) {
        segmentOverlap(first: $first, second: $second) { first second both onlyFirst onlySecond }
        segmentExplanation(segmentId: $first, profileId: $profile) {
          ... on SegmentExplanation { member flipsAt nodes { path holds } } } }`,
      { ...opaque, profile: globalId('Profile', one) },
    ),
  ).toEqual({
    segmentOverlap: { first: 3, second: 4, both: 1, onlyFirst: 2, onlySecond: 3 },
    segmentExplanation: {
      member: true,
      flipsAt: null,
      nodes: [
        { path: [], holds: true },
        { path: ['of', '0'], holds: true },
        { path: ['of', '1'], holds: false },
      ],
    },
  });
});

test('a snapshot keeps who was there, may be asked for, and stays while it is', async () => {
  const ctx = it.app.context();
  const ask = await marketer();
  const tag = newId();
  const ids = await people(ctx, 2, [tag]);
  const segment = globalId('Segment', await aSegment(ctx, tagged(tag)));
  const { takeSegmentSnapshot: taken } = await ask<{
    takeSegmentSnapshot: { snapshot: { id: string; name: string; size: number } };
  }>(
    `mutation ($segment: ID!) { takeSegmentSnapshot(segmentId: $segment, name: "До акции") {
      ... on SegmentSnapshotTaken { snapshot { id name size } } } }`,
    { segment },
  );
  expect(taken.snapshot).toMatchObject({ name: 'До акции', size: 2 });
  const { id } = taken.snapshot;
  await ctx.sql.updateTable('profile').set({ tags: [] }).where('id', 'in', ids).execute();
  const { createSegment } = await ask<{ createSegment: Saved }>(
    `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { ${SAVED} } }`,
    { input: { name: newId(), condition: { leaf: 'SNAPSHOT', snapshot: id } } },
  );
  await runTasks(ctx);
  const of = localId(createSegment.segment.id, 'Segment') ?? '';
  expect(await membersOf(ctx, of)).toEqual(ids);
  const drop = `mutation ($id: ID!) { deleteSegmentSnapshot(id: $id) { __typename ... on SegmentInUse { uses { id } } } }`;
  expect(await ask(drop, { id })).toEqual({
    deleteSegmentSnapshot: { __typename: 'SegmentInUse', uses: [{ id: createSegment.segment.id }] },
  });
  await ask(`mutation ($id: ID!) { archiveSegment(id: $id, version: 1) { __typename } }`, {
    id: createSegment.segment.id,
  });
  expect(await ask(drop, { id })).toEqual({
    deleteSegmentSnapshot: { __typename: 'SegmentSnapshotDeleted' },
  });
});

test.each(['CSV', 'XLSX'] as const)(
  'members leave as %s with contacts in full, and that is written down',
  async (format) => {
    const ctx = it.app.context();
    const { session } = await aSession(ctx, ['MARKETER']);
    const ask = await marketer(session);
    const phone = aPhone();
    const { id } = await aShopper(ctx, { phone, givenName: '=HYPERLINK("x")' });
    const tag = newId();
    await ctx.sql
      .updateTable('profile')
      .set({ tags: [tag] })
      .where('id', '=', id)
      .execute();
    const segment = globalId('Segment', await aSegment(ctx, tagged(tag)));
    const { exportSegment } = await ask<{ exportSegment: { task: { id: string } } }>(
      `mutation ($segment: ID!, $format: SegmentExportFormat!) {
      exportSegment(segmentId: $segment, format: $format) { ... on SegmentTaskStarted { task { id } } } }`,
      { segment, format },
    );
    await runTasks(ctx);
    const task = await ctx.sql
      .selectFrom('task')
      .select(['state', 'result', 'file_id'])
      .where('id', '=', localId(exportSegment.task.id, 'Task') ?? '')
      .executeTakeFirstOrThrow();
    expect(task).toMatchObject({ state: 'DONE', result: { rows: 1 } });
    const file = await it.app.http.inject({ url: `/files/${task.file_id}`, headers: ownPage(session) });
    if (format === 'CSV') {
      expect(file.body).toContain(phone);
      expect(file.body).toContain(`'=HYPERLINK`);
    } else expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK');
    const written = await ctx.sql
      .selectFrom('audit_entry')
      .select('facts')
      .where('action', '=', 'segment.exported')
      .where('subject', '=', `segment:${localId(segment, 'Segment')}`)
      .execute();
    expect(written).toEqual([{ facts: { rows: 1, contacts: 'FULL', fileId: task.file_id } }]);
  },
);

test('an analyst sees segments and changes none; a cashier sees none', async () => {
  const ctx = it.app.context();
  const id = globalId('Segment', await aSegment(ctx, tagged('a')));
  const { session } = await aSession(ctx, ['ANALYST']);
  const read = await it.app.graphql({
    query: `query ($id: ID!) { segment(id: $id) { id } }`,
    variables: { id },
    session,
  });
  expect(read.data).toEqual({ segment: { id } });
  for (const query of [
    `mutation ($id: ID!) { archiveSegment(id: $id, version: 1) { __typename } }`,
    `mutation ($id: ID!) { exportSegment(segmentId: $id, format: CSV) { __typename } }`,
  ]) {
    const { errors } = await it.app.graphql({ query, variables: { id }, session });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
});
