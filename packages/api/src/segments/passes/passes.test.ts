import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { Context } from '../../platform/context.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import {
  aSegment,
  membersOf,
  sizeOf,
  storedMembers,
  transitionsOf,
} from '../../testing/membership.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { defineAttribute, NEWEST } from '../../profiles/index.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { archiveSegment, restoreSegment } from '../definitions/archive-segment.ts';
import { readSegmentsById, type SegmentRecord } from '../definitions/read-segments.ts';
import { changeSegment, createSegment } from '../definitions/save-segment.ts';
import { readAttention } from '../../company/index.ts';
import { SEGMENTS_ATTENTION } from '../attention.ts';
import { checkReferences } from './check-references.ts';
import { noteBacklog, takeUpComputing } from './chores.ts';
import { everybodyChanged } from './everybody-changed.ts';
import { someGoods } from '../../testing/models.builders.ts';
import { refreshAll } from './refresh-segments.ts';
import { verifySegments } from './verify-segments.ts';

const it = useTestApp();

const UNSEEN = { report: () => undefined, signal: new AbortController().signal };

async function people(ctx: Context, ...tags: string[][]): Promise<string[]> {
  const ids: string[] = [];
  for (const own of tags) {
    const { id } = await aShopper(ctx);
    await setTags(ctx, id, own);
    ids.push(id);
  }
  return ids;
}

async function setTags(ctx: Context, id: string, tags: string[]): Promise<void> {
  await ctx.sql.updateTable('profile').set({ tags }).where('id', '=', id).execute();
}

const tagged = (...tags: string[]): Condition => ({ leaf: 'TAG', tags });

async function segmentOf(ctx: Context, id: string): Promise<SegmentRecord> {
  const [segment] = await readSegmentsById(ctx, [id]);
  if (segment === undefined) throw new Error('no such segment');
  return segment;
}

async function change(ctx: Context, id: string, condition: Condition): Promise<void> {
  const { name, version } = await segmentOf(ctx, id);
  await changeSegment(asSystem(ctx), { id, version, name, condition });
}

test('an edited segment keeps its members until the new ones are worked out, then they are swapped at once', async () => {
  const ctx = it.app.context();
  const [a, b] = [newId(), newId()];
  const [one = '', both = '', two = ''] = await people(ctx, [a], [a, b], [b]);
  const segment = await aSegment(ctx, tagged(a));
  const made = await aSegment(ctx, { leaf: 'SEGMENT', segment });
  await change(ctx, segment, tagged(b));
  expect((await segmentOf(ctx, segment)).state).toBe('COMPUTING');
  expect(await membersOf(ctx, segment)).toEqual([one, both].toSorted());
  await runTasks(ctx);
  expect(await storedMembers(ctx, segment)).toEqual([both, two].toSorted());
  expect(await storedMembers(ctx, made)).toEqual([both, two].toSorted());
  expect((await segmentOf(ctx, segment)).state).toBe('LIVE');
  for (const id of [segment, made]) {
    expect((await transitionsOf(ctx, id)).map((told) => [told.profileId, told.entered]).toSorted()).toEqual(
      [
        [one, false],
        [two, true],
      ].toSorted(),
    );
    expect(await sizeOf(ctx, id)).toEqual({ size: 2, entered: 1, left: 1 });
  }
  // Nothing of the old numbers is left on anybody.
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from profile_segment, unnest(segments) n
    where n not in (select number from segment)`.execute(ctx.sql);
  expect(rows).toEqual([{ left: 0 }]);
});

test('what changes while a segment is computed is right at the swap', async () => {
  const ctx = it.app.context();
  const a = newId();
  const [first = '', second = ''] = await people(ctx, [a], []);
  const segment = await createSegment(asSystem(ctx), { name: newId(), condition: tagged(a) });
  const { computeAll } = await import('./compute-segments.ts');
  // After everybody was worked out, and before the swap.
  const report = async (): Promise<void> => undefined;
  let changed: Promise<unknown> = Promise.resolve();
  await computeAll(ctx, {
    signal: UNSEEN.signal,
    report: () => {
      changed = report()
        .then(() => setTags(ctx, first, []))
        .then(() => setTags(ctx, second, [a]));
    },
  });
  await changed;
  expect(await membersOf(ctx, segment)).toEqual([second]);
  await runTasks(ctx);
});

test('an archived segment has no members from that moment; restored, it has those of now', async () => {
  const ctx = asSystem(it.app.context());
  const a = newId();
  const [one = '', other = ''] = await people(ctx, [a], []);
  const id = await aSegment(ctx, tagged(a));
  await archiveSegment(ctx, { id, version: 1 });
  expect(await storedMembers(ctx, id)).toEqual([]);
  expect((await segmentOf(ctx, id)).state).toBe('ARCHIVED');
  await setTags(ctx, one, []);
  await setTags(ctx, other, [a]);
  expect(await membersOf(ctx, id)).toEqual([]);
  await restoreSegment(ctx, { id, version: 2 });
  await runTasks(ctx);
  expect(await storedMembers(ctx, id)).toEqual([other]);
});

test('a segment that others are made of stays; a circle of segments is refused', async () => {
  const ctx = asSystem(it.app.context());
  const id = await aSegment(ctx, tagged('x'), 'Основа');
  const made = await aSegment(ctx, { group: 'NONE', of: [{ leaf: 'SEGMENT', segment: id }] }, 'Остальные');
  await expect(archiveSegment(ctx, { id, version: 1 })).rejects.toMatchObject({
    code: 'SegmentInUse',
    uses: [{ kind: 'SEGMENT', id: made, name: 'Остальные' }],
  });
  await expect(change(ctx, id, { leaf: 'SEGMENT', segment: made })).rejects.toMatchObject({
    code: 'InvalidInput',
    problems: [{ path: ['condition'], code: 'MISMATCH' }],
  });
  await expect(
    createSegment(ctx, { name: newId(), condition: { leaf: 'SEGMENT', segment: newId() } }),
  ).rejects.toMatchObject({
    code: 'InvalidInput',
    problems: [{ path: ['condition', 'segment'], code: 'UNKNOWN' }],
  });
});

test('a segment that names what is gone stands still and says so, and lives again when it is back', async () => {
  const ctx = asSystem(it.app.context());
  const code = `a${newId().replaceAll('-', '')}`;
  const a = newId();
  const [one = '', other = ''] = await people(ctx, [a], []);
  await defineAttribute(ctx, {
    code,
    type: 'TEXT',
    nameRu: 'Размер',
    nameEn: 'Size',
    choices: [],
    personal: false,
    enrichment: NEWEST,
  });
  const id = await aSegment(ctx, {
    group: 'ANY',
    of: [tagged(a), { leaf: 'ATTRIBUTE', attribute: code, test: { known: true } }],
  });
  const made = await aSegment(ctx, { leaf: 'SEGMENT', segment: id });
  const gone = await ctx.sql
    .deleteFrom('attribute_definition')
    .where('code', '=', code)
    .returningAll()
    .executeTakeFirstOrThrow();
  await checkReferences(ctx);
  await setTags(ctx, one, []);
  await setTags(ctx, other, [a]);
  expect(await membersOf(ctx, id)).toEqual([one]);
  expect(await storedMembers(ctx, made)).toEqual([one]);
  expect(await segmentOf(ctx, id)).toMatchObject({
    state: 'NEEDS_ATTENTION',
    problems: [{ path: ['of', '1', 'attribute'], code: 'UNKNOWN', kind: 'ATTRIBUTE', value: code }],
  });
  expect(await segmentOf(ctx, made)).toMatchObject({
    state: 'NEEDS_ATTENTION',
    problems: [{ path: ['segment'], kind: 'SEGMENT', value: id }],
  });
  expect(await readAttention(ctx, SEGMENTS_ATTENTION)).toEqual([
    {
      code: 'segments.need-attention',
      severity: 'BAD',
      link: '/segments?state=NEEDS_ATTENTION',
      count: 2,
    },
  ]);
  await ctx.sql
    .insertInto('attribute_definition')
    .values(gone as never)
    .execute();
  await checkReferences(ctx);
  await runTasks(ctx);
  expect(await storedMembers(ctx, id)).toEqual([other]);
  expect(await segmentOf(ctx, made)).toMatchObject({ state: 'LIVE', problems: [] });
});

test('the nightly check tells what is stored wrong, and mends nothing', async () => {
  const ctx = it.app.context();
  const a = newId();
  const [one = '', other = ''] = await people(ctx, [a], []);
  const id = await aSegment(ctx, tagged(a));
  await membersOf(ctx, id);
  expect((await verifySegments(ctx, UNSEEN)).differences).toEqual([]);
  const { number } = await segmentOf(ctx, id);
  await sql`update profile_segment set segments = '{}' where profile_id = ${one}`.execute(ctx.sql);
  await sql`update profile_segment set segments = array[${number}::smallint] where profile_id = ${other}`.execute(
    ctx.sql,
  );
  await sql`update segment_size set size = 7 where segment_id = ${id}`.execute(ctx.sql);
  const { differences } = await verifySegments(ctx, UNSEEN);
  expect(
    differences
      .filter(({ segmentId }) => segmentId === id)
      .toSorted((x, y) => (x.stored < y.stored ? -1 : 1)),
  ).toEqual([
    { segmentId: id, profileId: null, stored: '7', computed: '1' },
    { segmentId: id, profileId: other, stored: 'in', computed: 'out' },
    { segmentId: id, profileId: one, stored: 'out', computed: 'in' },
  ]);
  expect(await storedMembers(ctx, id)).toEqual([other]);
  await refreshAll(ctx, UNSEEN);
  expect(await storedMembers(ctx, id)).toEqual([one]);
});

test('goods in another category move whoever bought them, by a pass over all', async () => {
  const ctx = asSystem(it.app.context());
  const [sku, category] = [newId(), newId()];
  await someGoods(ctx, { sku, category: newId(), brand: 'b', colors: [] });
  await aSegment(ctx, {
    leaf: 'PURCHASES',
    measure: 'COUNT',
    purchases: { goods: { only: { skus: [sku] } } },
    moments: { kind: 'ALWAYS' },
    range: { least: 1 },
  });
  await ctx.sql.deleteFrom('segment_dirty').execute();
  await someGoods(ctx, { sku: newId(), category, brand: 'b', colors: [] });
  const waiting = async () =>
    ctx.sql.selectFrom('segment_dirty').select(['profile_id as profileId', 'id']).orderBy('id').execute();
  const marked = await waiting();
  expect(marked.map(({ profileId }) => profileId)).toEqual([
    '00000000-0000-0000-0000-000000000000',
    '00000000-0000-0000-0000-000000000000',
  ]);
  // A new price says nothing about goods.
  await sql`update product set price = '{"RUB": 1}'`.execute(ctx.sql);
  expect(await waiting()).toEqual(marked);
  await everybodyChanged(ctx, marked.at(-1)?.id ?? 0);
  const tasks = await ctx.sql.selectFrom('task').select('kind').where('state', '=', 'QUEUED').execute();
  expect(tasks).toEqual([{ kind: 'segments.refresh' }]);
  await runTasks(ctx);
});

test('a pass writes only of whom something has changed', async () => {
  const ctx = it.app.context();
  const tag = newId();
  const [stays = '', leaves = ''] = await people(ctx, [tag], [tag]);
  const segment = await aSegment(ctx, tagged(tag));
  expect(await membersOf(ctx, segment)).toEqual([stays, leaves].toSorted());
  const places = async () => {
    const { rows } = await sql<{ id: string; place: string }>`
      select profile_id as id, ctid::text as place from profile_segment`.execute(ctx.sql);
    return new Map(rows.map(({ id, place }) => [id, place]));
  };
  await setTags(ctx, leaves, []);
  const before = await places();
  await refreshAll(ctx, UNSEEN);
  const after = await places();
  expect(after.get(stays)).toBe(before.get(stays));
  expect(after.get(leaves)).not.toBe(before.get(leaves));
  expect(await storedMembers(ctx, segment)).toEqual([stays]);
});

test('an import that marks nearly everybody is followed by one pass, which empties the queue', async () => {
  const ctx = asSystem(it.app.context());
  const a = newId();
  const [one = ''] = await people(ctx, [a]);
  const id = await aSegment(ctx, { group: 'NONE', of: [tagged(a)] });
  await membersOf(ctx, id);
  await setTags(ctx, one, []);
  await noteBacklog(ctx);
  const queued = () => ctx.sql.selectFrom('task').select('kind').where('state', '=', 'QUEUED').execute();
  expect(await queued()).toEqual([]);
  await sql`insert into segment_dirty (profile_id) select ${one}::uuid from generate_series(1, 5000)`.execute(
    ctx.sql,
  );
  await noteBacklog(ctx);
  await noteBacklog(ctx);
  expect(await queued()).toEqual([{ kind: 'segments.refresh' }]);
  await runTasks(ctx);
  expect(await ctx.sql.selectFrom('segment_dirty').selectAll().execute()).toEqual([]);
  expect((await storedMembers(ctx, id)).includes(one)).toBe(true);
});

test('a computation that was cancelled is taken up again', async () => {
  const ctx = asSystem(it.app.context());
  const id = await createSegment(ctx, { name: newId(), condition: tagged(newId()) });
  await ctx.sql.updateTable('task').set({ state: 'CANCELLED' }).where('state', '=', 'QUEUED').execute();
  await takeUpComputing(ctx);
  await runTasks(ctx);
  expect((await segmentOf(ctx, id)).state).toBe('LIVE');
});
